"""Let people sign in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("person", sa.Column("password_hash", sa.Text))
    op.add_column("person", sa.Column("totp_secret", sa.LargeBinary))
    op.add_column("person", sa.Column("totp_step", sa.Integer))
    op.add_column("person", sa.Column("language", sa.String(16)))
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("has_second_factor", sa.Boolean, nullable=False),
        sa.Column("offered_secret", sa.LargeBinary),
        sa.Column("device", sa.String(64), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_sign_in_person_id", "sign_in", ["person_id"])
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.String(64), primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
    )
    op.create_index("ix_recovery_code_person_id", "recovery_code", ["person_id"])
    op.create_table(
        "delay",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
    )


def downgrade() -> None:
    for table in ("delay", "recovery_code", "sign_in"):
        op.drop_table(table)
    for column in ("password_hash", "totp_secret", "totp_step", "language"):
        op.drop_column("person", column)
