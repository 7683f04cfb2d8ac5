"""A moderator whose browser has no scripts: pages are read, forms filled in and sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any

from bs4.element import Tag
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from blueprints.database import db
from blueprints.models import Person, Question, Role
from blueprints.people import passwords
from blueprints.questions import receipts
from tests import page
from tests.page import Page, only

PASSWORD = "correct horse battery staple"  # noqa: S105 (of people in tests)
NAMES = {"en": "Dr Meera Rao", "hi": "डॉ. मीरा राव"}
ARTICLE = "why-spine-surgeries-fail"
_numbers = count(1)


def add_person(app: Flask, role: Role = Role.MODERATOR, **names: str) -> str:
    """Let somebody of this role sign in; the address."""
    email = f"{role}-{next(_numbers)}@example.org"
    with app.app_context():
        person = Person(
            email=email,
            names=names or NAMES,
            credential="MS (Ortho)",
            role=role,
            created_at=datetime.now(UTC),
            password_hash=passwords.hash_of(PASSWORD),
        )
        db.session.add(person)
        db.session.commit()
    return email


def ask(app: Flask, text: str, language: str = "en", receipt: str = "", **more: Any) -> int:
    """Have a question wait; its number."""
    with app.app_context():
        question = Question(
            receipt_hash=receipts.hash_of(receipt or receipts.make()),
            language=language,
            article=ARTICLE,
            text=text,
            notice="1",
            **{"asked_at": datetime.now(UTC), **more},
        )
        db.session.add(question)
        db.session.commit()
        return question.id


@contextmanager
def looking(app: Flask, id_: int) -> Iterator[Question]:
    """What the database holds of a question."""
    with app.app_context():
        yield db.session.get_one(Question, id_)


class Desk:
    """Somebody who is signed in; `page` is what they see."""

    def __init__(self, app: Flask, email: str, language: str = "en") -> None:
        self._client = app.test_client()
        self._headers = {"Accept-Language": language}
        self.open("/moderation/sign-in")
        self.press("main button", email=email, password=PASSWORD)

    def open(self, path: str, status: int = 200) -> Page:
        return self._show(self.get(path), status)

    def get(self, path: str) -> TestResponse:
        return self._client.get(path, headers=self._headers)

    def head(self, path: str) -> TestResponse:
        return self._client.head(path, headers=self._headers)

    def press(self, selector: str, status: int = 200, /, **fields: object) -> Page:
        """Fill in `fields` (a name's underscores stand for hyphens), press a button, and go on."""
        button = only(self.page, selector)
        form = button.find_parent("form")
        assert form is not None
        filled = self._filled(form, {name.replace("_", "-"): each for name, each in fields.items()})
        if button.get("name"):
            filled.add(str(button["name"]), str(button["value"]))
        return self._show(
            self._client.post(
                str(form.get("action") or self.path), data=filled, headers=self._headers
            ),
            status,
        )

    def download(self, path: str) -> str:
        """What is no page."""
        return self.get(path).get_data(as_text=True)

    def post(self, path: str, status: int = 200, /, **fields: str) -> TestResponse:
        """Send fields without a page."""
        response = self._client.post(path, data=fields, headers=self._headers)
        assert response.status_code == status
        return response

    def send(self, path: str, fields: Mapping[str, object]) -> TestResponse:
        """Send fields as a form of the page at hand would; what comes of it is not looked at."""
        token = {"csrf_token": str(self.page.select("[name=csrf_token]")[0]["value"])}
        return self._client.post(path, data={**fields, **token}, headers=self._headers)

    def _show(self, response: TestResponse, status: int) -> Page:
        while response.status_code in {302, 303}:
            response = self._client.get(response.headers["Location"], headers=self._headers)
        assert response.status_code == status, f"{response.request.path}: {response.status}"
        assert "no-store" in response.headers["Cache-Control"]
        self.path = (
            response.request.full_path if response.request.query_string else (response.request.path)
        )
        self.page = page.check_inside(response)
        return self.page

    def _filled(self, form: Tag, wanted: Mapping[str, object]) -> MultiDict[str, str]:
        found = [*form.select("[name]"), *self.page.select(f'[form="{form.get("id")}"]')]
        filled: MultiDict[str, str] = MultiDict()
        names = set()
        for field in found:
            name = str(field["name"])
            names.add(name)
            if field.name == "button":
                continue
            if field.get("type") in {"checkbox", "radio"}:
                choice = wanted.get(name, field.has_attr("checked"))
                is_chosen = (
                    choice is True
                    or choice == field["value"]
                    or (isinstance(choice, list) and field["value"] in choice)
                )
                if is_chosen:
                    filled.add(name, str(field["value"]))
            elif name in wanted:
                filled.add(name, str(wanted[name]))
            elif field.name == "select":
                chosen = field.select_one("[selected]") or field.select_one("option")
                filled.add(name, str(chosen["value"]) if chosen else "")
            else:
                filled.add(
                    name, field.get_text() if field.name == "textarea" else str(field["value"])
                )
        assert set(wanted) <= names, f"no fields {set(wanted) - names}"
        return filled

    def text(self, selector: str = "main") -> str:
        return " ".join(only(self.page, selector).get_text(" ").split())
