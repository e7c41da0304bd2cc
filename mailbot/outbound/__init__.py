"""PURE: a Send -> finished bytes."""
