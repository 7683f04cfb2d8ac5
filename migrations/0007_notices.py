"""Keep the notices that askers were shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Phones may still send what was shown before. What was stored then is taken as it was stored.
_OF_QUESTIONS = """
INSERT INTO notice (version, language, text, shown_since)
SELECT notice, '', '', min(asked_at) FROM question WHERE length(notice) = 12 GROUP BY notice
"""


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("version", sa.String(32), primary_key=True),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("shown_since", sa.DateTime(timezone=True), nullable=False),
    )
    op.execute(_OF_QUESTIONS)


def downgrade() -> None:
    op.drop_table("notice")
