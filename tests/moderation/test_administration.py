"""What admins see and do, on SQLite and on PostgreSQL."""

from __future__ import annotations

import csv
import json
import sys
import time
import unicodedata
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from blueprints import database, exporting
from blueprints.database import db
from blueprints.models import AuditEntry, Person, Role
from tests.moderation.conftest import Sit
from tests.moderation.desk import Desk, add_person, ask
from tests.people import all_kept


@pytest.mark.parametrize("language", ["en", "hi"])
def test_an_admin_shuts_somebody_out_and_lets_them_in_again(
    app: Flask, sit: Sit, language: str
) -> None:
    email = add_person(app)
    desk, admin = Desk(app, email), sit(Role.ADMIN, language)
    with app.app_context():
        id_ = db.session.query(Person.id).filter_by(email=email).scalar()
    form = f'[action="/moderation/people/{id_}"] button'
    admin.open("/moderation/people")
    admin.press(form)
    assert "Sign in" in desk.open("/moderation/queue").get_text()
    admin.press(form)
    Desk(app, email).open("/moderation/queue")
    admin.open("/moderation/audit?verify=y")
    assert admin.page.select("[role=status] code")


def test_an_admin_cannot_shut_themself_out(app: Flask, sit: Sit) -> None:
    admin = sit(Role.ADMIN)
    page = admin.open("/moderation/people")
    own = [form for form in page.select("ul form") if not form.select("button")]
    assert len(own) == 1
    path = str(own[0]["action"])
    token = str(own[0].select("[name=csrf_token]")[0]["value"])
    told = admin.post(path, 422, csrf_token=token, disable="y").get_data(as_text=True)
    assert "cannot shut yourself out" in told


def test_all_questions_are_a_file_and_taking_it_is_noted(app: Flask, sit: Sit) -> None:
    ask(app, "क्या दर्द रहेगा?", "hi")
    admin = sit(Role.ADMIN)
    rows = json.loads(admin.download("/moderation/export.json"))
    assert "क्या दर्द रहेगा?" in [row["question"] for row in rows]
    table = list(csv.DictReader(admin.download("/moderation/export.csv").splitlines()))
    assert [row["question"] for row in table] == [row["question"] for row in rows]
    with app.app_context():
        steps = [entry.step for entry in db.session.query(AuditEntry)]
    assert steps.count("questions-exported") == 2


FORMULAS = (
    "=",
    "+",
    "-",
    "@",
    "\u2212",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
    "\ufe66",
    "\u207a",
)


def test_what_a_spreadsheet_would_reckon_is_text_in_the_file(app: Flask, sit: Sit) -> None:
    texts = [
        text
        for sign in FORMULAS
        for text in (
            f'{sign}HYPERLINK("https://evil.example";"{sign}")',
            f"\t{sign}1+1",
            f"x;{sign}1+1",
            f"x,{sign}1+1",
            f"x|{sign}1+1",
            f"x\t{sign}1+1",
            f"x\n{sign}1+1",
            f"x\r\n  {sign}1+1",
            f'x";{sign}1+1;"',
            f"x;\u200b {sign}1+1",
        )
    ]
    ids = [ask(app, text, name=text) for text in texts]
    admin = sit(Role.ADMIN)
    kept = json.loads(admin.download("/moderation/export.json"))[-len(ids) :]
    assert [row["question"] for row in kept] == texts, "JSON says what was sent"
    table = admin.download("/moderation/export.csv")
    for separator in ",;\t|":
        rows = csv.reader(StringIO(table, newline=""), delimiter=separator)
        cells = [line for row in rows for cell in row for line in cell.splitlines()]
        begun = [unicodedata.normalize("NFKC", cell.strip(" \u200b")[:1]) for cell in cells]
        assert not {first[:1] for first in begun} & set("=+-@\u2212"), repr(separator)
    *_, row = csv.DictReader(StringIO(table, newline=""))
    assert (row["question"], row["name"]) == ("x;\u200b '\u207a1+1",) * 2


def test_every_sign_that_is_folded_to_a_formula_is_known() -> None:
    for code in range(sys.maxunicode + 1):
        if unicodedata.normalize("NFKC", chr(code))[:1] in set("=+-@\u2212"):
            assert exporting.as_text(f"x;{chr(code)}1") == f"x;'{chr(code)}1"


def test_looking_for_formulas_takes_linear_time() -> None:
    for worst in ("\n", " ", "; ", ";", "\u200b", "; \u200b", "\t\r"):
        text = worst * 100_000
        begun = time.perf_counter()
        exporting.as_text(text)
        assert time.perf_counter() - begun < 1


def test_the_head_of_the_file_takes_nothing(app: Flask, sit: Sit) -> None:
    admin = sit(Role.ADMIN)
    before = all_kept(app)
    for kind, type_ in (("json", "application/json"), ("csv", "text/csv; charset=utf-8")):
        head = admin.head(f"/moderation/export.{kind}")
        assert (head.status_code, head.content_type) == (200, type_)
        assert head.headers["Content-Disposition"] == f'attachment; filename="questions.{kind}"'
    assert all_kept(app) == before


def test_excel_reads_the_file_as_utf_8(app: Flask, sit: Sit) -> None:
    ask(app, "क्या दर्द रहेगा?", "hi")
    table = sit(Role.ADMIN).get("/moderation/export.csv").get_data()
    assert table.startswith(b"\xef\xbb\xbf")
    assert table.count(b"\xef\xbb\xbf") == 1
    assert "क्या दर्द रहेगा?" in table.decode("utf-8-sig")


def test_the_record_is_read_page_by_page(app: Flask, sit: Sit) -> None:
    admin = sit(Role.ADMIN)
    for _ in range(60):
        admin.download("/moderation/export.json")
    admin.open("/moderation/audit")
    assert len(admin.page.select("tr")) == 51
    admin.open(str(admin.page.select("main a.button")[-1]["href"]))
    assert "signed in" in admin.text()


def test_a_file_of_no_question_is_a_list_of_none(tmp_path: Path) -> None:
    empty = create_app({"REEDH_INSTANCE_PATH": str(tmp_path)})
    with empty.app_context():
        database.upgrade()
        engine = db.engine
    told = empty.test_cli_runner().invoke(args=["questions", "export"])
    assert json.loads(told.stdout) == []
    engine.dispose()
