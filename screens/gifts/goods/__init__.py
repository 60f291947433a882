"""Goods of the branch: what is where, deliveries, moves, counts, the end of the day."""
