"""What admins see and do, on SQLite and on PostgreSQL."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from blueprints import database
from blueprints.database import db
from blueprints.models import AuditEntry, Person, Role
from tests.moderation.conftest import Sit
from tests.moderation.desk import Desk, add_person, ask


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


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t="])
def test_what_a_spreadsheet_would_reckon_is_text_in_the_file(
    app: Flask, sit: Sit, first: str
) -> None:
    text = f'{first}HYPERLINK("https://evil.example";"{first}")'
    ask(app, text, name=f"{first}1+1")
    admin = sit(Role.ADMIN)
    *_, row = csv.DictReader(StringIO(admin.download("/moderation/export.csv")))
    assert (row["question"], row["name"]) == (f"'{text}", f"'{first}1+1")
    assert json.loads(admin.download("/moderation/export.json"))[-1]["question"] == text


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
