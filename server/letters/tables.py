"""The tables for alerts and letters. They name offices, counters, services and devices, never a person or an address; only
`phones` holds addresses, and it is emptied with the day."""

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
"""One row per letter. `what`: see `outbox.What`; `body`: what it tells, as JSON; `taken_at`: when somebody last began to send it;
`done_at`: when it was taken by the other side (`sent`), or given up. Where it goes is in the office file alone."""

phones = Table(
    "phones",
    LETTERS,
    Column("id", String(64), primary_key=True),
    Column("office", String(64), nullable=False),
    Column("ticket", String(64), nullable=False),
    Column("day", String(10), nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("p256dh", String(120), nullable=False),
    Column("auth", String(60), nullable=False),
    Column("language", String(35), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Index("phones_of_ticket", "office", "ticket"),
)
"""Phones that want to be told of a call: `endpoint` is an address at a push service, `p256dh` and `auth` are the keys of the
browser. Contact data: a row goes with its `day`. `id`: a hash, by which letters name it."""

rung = Table(
    "rung",
    LETTERS,
    Column("office", String(64), primary_key=True),
    Column("epoch", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
)
"""Up to which entry of its log an office's calls were looked at for phones. A sender that is behind it writes no letter."""

hooks = Table(
    "hooks",
    LETTERS,
    Column("office", String(64), primary_key=True),
    Column("hook", String(64), primary_key=True),
    Column("epoch", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("mark", String(64), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("since", BigInteger),
    Column("fault", Text, nullable=False),
)
"""How far each receiver of an office file's `[[webhooks]]` has come in the log, and how the letter after that place stands:
`tries` so far, when it was refused first (`since`), why, and when it is `due_at` again."""

dead_letters = Table(
    "dead_letters",
    LETTERS,
    Column("id", String(64), primary_key=True),
    Column("office", String(64), nullable=False),
    Column("hook", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("type", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("fault", Text, nullable=False),
    Column("again", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Index("dead_letters_of_hook", "office", "hook", "seq"),
)
"""Letters that a receiver refused for good, with their body. They wait until staff send them `again`, or until they are old."""
