"""What people type stands in no log, no trace and no address, whatever becomes of it."""

from __future__ import annotations

import http.client
import os
import secrets
import socket
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from dataclasses import replace as changed
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import create_app
from blueprints import database
from blueprints.database import db
from blueprints.models import Lane
from blueprints.questions import intake, receipts
from blueprints.questions.intake import Asked
from tests.asking.failing import IN_FLASK, OUTSIDE
from tests.offline.conftest import both_languages
from tests.serving import FLASK_SERVE, ROOT, free_port, stop, wait_until_ready

DATABASE = "reedh.sqlite3"
ADDRESSES = ("href", "src", "action", "formaction", "cite")
FORM = "application/x-www-form-urlencoded"


def canary() -> str:
    return f"canary{secrets.token_hex(12)}"


@dataclass
class Site:
    """A production server whose every word is kept, and somebody who asks it without a browser."""

    port: int
    instance: Path
    output: Path
    secret: set[str] = field(default_factory=set)
    statuses: set[tuple[str, int]] = field(default_factory=set)
    addresses: list[str] = field(default_factory=list)
    cookie: str = ""

    def typed(self, kind: str = "text") -> str:
        """A new secret, such as people type."""
        made = receipts.make() if kind == "receipt" else canary()
        self.secret |= {made, receipts.in_groups(made)} if kind == "receipt" else {made}
        return made

    def form(self, **changes: str) -> dict[str, str]:
        """A question that the site takes, with a secret in each field."""
        return {
            "csrf_token": self.token(),
            "receipt": self.typed("receipt"),
            "question": f"Will {self.typed()} hurt?",
            "name": self.typed(),
            "contact": f"{self.typed()}@example.org",
            "consent": "y",
            "article": self.typed(),
            "notice": self.typed(),
            "website": self.typed(),
        } | changes

    def token(self) -> str:
        with closing(http.client.HTTPConnection("localhost", self.port, timeout=20)) as line:
            line.request("GET", "/token", headers={"Cookie": self.cookie})
            answer = line.getresponse()
            token = answer.read().decode().split('"')[3]
            if given := answer.headers["Set-Cookie"]:
                self.cookie = given.split(";")[0]
        self.secret |= {token, self.cookie.partition("=")[2]}
        return token

    def send(
        self, path: str, body: dict[str, str] | bytes, method: str = "POST", **headers: str
    ) -> int:
        """Send the same by a form and by a script; the status of the form's answer."""
        data = body if isinstance(body, bytes) else urlencode(body).encode()
        statuses = []
        for accept in ("text/html", "application/json"):
            sent = {"Content-Type": FORM, "Cookie": self.cookie, "Accept": accept} | headers
            with closing(http.client.HTTPConnection("localhost", self.port, timeout=20)) as line:
                line.request(method, path, data, sent)
                answer = line.getresponse()
                content = answer.read().decode()
            statuses.append(answer.status)
            self.statuses.add((urlsplit(path).path.rpartition("/")[2], answer.status))
            given = [each for each in answer.headers.items() if each[0].lower() != "set-cookie"]
            self.addresses += [f"{name}: {value}" for name, value in given]
            for tag in BeautifulSoup(content, "html5lib").find_all(True):
                self.addresses += [str(tag[name]) for name in ADDRESSES if tag.has_attr(name)]
        return statuses[0]

    def speak(self, words: bytes) -> None:
        """Send what is no HTTP, or not all of it, and hang up."""
        with socket.create_connection(("localhost", self.port), timeout=5) as line:
            line.sendall(words)
            line.settimeout(0.3)
            with suppress(TimeoutError):
                line.recv(4096)

    def written(self) -> dict[str, bytes]:
        """All that was written, but for the database, by file."""
        files = [path for path in self.instance.rglob("*") if path.is_file()]
        kept = [path for path in files if not path.name.startswith(DATABASE)]
        return {str(path): path.read_bytes() for path in [self.output, *kept]}

    def database(self) -> sqlite3.Connection:
        return sqlite3.connect(self.instance / DATABASE, isolation_level=None)


@contextmanager
def site(folder: Path, *module: str) -> Iterator[Site]:
    port = free_port()
    made = Site(port, folder / "instance", folder / "output")
    environ = {"PORT": str(port), "REEDH_INSTANCE_PATH": str(made.instance)}
    environ |= {"REEDH_SMTP_URL": "smtp://localhost:1"}
    command = [sys.executable, "-m", *module]
    with (
        made.output.open("wb") as output,
        subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environ, stdout=output, stderr=subprocess.STDOUT
        ) as server,
    ):
        try:
            wait_until_ready(f"http://localhost:{port}/readyz", server)
            yield made
        finally:
            stop(server)


def assert_nothing_is_told(site: Site) -> None:
    for file, content in site.written().items():
        told = content.lower()
        assert [each for each in site.secret if each.lower().encode() in told] == [], file
    # The query of a search does stand in its address, so that it can be shared.
    addresses = [address for address in site.addresses if "/search?" not in address]
    assert [each for each in site.secret for address in addresses if each in address] == []


@both_languages
def test_nothing_typed_is_told_whatever_becomes_of_it(tmp_path: Path, language: str) -> None:
    with site(tmp_path, *FLASK_SERVE) as asked:
        _ask(asked, f"/{language}/ask")
        _look(asked, f"/{language}/questions", f"/{language}/ask")
        _search(asked, f"/{language}/search")
        _break(asked, f"/{language}/ask", f"/{language}/questions")
    assert {status for path, status in asked.statuses if path == "ask"} == {
        200, 201, 303, 400, 403, 405, 409, 413, 422, 500, 503,
    }  # fmt: skip
    assert {status for path, status in asked.statuses if path == "questions"} == {
        200, 400, 403, 404, 405, 413, 422, 500, 503,
    }  # fmt: skip
    assert b"LookupError" in asked.output.read_bytes(), "a fault is logged"
    assert_nothing_is_told(asked)


