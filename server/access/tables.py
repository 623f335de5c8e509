"""The tables of access. Secrets are kept as hashes only; instants are integers of milliseconds. Migrated with the history's."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

ACCESS = MetaData()

installation = Table(
    "installation",
    ACCESS,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)
"""What all nodes of one installation share: its key."""

tokens = Table(
    "tokens",
    ACCESS,
    Column("id", String(32), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("offices", Text, nullable=False),
    Column("device", String(64)),
    Column("name", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),
    Column("revoked_at", BigInteger),
    Column("used_at", BigInteger),
)
"""Bearer tokens. `hash`: SHA-256 in hex; `offices`: JSON list, empty for all; `device`: the one id it acts for."""

accounts = Table(
    "accounts",
    ACCESS,
    Column("id", String(32), primary_key=True),
    Column("name", Text),
    Column("name_key", String(200), unique=True),
    Column("password", Text),
    Column("version", Integer, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("disabled_at", BigInteger),
)
"""Staff. `name_key`: the name folded for sign-in; `version` rises with every "sign out everywhere"."""

grants = Table(
    "grants",
    ACCESS,
    Column("account", String(32), ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("office", String(64), primary_key=True),
)
"""What an account may: (role, office) pairs; the office is empty for all of them."""

sign_ins = Table(
    "sign_ins",
    ACCESS,
    Column("office", String(64), primary_key=True),
    Column("account", String(32), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
)
"""The random id under which an account acts in an office on a day. Deleted 24 hours after it: then nothing leads back to the
account."""

attempts = Table(
    "attempts",
    ACCESS,
    Column("subject", String(64), primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Index("attempts_by_time", "last_at"),
)
"""Failed sign-ins per account and per address. `subject` is a keyed hash: no name and no address is kept."""

first_links = Table(
    "first_links",
    ACCESS,
    Column("hash", String(64), primary_key=True),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
    Column("account", String(32)),
)
"""One-time links for choosing a password. `account`: whose; NULL: the first administrator's."""

ended = Table(
    "ended",
    ACCESS,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("notice", String(100), nullable=False, unique=True),
    Column("until", BigInteger, nullable=False),
)
"""Sessions, tokens and versions of accounts that were ended early. `until`: when the notice does not matter any more."""

session_uses = Table(
    "session_uses",
    ACCESS,
    Column("session", String(32), primary_key=True),
    Column("used_at", BigInteger, nullable=False),
)
"""When a session was last used, if idle sessions are ended. It names nobody, and is deleted with the session."""

known_offices = Table(
    "known_offices",
    ACCESS,
    Column("office", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("devices", Text, nullable=False),
    Column("keeping", Text),
)
"""The offices that a node served, and the ids that a token may be for (JSON, by role). The command line checks names here.
`keeping` (JSON): the days of its file for each table of the history; deletion goes by them also when no node serves it."""

outside_accounts = Table(
    "outside_accounts",
    ACCESS,
    Column("issuer", String(255), primary_key=True),
    Column("subject", String(200), primary_key=True),
    Column("account", String(32), ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
)
"""Whose account it is, of those who sign in at a provider."""

passkeys = Table(
    "passkeys",
    ACCESS,
    Column("id", String(1400), primary_key=True),
    Column("account", String(32), ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("public_key", Text, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)
"""Second factors of administrators. Only the public half is here: who reads it can sign nobody in."""

audit = Table(
    "audit",
    ACCESS,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("day", String(10), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by", String(64), nullable=False),
    Column("office", String(64), nullable=False),
    Column("act", String(40), nullable=False),
    Column("about", Text, nullable=False),
    Column("generation", Integer),
    Column("seq", BigInteger),
    Column("mark", String(32)),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("audit_by_entry", "office", "seq"),
)
"""Acts of administrators and supervisors, never of clerks. `hash` covers the entry and `previous`, the hash before it."""
