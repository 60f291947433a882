"""The Day board (F7)."""
