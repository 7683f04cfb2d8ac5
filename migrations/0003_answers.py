"""Keep people, answers, the change number and the audit."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)

_REFERRING = {"see_id": "question", "writer_id": "person"}
_MOMENTS = ("decided_at", "written_at")

_REFUSE_SQLITE = """
CREATE TRIGGER audit_refuses_{event} BEFORE {event} ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END
"""
# Replacing deletes without a word to the trigger above.
_REFUSE_REPLACING = """
CREATE TRIGGER audit_refuses_replacing BEFORE INSERT ON audit
WHEN EXISTS (
    SELECT 1 FROM audit WHERE seq = NEW.seq
    OR (question_id = NEW.question_id AND version = NEW.version)
)
BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END
"""
_REFUSE_POSTGRESQL = """
CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit is only added to'; END $$;
CREATE TRIGGER audit_refuses BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()
"""


def upgrade() -> None:
    _people()
    _answers()
    _record()


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("email", sa.String(254), nullable=False, unique=True),
        sa.Column("names", sa.JSON, nullable=False),
        sa.Column("credential", sa.Text, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
    )


def _answers() -> None:
    # Both databases read this; Alembic would have SQLite copy the table, which mail refers to.
    for column, table in _REFERRING.items():
        op.execute(f"ALTER TABLE question ADD COLUMN {column} INTEGER REFERENCES {table} (id)")
    for column in _MOMENTS:
        op.add_column("question", sa.Column(column, _MOMENT))
    op.execute("UPDATE question SET decided_at = asked_at WHERE state IN ('declined', 'spam')")
    op.create_index("question_decided", "question", ["state", "decided_at"])
    op.create_table(
        "draft",
        sa.Column("question_id", sa.Integer, sa.ForeignKey("question.id"), primary_key=True),
        sa.Column("language", sa.String(16), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("wording", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("writer_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("is_offered", sa.Boolean, nullable=False),
        sa.Column("saved_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_draft_is_offered", "draft", ["is_offered"])
    op.create_table(
        "answer",
        sa.Column("question_id", sa.Integer, sa.ForeignKey("question.id"), primary_key=True),
        sa.Column("article", sa.String(200), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("published_at", _MOMENT, nullable=False),
    )
    op.create_index("answer_newest", "answer", ["article", "published_at"])
    op.create_table(
        "answer_text",
        sa.Column("question_id", sa.Integer, sa.ForeignKey("answer.question_id"), primary_key=True),
        sa.Column("language", sa.String(16), primary_key=True),
        sa.Column("wording", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("published_at", _MOMENT, nullable=False),
        sa.Column("translator_id", sa.Integer, sa.ForeignKey("person.id")),
    )
    notice = op.create_table(
        "queue_notice",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("question_id", sa.Integer, nullable=False),
        sa.Column("told_at", _MOMENT, nullable=False),
    )
    never = {"id": 1, "question_id": 0, "told_at": datetime(2026, 1, 1, tzinfo=UTC)}
    op.bulk_insert(notice, [never])
    op.create_table(
        "canned_answer",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("texts", sa.JSON, nullable=False),
    )


def _record() -> None:
    change = op.create_table(
        "change",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("removals", sa.Integer, nullable=False),
    )
    op.bulk_insert(change, [{"id": 1, "number": 0, "removals": 0}])
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id")),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("question_id", sa.Integer),
        sa.Column("version", sa.Integer),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("question_id", "version", name="audit_one_per_version"),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": ""}])
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(_REFUSE_SQLITE.format(event=event))
        op.execute(_REFUSE_REPLACING)
    else:
        op.execute(_REFUSE_POSTGRESQL)


def downgrade() -> None:
    for table in (
        "canned_answer",
        "queue_notice",
        "audit_head",
        "audit",
        "change",
        "answer_text",
        "answer",
        "draft",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_refuses")
    op.drop_index("question_decided")
    with op.batch_alter_table("question") as question:
        for column in (*_REFERRING, *_MOMENTS):
            question.drop_column(column)
    op.drop_table("person")
