"""Slips for customers: what they say, as lines of an 80 mm printer, as PDF, and the code that proves them."""
