"""The tables of the history: raw entries, visits, calls, and how far each office was read.

Instants and lengths are integers of milliseconds, lists are JSON text, a day is "2026-11-22" in the office's zone.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text, text

HISTORY = MetaData()

entries = Table(
    "entries",
    HISTORY,
    Column("office", String(64), primary_key=True),
    # A log that shares no entry with the history (after an emptied store) is the next generation of the office's log.
    Column("generation", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("mark", String(32), primary_key=True),
    Column("epoch", String(64), nullable=False),
    Column("v", Integer, nullable=False),
    Column("type", String(40), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("ticket", String(64)),
    Column("body", Text, nullable=False),
    Column("voided", Boolean, nullable=False, server_default=text("false")),
    Index("entries_by_ticket", "office", "generation", "ticket", "seq"),
    Index("entries_by_type", "office", "generation", "type", "seq"),
    Index("entries_by_time", "office", "at"),
)
"""The entries of the log, without `who`, `digest`, `keys` and `holder`. `body`: the entry as JSON with instants as integers, as
in the log, so that the same decoder reads both. `voided`: a fork removed it from the log."""

visits = Table(
    "visits",
    HISTORY,
    Column("office", String(64), primary_key=True),
    Column("generation", Integer, primary_key=True),
    Column("ticket", String(64), primary_key=True),
    Column("epoch", String(64), nullable=False),
    Column("day", String(10), nullable=False),
    Column("number", Text, nullable=False),
    Column("service", String(64), nullable=False),
    Column("services", Text, nullable=False),
    Column("done", Text, nullable=False),
    Column("category", String(16), nullable=False),
    Column("persons", Integer, nullable=False),
    Column("direct", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("outcome", String(16)),
    Column("issued_at", BigInteger, nullable=False),
    Column("slot", BigInteger),
    Column("since", BigInteger, nullable=False),
    Column("first_called_at", BigInteger),
    Column("first_started_at", BigInteger),
    Column("serving_since", BigInteger),
    Column("ended_at", BigInteger),
    Column("waited_ms", BigInteger),
    Column("served_ms", BigInteger, nullable=False),
    Column("counters", Text, nullable=False),
    Column("misses", Integer, nullable=False),
    Column("undone", Boolean, nullable=False),
    Column("told_low", Integer),
    Column("told_median", Integer),
    Column("told_high", Integer),
    Column("told_model", String(64)),
    Column("told_learning", Boolean),
    Column("told_leave", Integer),
    Column("told_p10", Float),
    Column("told_p90", Float),
    Column("changed_at", BigInteger),
    Column("first_seq", BigInteger, nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    Index("visits_by_day", "office", "day"),
    Index("visits_by_last", "office", "generation", "last_seq"),
)
"""One row per ticket, derived from the entries only; never about a person.
`waited_ms`: from the issue (or the slot, if later) to the first call. `told_...`: what was promised at the issue, in minutes."""

calls = Table(
    "calls",
    HISTORY,
    Column("office", String(64), primary_key=True),
    Column("generation", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("ticket", String(64), nullable=False),
    Column("day", String(10), nullable=False),
    Column("counter", String(64), nullable=False),
    Column("waiting_since", BigInteger, nullable=False),
    Column("called_at", BigInteger, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("started_at", BigInteger),
    Column("withdrawn_at", BigInteger),
    Column("missed_at", BigInteger),
    Column("ended_at", BigInteger),
    Index("calls_by_ticket", "office", "generation", "ticket"),
    Index("calls_by_day", "office", "day"),
)
"""One row per call of a ticket to a counter; `seq` is that of its `ticket_called`, `attempt` counts repeats."""

positions = Table(
    "positions",
    HISTORY,
    Column("office", String(64), primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("mark", String(32), nullable=False),
    Column("epoch", String(64), nullable=False),
    Column("day", String(10), nullable=False),
    Column("holder", String(32), nullable=False),
    Column("moved_at", BigInteger, nullable=False),
)
"""How far an office's log is in the history. It is moved only `WHERE seq = old AND mark = old`: the fence between historians."""

models = Table(
    "models",
    HISTORY,
    Column("office", String(64), primary_key=True),
    Column("version", String(64), primary_key=True),
    Column("day", String(10), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)
"""What was learned of an office, as JSON; `day`: on which date. The log's latest `model_set` names the model in force."""
