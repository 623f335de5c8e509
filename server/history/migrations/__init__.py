"""The steps of the database, forward only."""
