"""The queue (F6)."""
