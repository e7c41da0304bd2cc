"""Mail comes in over IMAP (RFC 9051)."""
