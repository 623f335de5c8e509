"""The table of contact data. Migrated with the history's; a backup leaves it empty."""

from sqlalchemy import BigInteger, Boolean, Column, Index, MetaData, String, Table, Text

PERSONS = MetaData()

contacts = Table(
    "contacts",
    PERSONS,
    Column("office", String(64), primary_key=True),
    Column("appointment", String(64), primary_key=True),
    Column("day", String(10), nullable=False),
    Column("start", BigInteger, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("key", String(16), nullable=False),
    Column("mark", String(64), nullable=False),
    Column("told", Text),
    Column("reminded", BigInteger),
    Column("over", Boolean, nullable=False),
    Column("fault", String(200), nullable=False),
    Column("epoch", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Index("contacts_by_start", "office", "start"),
    Index("contacts_by_mark", "office", "mark"),
)
"""One row per appointment whose owner wants mail; it goes with its `day`, or when the appointment is cancelled and that was told.

`sealed`: the contact, encrypted for this row alone with the key that `key` names; `mark`: a keyed hash of the address, by which
two bookings of the same person are noticed. `told`: what the last letter said (no contact data); `reminded`: the start of which
they were reminded; `over`: cancelled; `fault`: why the mail server refused the address; `epoch`, `seq`: the log knew the booking
by then.
"""

wishes = Table(
    "wishes",
    PERSONS,
    Column("id", String(32), primary_key=True),
    Column("office", String(64), nullable=False),
    Column("said", Text, nullable=False),
    Column("last", String(10), nullable=False),
    Column("turn", BigInteger, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("key", String(16), nullable=False),
    Column("mark", String(64), nullable=False),
    Column("claimed_at", BigInteger),
    Index("wishes_by_turn", "turn"),
    Index("wishes_by_mark", "mark"),
)
"""One row per wish for an appointment: `said`: which (no contact data); `last`: the day with which it goes; `turn`: its place in
the order; `sealed`, `key`, `mark`: the contact, as above; `claimed_at`: when somebody began to confirm an offer."""

offers = Table(
    "offers",
    PERSONS,
    Column("wish", String(32), primary_key=True),
    Column("office", String(64), primary_key=True),
    Column("hold", String(64), nullable=False),
    Column("start", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
)
"""What is held for a wish, one slot in each office. The hold itself is in the log of that office, so nobody else gets it."""
