"""Tell askers by e-mail that their question is decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("question", sa.Column("reason", sa.String(32)))
    op.create_table(
        "mail",
        sa.Column("question_id", sa.Integer, sa.ForeignKey("question.id"), primary_key=True),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_mail_due_at", "mail", ["due_at"])


def downgrade() -> None:
    op.drop_table("mail")
    op.drop_column("question", "reason")
