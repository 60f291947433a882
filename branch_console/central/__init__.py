"""The central API and its PostgreSQL store: takes, folds and gives out the journals of all terminals."""
