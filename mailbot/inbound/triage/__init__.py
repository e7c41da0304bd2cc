"""Content, a fact, or nothing; which meeting it belongs to; who wrote it, and how sure that is."""
