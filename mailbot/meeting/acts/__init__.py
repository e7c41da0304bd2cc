"""What words do to a series, one file for each kind of thing that can be said."""
