"""Who has which series, what holds for a person in all of them, and when they are free."""
