"""Somebody of the team with a browser without scripts."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from typing import Any

import pyotp
from bs4.element import Tag
from flask import Flask
from sqlalchemy import delete, select, update
from werkzeug.test import TestResponse

from blueprints.database import db
from blueprints.models import AuditEntry, Delay, Model, Person, SignIn
from tests import page
from tests.page import Page, only

PASSWORD = "correct horse battery"  # noqa: S105 (of people in tests)
_networks = itertools.count(1)


class Member:
    """One of the team: keeps cookies, and sends back what a form holds."""

    def __init__(self, app: Flask, email: str, language: str = "en", scheme: str = "http") -> None:
        self.app = app
        self.email = email
        self.client = app.test_client()
        self.network = f"10.0.{next(_networks) // 250}.{next(_networks) % 250}"
        self._base = f"{scheme}://localhost"
        self._language = language

    def ask(self, path: str, method: str = "GET", **more: Any) -> TestResponse:
        headers = {"Accept-Language": self._language, "User-Agent": "Chrome Android"}
        return self.client.open(
            path,
            method=method,
            base_url=self._base,
            headers=headers | more.pop("headers", {}),
            environ_base={"REMOTE_ADDR": self.network},
            **more,
        )

    def open(self, path: str, status: int = 200) -> Page:
        return seen(self.ask(path), status)

    def press(self, shown: Page, form: str, **typed: str) -> TestResponse:
        """Send a form of a page, named by its action or a part of it."""
        found = only(shown, f'form[action*="{form}"]')
        return self.ask(str(found["action"]), "POST", data=fields(found) | typed)

    def sign_in(self, password: str = PASSWORD, to: str = "", **typed: str) -> TestResponse:
        shown = self.open("/moderation/sign-in" + (f"?next={to}" if to else ""))
        return self.press(shown, "/sign-in", **{"email": self.email, "password": password} | typed)

    def sign_out(self) -> None:
        self.press(self.open("/moderation/account"), "/sign-out")

    def is_signed_in(self) -> bool:
        return self.ask("/moderation/account").status_code == 200

    def cookie(self, name: str) -> str:
        found = self.client.get_cookie(name)
        return found.value if found else ""

    def set_up(self) -> tuple[str, list[str]]:
        """Set up the second factor; gives its secret and the recovery codes."""
        shown = self.open("/moderation/set-up")
        secret = only(shown, "#secret").get_text().replace(" ", "")
        code = pyotp.TOTP(secret).now()
        codes = seen(self.press(shown, "/set-up", password=PASSWORD, code=code))
        return secret, [each.get_text() for each in codes.select(".codes li")]

    def prove(self, shown: Page, code: str) -> TestResponse:
        """Send a code on the page that asks for it."""
        form = shown.select('form[action$="/code"]')[0]
        return self.ask("/moderation/code", "POST", data=fields(form) | {"code": code})

    def person(self) -> Person:
        with self.app.app_context():
            return db.session.scalars(select(Person).filter_by(email=self.email)).one()

    def change(self, **values: object) -> None:
        with self.app.app_context():
            db.session.execute(update(Person).filter_by(email=self.email).values(**values))
            db.session.commit()

    def age(self, **moments: object) -> None:
        """Have all sign-ins of this person begun, or been used, at other moments."""
        with self.app.app_context():
            found = select(Person.id).filter_by(email=self.email).scalar_subquery()
            db.session.execute(update(SignIn).where(SignIn.person_id == found).values(**moments))
            db.session.commit()


def add(app: Flask, email: str, role: str = "moderator", *more: str) -> Member:
    """Add somebody by the command."""
    args = ["users", "add", email, "--name", "Asha Rao", "--name-hi", "आशा राव", "--role", role]
    told = app.test_cli_runner().invoke(
        args=[*args, "--password-stdin", *more], input=f"{PASSWORD}\n"
    )
    assert told.exit_code == 0, told.output
    return Member(app, email)


def fields(form: Tag) -> dict[str, str]:
    return {str(each["name"]): str(each.get("value", "")) for each in form.select("input[name]")}


def seen(response: TestResponse, status: int = 200) -> Page:
    """The page, after checking what every page for the team must hold."""
    assert response.status_code == status, response.get_data(as_text=True)[-2000:]
    return page.check_private(response)


def alert(shown: Page) -> str:
    return only(shown, "[role=alert]").get_text(strip=True)


def wait_is_over(app: Flask) -> None:
    with app.app_context():
        db.session.execute(delete(Delay))
        db.session.commit()


def have_tried(app: Flask, tries: int) -> None:
    """Have all that was tried be tried so often, and every wait be over."""
    with app.app_context():
        db.session.execute(update(Delay).values(tries=tries, until=datetime.now(UTC)))
        db.session.commit()


def steps(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.step).order_by(AuditEntry.seq)))


def all_kept(app: Flask) -> str:
    """Every row of every table."""
    with app.app_context():
        tables = Model.metadata.sorted_tables
        rows = [db.session.execute(select(table)).mappings().all() for table in tables]
    return json.dumps([[dict(row) for row in each] for each in rows], default=repr)
