"""The desk: one function for each thing that staff do, in one transaction; role, session and rule are checked here."""
