"""What supervisors look at: exceptions to settle, signals, campaigns with dry run and backtest."""
