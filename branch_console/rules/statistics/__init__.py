"""Figures of a day and what they say: definitions, signals, targets, comparison, freezing, suppression."""
