"""Keep questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = ("default",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("receipt_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("lane", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("article", sa.String(200)),
        sa.Column("text", sa.Text),
        sa.Column("name", sa.Text),
        sa.Column("contact", sa.LargeBinary),
        sa.Column("is_urgent", sa.Boolean, nullable=False),
        sa.Column("notice", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state <> 'withdrawn' OR text IS NULL", name="withdrawn_is_erased"),
    )
    op.create_index("question_queue", "question", ["state", "lane", "is_urgent", "asked_at"])


def downgrade() -> None:
    op.drop_table("question")
