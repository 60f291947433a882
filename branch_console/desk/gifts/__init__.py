"""The gift desk: one function for each thing that staff do with gifts, each in one transaction."""
