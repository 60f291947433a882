"""Keys, signatures, unlocking, and keeping customers' data out of logs. Knows neither screens nor tables."""
