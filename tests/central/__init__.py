"""Central against a real PostgreSQL."""
