"""The terminal's store: encrypted, append-only, folded. Everything that is SQL on the terminal is in here."""
