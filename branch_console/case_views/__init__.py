"""What the screens of cases draw: plain values, masked and in the session's language. No behaviour, no store."""
