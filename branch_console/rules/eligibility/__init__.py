"""Who may have which gift, and why not: campaigns as typed data, facts, three-valued conditions, verdicts."""
