"""The case desk as screens see it: raw typed values in, views out."""