def _ask(site: Site, path: str) -> None:
    assert site.send(path, form := site.form()) == 303
    assert site.send(path, site.form(), Accept="application/json") == 201
    assert site.send(path, form | {"question": f"{site.typed()} and more"}) == 409
    assert site.send(path, site.form(csrf_token=site.typed())) == 400
    assert site.send(path, urlencode(site.form()).encode() + b"\xff%FF") == 400
    assert site.send(path, site.form(consent="")) == 422
    assert site.send(path, site.form(receipt=site.typed())) == 422
    assert site.send(path, site.form(name=site.typed() * 10)) == 422
    assert site.send(path, site.form(question=site.typed() * 1000)) == 422
    assert site.send(path, site.form(question=site.typed() * 3000)) == 413
    assert site.send(path, site.form(), Origin=f"http://[{site.typed()}") == 403
    assert site.send(path, site.form(), Referer=f"http://a/{site.typed()}") == 303
    assert site.send(path, site.form(), Host=f"{site.typed()}..b") == 400
    assert site.send(path, site.form(), **{"User-Agent": site.typed()}) == 303
    assert site.send(path, site.form(), method="PUT") == 405
    query = urlencode(site.form())
    assert site.send(f"{path}?{query}", site.form()) == 303
    assert site.send(f"{path}?{query}", b"", method="GET") == 200
    assert site.send(f"{path}/none?{query}", site.form()) == 404
    body = urlencode(site.form()).encode()
    head = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n"
    site.speak(
        head % (path.encode(), len(body) + 9) + b"Content-Type: %s\r\n\r\n" % FORM.encode() + body
    )
    site.speak(head % (path.encode(), len(body)) + b"Cookie: %s\0\r\n\r\n" % body)
    site.speak(b"POST %s?%s HTTP/7\r\n\r\n" % (path.encode(), body))
    site.speak(body)


def _look(site: Site, path: str, ask: str) -> None:
    form = site.form()
    receipt = form["receipt"]
    assert site.send(ask, form) == 303
    assert site.send(path, {"receipt": receipt}) == 200
    assert site.send(f"{path}?receipt={receipt}", {"receipt": receipts.in_groups(receipt)}) == 200
    assert site.send(f"{path}?receipt={receipt}", b"", method="GET") == 200
    assert site.send(path, {"receipt": site.typed("receipt")}) == 404
    assert site.send(path, {"receipt": site.typed()}) == 422
    assert site.send(path, {"receipt": receipt + "x" * 70000}) == 413
    withdrawal = {"receipt": receipt, "withdraw": site.typed()}
    assert site.send(path, withdrawal | {"csrf_token": site.typed()}) == 400
    assert site.send(path, withdrawal, Origin="null") == 403
    assert site.send(path, withdrawal, method="DELETE") == 405
    assert site.send(path, withdrawal | {"csrf_token": site.token()}) == 200


def _search(site: Site, path: str) -> None:
    for place in (path, f"{path}.json"):
        assert site.send(f"{place}?q={site.typed()}", b"", method="GET") == 200
        assert site.send(f"{place}?q={site.typed()}", {"q": site.typed()}) == 405


def _break(site: Site, ask: str, path: str) -> None:
    """A locked database, one whose rows are wrong, one without its table, and none at all."""
    form = site.form()
    assert site.send(ask, form) == 303
    with closing(site.database()) as other:
        other.execute("BEGIN IMMEDIATE")
        assert site.send(ask, site.form()) == 503
        other.execute("ROLLBACK")
        other.execute("UPDATE question SET state = 'unknown'")
        assert site.send(ask, form) == 500
        assert site.send(path, form) == 500
        other.execute("ALTER TABLE question RENAME TO moved")
        assert site.send(ask, site.form()) == 503
        assert site.send(path, form) == 503
    for file in site.instance.glob(f"{DATABASE}*"):
        file.write_bytes(b"no database " * 1000)
    assert site.send(ask, site.form()) == 503
    assert site.send(path, form) == 503


def test_a_fault_or_too_many_requests_are_logged_without_what_was_sent(tmp_path: Path) -> None:
    with site(tmp_path, "tests.asking.failing") as asked:
        for path, status in (("/view", 500), ("/outside", 500)):
            assert asked.send(f"{path}?{asked.typed()}", asked.form()) == status
        for _ in range(31):
            status = asked.send("/en/questions", {"receipt": asked.typed("receipt")})
        assert status == 429
    output = asked.output.read_text("utf-8")
    assert IN_FLASK in output
    assert OUTSIDE in output
    assert_nothing_is_told(asked)


def test_an_error_of_the_database_tells_no_values(tmp_path: Path) -> None:
    typed = canary()
    app = create_app({"REEDH_INSTANCE_PATH": str(tmp_path)})
    kept = Asked(typed, typed, typed, typed, "en", typed, typed, False, Lane.OPEN)
    unknown = changed(kept, name=[typed])  # type: ignore[arg-type]
    with app.app_context():
        database.upgrade()
        for change, sent in (("SELECT 1", unknown), ("DROP TABLE question", kept)):
            db.session.execute(text(change))
            with pytest.raises(DBAPIError) as failed:
                intake.take(sent)
            told = "".join(traceback.format_exception(failed.value))
            assert "INSERT INTO question" in told
            assert typed not in told
            db.session.rollback()
