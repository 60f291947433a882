"""Working time and the clocks of cases: calendars, policies, and what a clock shows at a given moment."""
