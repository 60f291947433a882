"""The complaint register and its exports."""
