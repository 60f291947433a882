"""What the screens and files of figures draw: plain values in the session's language."""
