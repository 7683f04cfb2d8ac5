"""What moderators read, type and show to sign in stands in no log and no file but the database."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pyotp
from bs4 import BeautifulSoup

from tests.asking.test_canary import DATABASE, Site, assert_nothing_is_told, site
from tests.page import Page, only
from tests.serving import FLASK_SERVE, ROOT

EMAIL = "moderator@example.org"


class Moderator:
    """Somebody with a browser of their own, whose every secret is noted."""

    def __init__(self, asked: Site) -> None:
        self._site = asked
        self._jar = CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self._jar)
        self._opener = urllib.request.build_opener(cookies)
        self.statuses: set[int] = set()
        self.page: Page = BeautifulSoup("", "html5lib")

    def ask(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> int:
        """Ask for a page, or send fields with the token at hand; the status at the end."""
        token = self.page.select("[name=csrf_token]")
        if fields is not None and token:
            fields = {"csrf_token": str(token[0]["value"])} | fields
        data = None if fields is None else urlencode(fields).encode()
        sent = {"Accept": "text/html", "Accept-Language": "en"} | headers
        request = urllib.request.Request(f"http://localhost:{self._site.port}{path}", data, sent)
        try:
            answer = self._opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            told = answer.read().decode()
            status: int = answer.status
        if "<html" in told:
            self.page = BeautifulSoup(told, "html5lib")
        self.statuses.add(status)
        self._site.secret |= {str(each.value) for each in self._jar}
        self._site.secret |= {str(tag["value"]) for tag in self.page.select("[name=csrf_token]")}
        return status

    def sign_in(self, password: str, email: str = EMAIL) -> int:
        self.ask("/moderation/sign-in")
        return self.ask("/moderation/sign-in", {"email": email, "password": password})


def test_nothing_of_deciding_is_told_whatever_becomes_of_it(tmp_path: Path) -> None:
    with site(tmp_path, *FLASK_SERVE) as asked:
        password = asked.typed()
        _add_moderator(asked, password)
        for _ in range(2):
            assert asked.send("/en/ask", asked.form()) == 303
        me = Moderator(asked)
        _sign_in(asked, me, password)
        _decide(asked, me)
        _refuse(asked, me)
        _break(asked, me)
    assert {200, 400, 403, 404, 409, 413, 422, 500} <= me.statuses
    assert b"OperationalError" in asked.output.read_bytes(), "a fault is logged"
    assert_nothing_is_told(asked)


def _add_moderator(asked: Site, password: str) -> None:
    args = ["users", "add", EMAIL, "--name", "Asha Rao", "--role", "moderator"]
    told = subprocess.run(
        [sys.executable, "-m", "flask", *args, "--password-stdin"],
        cwd=ROOT,
        env=os.environ | {"REEDH_INSTANCE_PATH": str(asked.instance)},
        input=password,
        text=True,
        capture_output=True,
        check=True,
    )
    assert password not in told.stdout + told.stderr


def _sign_in(asked: Site, me: Moderator, password: str) -> None:
    assert me.sign_in(asked.typed()) == 422
    assert me.sign_in(asked.typed(), f"{asked.typed()}@example.org") == 422
    assert me.sign_in(password) == 200
    me.ask("/moderation/set-up")
    secret = only(me.page, "#secret").get_text().replace(" ", "")
    asked.secret.add(secret)
    wrong = {"password": password, "code": asked.typed()}
    assert me.ask("/moderation/set-up", wrong) == 422
    assert me.ask("/moderation/set-up", wrong | {"code": pyotp.TOTP(secret).now()}) == 200
    codes = [tag.get_text() for tag in me.page.select(".codes li")]
    asked.secret |= {*codes, *(code.replace(" ", "") for code in codes)}
    me.ask("/moderation/account")
    assert me.ask("/moderation/sign-out", {}) == 200
    assert me.sign_in(password) == 200
    assert me.ask("/moderation/code", {"code": asked.typed()}) == 422
    assert me.ask("/moderation/code", {"code": codes[0]}) == 200
    me.ask("/moderation/account")
    new = asked.typed()
    fields = {"password": password, "new_password": new, "new_password_again": asked.typed()}
    assert me.ask("/moderation/account/password", fields) == 422
    assert me.ask("/moderation/account/password", fields | {"new_password_again": new}) == 200


def _decide(asked: Site, me: Moderator) -> None:
    path, other = "/moderation/questions/1", "/moderation/questions/2"
    assert me.ask("/moderation/queue?shelf=held") == 200
    assert me.ask(path) == 200
    version = str(only(me.page, ".write [name=version]")["value"])
    texts = {"wording-en": asked.typed(), "answer-en": asked.typed(), "version": version}
    assert me.ask(path, texts) == 200
    assert me.ask(path, {"answer-en": asked.typed()}, Accept="application/json") == 409
    assert me.ask(path, {"wording-en": asked.typed(), "answer-en": asked.typed()}) == 409
    assert me.ask(path, {"answer-en": asked.typed() * 1000}) == 422
    assert me.ask(path, {"answer-en": asked.typed() * 20000}) == 413
    assert me.ask(path, {"answer-en": asked.typed(), "csrf_token": asked.typed()}) == 400
    me.ask(f"{path}/preview")
    found = {str(tag["name"]): str(tag["value"]) for tag in me.page.select("main form input")}
    assert me.ask(f"{path}/preview", found | {"answer-en": asked.typed(), "version": "9"}) == 409
    me.ask(f"{path}/preview")
    assert me.ask(f"{path}/preview", found | {"checked": "y"}) == 200
    strange = {"step": asked.typed(), "reason": asked.typed()}
    assert me.ask(f"{other}/decide", strange) == 400
    me.ask(other)
    assert me.ask(f"{other}/decide", strange | {"step": "decline"}) == 422
    me.ask(other)
    assert me.ask(f"{other}/decide", {"step": "release", "version": asked.typed()}) == 409
    me.ask("/moderation/canned/new")
    ready = {"name": asked.typed(), "answer-en": asked.typed()}
    assert me.ask("/moderation/canned/new", ready) == 200
    assert me.ask(f"/moderation/queue?q={asked.typed()}") == 200
    me.ask("/moderation/queue")
    assert me.ask("/moderation/queue", {"question": asked.typed(), "step": "spam"}) == 200


def _refuse(asked: Site, me: Moderator) -> None:
    fields = {"answer-en": asked.typed(), asked.typed(): asked.typed()}
    assert me.ask("/moderation/questions/1", fields, Origin="https://evil.example") == 403
    assert me.ask("/moderation/people", None) == 403
    assert me.ask(f"/moderation/questions/none?{asked.typed()}", fields) == 404
    assert Moderator(asked).ask("/moderation/questions/1", fields) == 403


def _break(asked: Site, me: Moderator) -> None:
    """A locked database, one without its table, and none at all."""
    me.ask("/moderation/questions/1")
    typed = {"wording-en": asked.typed(), "answer-en": asked.typed(), "draft-en": "1"}
    with closing(asked.database()) as other:
        other.execute("BEGIN IMMEDIATE")
        assert me.ask("/moderation/questions/1", typed) >= 500
        other.execute("ROLLBACK")
        other.execute("ALTER TABLE draft RENAME TO moved")
        assert me.ask("/moderation/questions/1", typed) >= 500
    for file in asked.instance.glob(f"{DATABASE}*"):
        file.write_bytes(b"no database " * 1000)
    assert me.ask("/moderation/questions/1", typed) >= 500
    assert me.sign_in(asked.typed()) >= 500
