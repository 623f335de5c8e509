"""Sessions that end, links for colleagues, and the offices and devices that a token can be made for."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("first_links", sa.Column("account", sa.String(length=32), nullable=True))
    op.create_table(
        "ended",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("notice", sa.String(length=100), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("notice"),
    )
    op.create_table(
        "session_uses",
        sa.Column("session", sa.String(length=32), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("session"),
    )
    op.create_table(
        "known_offices",
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("devices", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("office"),
    )
