"""The case desk: one function for each thing that staff do with cases and ratings, each in one transaction."""
