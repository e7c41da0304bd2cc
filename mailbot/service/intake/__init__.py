"""One mail with the store at hand. Writes nothing: `explain` shows just this."""
