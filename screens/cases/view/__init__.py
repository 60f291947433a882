"""One case: timeline, clocks, acts."""
