"""The wire, exercised by a client that was written from docs/protocol.md alone."""
