"""The migrations of the database, forward only."""
