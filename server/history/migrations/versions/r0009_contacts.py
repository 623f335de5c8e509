"""How citizens with an appointment are reached: sealed, and gone with the day."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "contacts",
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("appointment", sa.String(length=64), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("reminded", sa.BigInteger(), nullable=True),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.Column("fault", sa.String(length=200), nullable=False),
        sa.Column("epoch", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("office", "appointment"),
    )
    op.create_index("contacts_by_start", "contacts", ["office", "start"])
    op.create_index("contacts_by_mark", "contacts", ["office", "mark"])
