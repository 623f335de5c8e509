"""The table of notes. Migrated with the history's."""

from sqlalchemy import BigInteger, Column, MetaData, String, Table, Text

NOTES = MetaData()

notes = Table(
    "notes",
    NOTES,
    Column("office", String(64), primary_key=True),
    Column("ticket", String(64), primary_key=True),
    Column("day", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""Notes of staff on a ticket. They may be personal, so they are here and not in the log, and are deleted with the day."""
