"""The help: the pages of `docs/` as this server shows them under `/help`, with search, for offices without internet."""
