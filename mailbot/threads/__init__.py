"""PURE: what outbound writes and triage finds again: reply tokens, Message-IDs, subjects."""
