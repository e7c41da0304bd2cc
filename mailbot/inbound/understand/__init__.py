"""What the new lines mean: items, commands, dates, promises, and Problems for the rest."""
