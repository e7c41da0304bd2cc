"""The bytes of a mail -> Inbound: its header, its parts, and the text that its reader saw."""
