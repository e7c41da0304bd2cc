"""PURE: bytes -> what a person said. The folders stand in the order of the path."""
