"""The form (F4)."""
