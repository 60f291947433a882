"""Exchange of journal entries with central: an I/O-free core, an HTTP client around it, a process of its own."""
