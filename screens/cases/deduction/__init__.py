"""Abnormal deduction (F9)."""
