"""What was promised to each ticket stands beside what happened."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("visits", sa.Column("told_low", sa.Integer(), nullable=True))
    op.add_column("visits", sa.Column("told_median", sa.Integer(), nullable=True))
    op.add_column("visits", sa.Column("told_high", sa.Integer(), nullable=True))
    op.add_column("visits", sa.Column("told_model", sa.String(length=64), nullable=True))
    op.add_column("visits", sa.Column("told_learning", sa.Boolean(), nullable=True))
    op.add_column("visits", sa.Column("told_leave", sa.Integer(), nullable=True))
    op.add_column("visits", sa.Column("told_p10", sa.Float(), nullable=True))
    op.add_column("visits", sa.Column("told_p90", sa.Float(), nullable=True))
    op.add_column("visits", sa.Column("changed_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "models",
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("office", "version"),
    )
