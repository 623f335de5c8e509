"""The days for keeping are known of every office, also of one that no node serves any more."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("known_offices", sa.Column("keeping", sa.Text(), nullable=True))
