"""Ratings and ideas (F5)."""
