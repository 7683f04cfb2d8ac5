"""The security headers of every answer: each route, each kind of failure, whoever asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pyotp
import pytest
from flask import Flask, abort, url_for
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from app import create_app
from blueprints import database, edition
from blueprints.database import db
from blueprints.models import Role
from tests.moderation.desk import ARTICLE, PASSWORD, add_person, ask
from tests.page import only
from tests.people import Member

FAILURES = (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)
UNKNOWN = (
    "/none",
    "/hi/none",
    "/moderation/none",
    "/moderation",
    "//en/about",
    "/en",
    "/en//about",
)


@pytest.fixture(scope="module", params=["http", "https"])
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """A site that fails wherever it is asked to."""
    environ = {
        "REEDH_INSTANCE_PATH": str(tmp_path_factory.mktemp("instance")),
        "REEDH_PUBLIC_URL": f"{request.param}://localhost",
        "REEDH_GRIEVANCE_CONTACT": "Asha Rao, 011 2345 6789",
    }
    made = create_app(environ)

    @made.get("/<language:language>/fail/<int:code>")
    def fail(code: int) -> str:
        if code == 500:
            raise RuntimeError("a fault of ours")
        abort(code)

    with made.app_context():
        database.upgrade()
        engine = db.engine
    yield made
    engine.dispose()


def check(told: Headers, *, is_production: bool) -> None:
    assert told["X-Content-Type-Options"] == "nosniff"
    policy = dict(each.split(" ", 1) for each in told["Content-Security-Policy"].split("; "))
    assert "unsafe" not in told["Content-Security-Policy"]
    for closed in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        assert policy[closed] == "'none'"
    for own in ("img-src", "connect-src", "form-action", "manifest-src", "worker-src"):
        assert policy[own] == "'self'"
    assert re.fullmatch(r"'self' 'sha256-[^']+'", policy["script-src"])
    assert re.fullmatch(r"('sha256-[^']+' ?)+", policy["style-src"])
    assert told["Cross-Origin-Opener-Policy"] == "same-origin"
    assert told["Cross-Origin-Resource-Policy"] == "same-origin"
    assert told["Referrer-Policy"] in {"strict-origin-when-cross-origin", "same-origin"}
    for feature in ("camera", "geolocation", "microphone", "payment", "usb"):
        assert f"{feature}=()" in told["Permissions-Policy"]
    years = "max-age=63072000; includeSubDomains" if is_production else None
    assert told.get("Strict-Transport-Security") == years
    assert "Access-Control-Allow-Origin" not in told
    assert "Server" not in told
    assert "X-Powered-By" not in told


def seen(app: Flask, client: FlaskClient, method: str, path: str, **more: Any) -> int:
    # As a server passes it on; the client itself would merge the slashes.
    answer = client.open("/", method=method, environ_overrides={"PATH_INFO": path}, **more)
    try:
        check(answer.headers, is_production=app.config["REEDH"].is_production)
    except (AssertionError, KeyError) as error:
        raise AssertionError(f"{method} {path}: {answer.status}: {error!r}") from error
    if answer.get_data():
        assert answer.mimetype, path
        is_text = answer.mimetype.startswith("text/") or answer.mimetype.endswith("xml")
        assert not is_text or answer.mimetype_params["charset"] == "utf-8", path
    if path.startswith("/moderation"):
        assert answer.headers["Cache-Control"] == "no-store", path
        assert answer.headers["Referrer-Policy"] == "same-origin", path
        policy = answer.headers["Content-Security-Policy"].split("; ")
        assert {"require-trusted-types-for 'script'", "trusted-types 'none'"} <= set(policy), path
    return answer.status_code


def routes(app: Flask, id_: int = 1) -> list[str]:
    """A path of every rule that can be read."""
    values: dict[str, Any] = {
        "slug": ARTICLE, "target": "hi", "kind": "csv", "id": id_, "code": 404,
    }  # fmt: skip
    with app.test_request_context("/en/"):
        return [
            url_for(
                rule.endpoint,
                **{name: values.get(name, "none") for name in rule.arguments - {"language"}},
            )
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
        ]


def test_every_file_and_page_of_the_edition(app: Flask) -> None:
    client = app.test_client()
    for path in edition.publisher(app).edition.resources:
        assert seen(app, client, "HEAD", path) == 200
        assert seen(app, client, "GET", path, headers={"If-None-Match": "*"}) == 304


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_every_route_with_every_method(app: Flask, method: str) -> None:
    client = app.test_client()
    for path in [*routes(app), *UNKNOWN]:
        status = seen(app, client, method, path)
        assert status < 500
        if method in {"PUT", "DELETE", "TRACE"}:
            assert status in {308, 404, 405}, path


@pytest.mark.parametrize("code", FAILURES)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_every_failure(app: Flask, code: int, accept: str) -> None:
    client = app.test_client()
    assert seen(app, client, "GET", f"/hi/fail/{code}", headers={"Accept": accept}) == code


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/en/ask", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("/moderation/sign-in", {"Origin": "https://evil.example"}, 403),
        ("/moderation/queue", {"Host": "a..b"}, 400),
        ("/en/ask", {}, 413),
        ("/moderation/questions/1", {}, 413),
    ],
)
def test_what_is_refused(app: Flask, path: str, headers: dict[str, str], status: int) -> None:
    sent = {"question": "x" * 600_000 if status == 413 else "x"}
    assert seen(app, app.test_client(), "POST", path, headers=headers, data=sent) == status


@pytest.mark.parametrize("role", Role)
def test_pages_of_those_who_sign_in(app: Flask, role: Role) -> None:
    scheme = app.config["REEDH"].public_url.partition(":")[0]
    member = Member(app, add_person(app, role), scheme=scheme)
    member.sign_in(PASSWORD)
    if scheme == "https":
        shown = member.open("/moderation/set-up")
        secret = only(shown, "#secret").get_text().replace(" ", "")
        member.press(shown, "/set-up", code=pyotp.TOTP(secret).now())
    assert member.is_signed_in()
    id_ = ask(app, "Will it hurt?")
    for path in routes(app, id_):
        if path.startswith("/moderation"):
            seen(app, member.client, "GET", path, base_url=f"{scheme}://localhost")
