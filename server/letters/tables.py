"""The tables for alerts and letters. They name offices, counters, services and devices, never a person or an address."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, String, Table, Text

LETTERS = MetaData()

alerts = Table(
    "alerts",
    LETTERS,
    Column("office", String(64), primary_key=True),
    Column("alert", String(200), primary_key=True),
    Column("since", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)
"""The alerts that stand and were told. Each has one row, so two nodes cannot both begin the same alert."""

letters = Table(
    "letters",
    LETTERS,
    Column("id", String(64), primary_key=True),
    Column("office", String(64), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("alert", String(200), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("what", String(16), nullable=False),
    Column("until", BigInteger),
    Column("body", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("taken_at", BigInteger),
    Column("done_at", BigInteger),
    Column("sent", Boolean, nullable=False),
    Column("fault", Text, nullable=False),
    Index("letters_open", "office", "channel", "done_at"),
)
"""One row per letter. `what`: began or ended; `body`: the condition as JSON; `taken_at`: when somebody last began to send it;
`done_at`: when it was taken by the other side (`sent`), or given up. Where it goes is in the office file alone."""
