"""DATA: the words that people and mail programs use, by language."""
