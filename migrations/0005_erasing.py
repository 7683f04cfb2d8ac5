"""Erase by the day of decision, and leave nothing in SQLite's log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    remains = op.create_table(
        "remains",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("erasures", sa.Integer, nullable=False),
        sa.Column("removed", sa.Integer, nullable=False),
    )
    # What earlier versions erased may still lie in the log.
    op.bulk_insert(remains, [{"id": 1, "erasures": 1, "removed": 0}])


def downgrade() -> None:
    op.drop_table("remains")
