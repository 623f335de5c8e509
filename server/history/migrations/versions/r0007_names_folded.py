"""Names of accounts are compared as people see them: an umlaut of two characters equals one of one."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_ACCOUNTS = sa.table(
    "accounts", sa.column("id", sa.String), sa.column("name", sa.Text), sa.column("name_key", sa.String)
)


def upgrade() -> None:
    connection = op.get_bind()
    rows = list(connection.execute(sa.select(_ACCOUNTS).where(_ACCOUNTS.c.name.is_not(None)).order_by(_ACCOUNTS.c.id)))
    taken = {row.name_key for row in rows}
    for row in rows:
        key = _folded(row.name)
        if key and key not in taken:  # of two that look the same, the second keeps the key by which it signs in today
            taken.add(key)
            connection.execute(sa.update(_ACCOUNTS).where(_ACCOUNTS.c.id == row.id).values(name_key=key))


def _folded(name: str) -> str:
    """As `server.messages.names.folded` was when this was written; a migration does not change later."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", plain) if unicodedata.category(sign) != "Cf")
    return " ".join(seen.split())[:200]
