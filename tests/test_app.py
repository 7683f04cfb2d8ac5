"""The application as a whole: settings, languages of addresses, error pages, headers."""

from __future__ import annotations

import logging
import re
import shutil
import unicodedata
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask, Request, abort, request
from flask.logging import default_handler
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import (
    HTTPException,
    RequestEntityTooLarge,
    ServiceUnavailable,
    TooManyRequests,
)

from app import ROOT, create_app, create_served_app
from blueprints import catalogs, logs
from blueprints.articles.source import ContentError
from blueprints.catalogs import CatalogError
from blueprints.meaning import Edits
from blueprints.settings import SettingsError
from tests.conftest import ARTICLE, PAGES, Client
from tests.page import DEVANAGARI, only

Build = Callable[..., Flask]

BAD_SETTINGS = {
    "PORT": ["0", "65536", "eight", "8000 ", "-1", "9" * 5000],
    "REEDH_PROCESSES": ["0", "many", "1.5"],
    "REEDH_THREADS": ["0"],
    "REEDH_TRUSTED_PROXIES": ["-1", "10", "one"],
    "REEDH_RETENTION_DAYS": ["0", "ever"],
    "REEDH_MAIL_FROM": ["reedh", "Reedh <reedh@reedh.example>", "डाक@reedh.example", "a@-.भारत"],
    "REEDH_INSTANCE_PATH": ["/proc/none", "/dev/null"],
    "REEDH_PUBLIC_URL": [
        "reedh.example",
        "https://reedh.example/path",
        "ftp://a",
        "https://",
        "//a",
        "https://a b",
        "https://a:b",
        "https://me@a",
        "https://\N{PILE OF POO}.example",
        "https://xn--a",
        "https://-.भारत",
        "https://a\u2100b.example",
    ],
}

# Their values may hold passwords.
BAD_SECRETS = {
    "REEDH_LIMITS_URL": ["localhost:6379", "http://localhost", "redis://"],
    "REEDH_DATABASE_URL": ["mysql://a/b", "here", "sqlite+aiosqlite:///a"],
    "REEDH_SECRET_KEY": ["short"],
    "REEDH_SMTP_URL": [
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://a/b",
        "smtp://a:b",
    ],
    "REEDH_CONTACT_KEYS": ["short", ",", f"{'a' * 43}=,short"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in BAD_SECRETS.items() for value in values]
)
def test_a_secret_that_cannot_work_is_refused_and_not_repeated(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name}") as refused:
        create_app({name: value})
    assert f"'{value}'" not in refused.value.message


def test_several_processes_need_one_place_to_count_in() -> None:
    with pytest.raises(SettingsError, match=r"^REEDH_LIMITS_URL .* REEDH_PROCESSES"):
        create_app({"REEDH_PROCESSES": "2"})


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in BAD_SETTINGS.items() for value in values]
)
def test_a_setting_that_cannot_work_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} is '"):
        create_app({name: value})


def test_a_misspelt_setting_is_refused_with_the_right_name() -> None:
    with pytest.raises(SettingsError, match=r"^REEDH_HSOT is no .*; did you mean REEDH_HOST\?"):
        create_app({"REEDH_HSOT": "::1"})


def test_a_site_without_articles_is_refused(changed_app: Build) -> None:
    def empty(folder: Path) -> None:
        (folder / "content/why-spine-surgeries-fail.md").unlink()

    with pytest.raises(ContentError, match="there is no article"):
        changed_app(empty)


def test_what_is_served_was_made_before_the_first_reader_came(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REEDH_INSTANCE_PATH", str(tmp_path))
    app = create_served_app().app
    app.view_functions.clear()
    assert Client(app).ask("/en/").status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_every_page_holds_what_every_page_must(client: Client, path: str) -> None:
    client.get(path)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("hi-IN,hi;q=0.9,en;q=0.8", "hi"),
        ("en-IN,en;q=0.9,hi;q=0.6", "en"),
        ("en-IN,hi;q=0.6", "en"),
        ("pa-IN,hi;q=0.8", "hi"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
        ("hi;q=0", "en"),
        ("HI", "hi"),
        ("Hi", "hi"),
        ("EN", "en"),
        ("HI-IN", "hi"),
        ("hi_IN", "hi"),
        ("hi_IN,en;q=0.5", "hi"),
        ("EN-us,HI;q=0.9", "en"),
        ("hi-Deva-IN-u-nu-deva", "hi"),
        ("hi-Latn-IN-x-mine", "hi"),
        ("hin-IN", "hi"),
        ("eng,hi;q=0.9", "en"),
        ("zh-cmn-Hans,hi", "hi"),
        ("x-hi,i-default", "en"),
        ("*,hi;q=0.5", "hi"),
        ("hi;q=one,en", "en"),
        ("hi;Q=0.5,en;q=0.4", "hi"),
        ("hinglish,hi;q=0.1", "hi"),
        ("-hi,_,-", "en"),
        ("hi-" + "a-" * 2000, "hi"),
        (",".join(["fr"] * 2000 + ["HI"]), "hi"),
        (";;q=x,=%&\x7f", "en"),
        ("hi" * 5000, "en"),
    ],
)
def test_the_front_door_leads_to_the_reader_s_language(
    client: Client, accepted: str, language: str
) -> None:
    answer = client.ask("/", Accept_Language=accepted)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/{language}/"
    assert answer.headers["Cache-Control"] == "private, no-store"


@given(accepted=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0")))
def test_whatever_languages_a_browser_names_it_gets_a_page(app: Flask, accepted: str) -> None:
    client = app.test_client()
    for path, status in (("/", 302), ("/none", 404)):
        assert client.get(path, headers={"Accept-Language": accepted}).status_code == status


@pytest.mark.parametrize("path", ["/fr/", f"/fr{ARTICLE}", "/en/articles/none", "/hindi/", "/x"])
def test_an_unknown_address_is_a_404_with_a_way_on(client: Client, path: str) -> None:
    page = client.get(path, 404)
    assert only(page, "main a.button")["href"] in {"/en/", "/hi/"}


def test_an_error_page_speaks_the_language_of_its_address(client: Client) -> None:
    assert only(client.get("/hi/none", 404), "html")["lang"] == "hi"
    assert only(client.get("/none", 404, Accept_Language="hi"), "html")["lang"] == "hi"
    assert only(client.get("/en/none", 404, Accept_Language="hi"), "html")["lang"] == "en"
    assert only(client.get("/hi-IN/none", 404, Accept_Language="en"), "html")["lang"] == "hi"
    assert only(client.get("/none", 404, Accept_Language="HI-in"), "html")["lang"] == "hi"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_page_that_is_only_read_says_so(client: Client, method: str) -> None:
    answer = client.ask(f"/hi{ARTICLE}", method)
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= set(answer.headers["Allow"].split(", "))
    assert "सिर्फ़ पढ़ने के लिए" in answer.get_data(as_text=True)


FAILURES: dict[str, Callable[[], HTTPException]] = {
    "413": RequestEntityTooLarge,
    "429": lambda: TooManyRequests(retry_after=60),
    "503": lambda: ServiceUnavailable(retry_after=30),
}


@pytest.fixture
def failing(tmp_path: Path) -> Client:
    """An application with a page for each kind of failure."""
    app = create_app({"REEDH_INSTANCE_PATH": str(tmp_path)})

    @app.get("/<language:language>/fail/<code>")
    def fail(code: str) -> str:
        if code in FAILURES:
            raise FAILURES[code]()
        if code == "500":
            raise RuntimeError("a fault of ours")
        abort(int(code))

    @app.post("/<language:language>/read")
    def read() -> str:
        return str(len(request.get_data()))

    return Client(app)


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("code", ["400", "404", "405", "413", "429", "500", "503"])
def test_every_failure_has_a_page_in_the_reader_s_language(
    failing: Client, language: str, code: str
) -> None:
    page = failing.get(f"/{language}/fail/{code}", int(code))
    assert not page.select("link[rel=canonical], link[hreflang], meta[property]")
    for link in page.select('header a[href^="/"]'):
        failing.get(str(link["href"]))
    assert only(page, "html")["lang"] == language
    assert only(page, "main a.button")["href"] == f"/{language}/"
    assert failing.ask(f"/{language}/fail/{code}").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("code", ["400", "404", "405", "413", "429", "500", "503"])
def test_every_failure_is_told_as_json_to_whoever_asks_for_it(failing: Client, code: str) -> None:
    answer = failing.ask(f"/hi/fail/{code}", Accept="application/json")
    assert (answer.status_code, answer.content_type) == (int(code), "application/json")
    assert answer.json is not None
    assert DEVANAGARI.search(answer.json["message"])


def test_a_failure_that_passes_says_when_to_try_again(failing: Client) -> None:
    assert failing.ask("/en/fail/429").headers["Retry-After"] == "60"
    assert failing.ask("/en/fail/503").headers["Retry-After"] == "30"


def test_a_body_that_is_too_large_is_refused(failing: Client) -> None:
    assert failing.send("/en/read", b"x" * 64 * 1024).status_code == 200
    assert failing.send("/en/read", b"x" * (64 * 1024 + 1)).status_code == 413


@pytest.mark.parametrize("host", ["x" * 300, "a..b"])
def test_a_host_header_that_is_no_host_gets_a_page_too(client: Client, host: str) -> None:
    page = client.get("/hi/none", 400, Host=host)
    assert only(page, "html")["lang"] == "hi"


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("/en", "/en/"),
        ("/en//about", "/en/about"),
        ("//en/about", "/en/about"),
        ("///evil.example/", "/evil.example/"),
        ("//foo?bar", "/foo%3Fbar"),
        ("//a#b", "/a%23b"),
        ("//%0a", "/%250a"),
        ("//\\evil.example", "/%5Cevil.example"),
        ("//a;b,c&d", "/a;b,c&amp;d"),
        ("//\xff", "/%FF"),
        ("//\xe0\xa4\xb9", "/%E0%A4%B9"),
        ("/HI/about", "/hi/about"),
        ("/Hi", "/hi"),
        ("/En/articles/x?y", "/en/articles/x%3Fy"),
        ("//HI//about", "/hi//about"),
        ("/hi//about", "/hi/about"),
    ],
)
def test_an_address_spelt_oddly_leads_to_the_right_one_on_this_host(
    app: Flask, path: str, right: str
) -> None:
    # As a server passes it on; the client itself would merge the slashes.
    sent = {"PATH_INFO": path, "HTTP_HOST": "evil.example"}
    answer = app.test_client().get("/", environ_overrides=sent)
    assert answer.status_code == 308
    assert answer.headers["Location"] == right.replace("&amp;", "&")
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'href="{right}"' in answer.get_data(as_text=True)
    assert "evil.example" not in (str(answer.headers) + answer.get_data(as_text=True)).replace(
        right, ""
    )


def test_a_corrected_address_keeps_its_query_as_it_came(app: Flask) -> None:
    for path, query in (("//en/search", "q=a%26b%3D%23%0a+c"), ("/EN/search", "q=%E0%A4%B9&%")):
        sent = {"PATH_INFO": path, "QUERY_STRING": query}
        answer = app.test_client().get("/", environ_overrides=sent)
        assert answer.headers["Location"] == f"/en/search?{query}"


@pytest.mark.parametrize(
    "path",
    ["//\n", "/\n", "//a\r\nb", "/en/\0", "/en/articles/x\t", "/en/\x7f", "/HI/\x1b[31m",
     "/en//\x0b", "/en/\xc2\x85", "/en/\xe2\x80\xa8", "/en/\xe2\x80\xae", "/moderation/\n"],
)  # fmt: skip
def test_a_path_with_control_characters_is_nowhere(
    app: Flask, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    answer = app.test_client().get("/", environ_overrides={"PATH_INFO": path})
    assert answer.status_code == 404
    assert answer.location is None
    assert not caplog.records


_BYTES = st.binary(max_size=30).map(lambda raw: raw.decode("latin-1"))


@given(
    path=st.one_of(_BYTES, st.text("/\\?#%.;@:\n\r\thieHIEnN_-")),
    query=_BYTES,
    host=st.sampled_from(["localhost", "evil.example", "a..b", "[::1", ""]),
    accepted=_BYTES,
)
def test_no_path_fails_or_leads_to_another_site(
    app: Flask, path: str, query: str, host: str, accepted: str
) -> None:
    sent = {
        "PATH_INFO": f"/{path}",
        "QUERY_STRING": query,
        "HTTP_HOST": host,
        "HTTP_ACCEPT_LANGUAGE": accepted,
    }
    answer = app.test_client().get("/", environ_overrides=sent)
    assert answer.status_code < 500
    location = answer.headers.get("Location", "/")
    assert re.fullmatch(r"/(?![/\\])[!-~]*", location), location


def fail(*_: object) -> dict[str, object]:
    raise RuntimeError("the cause")


class FailingSessions(SecureCookieSessionInterface):
    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        raise RuntimeError("the cause")


Patch = Callable[[Flask, pytest.MonkeyPatch], object]

BROKEN: dict[str, Patch] = {
    "a template's context": lambda app, patch: patch.setitem(
        app.template_context_processors, None, [fail]
    ),
    "what an address says": lambda app, patch: patch.setitem(
        app.url_value_preprocessors, None, [fail]
    ),
    "the languages": lambda app, patch: patch.setitem(app.extensions, "languages", None),
    "the catalogs": lambda app, patch: patch.delitem(app.extensions, "babel"),
    "before a request": lambda app, patch: patch.setitem(app.before_request_funcs, None, [fail]),
    "after a request": lambda app, patch: app.after_request_funcs[None].insert(0, fail),
    "the end of a request": lambda app, patch: patch.setitem(
        app.teardown_request_funcs, None, [fail]
    ),
    "the session": lambda app, patch: patch.setattr(app, "session_interface", FailingSessions()),
    "the request": lambda app, patch: patch.setattr(app, "request_class", fail),
    "a template's function": lambda app, patch: patch.delitem(app.jinja_env.globals, "absolute"),
    "every template": lambda app, patch: patch.setattr(app, "jinja_env", None),
}


@pytest.mark.parametrize("cause", BROKEN)
def test_an_error_page_does_not_depend_on_what_failed(
    client: Client, app: Flask, cause: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.ask("/en/")  # the edition is made before, as on a running site
    monkeypatch.setitem(app.after_request_funcs, None, [*app.after_request_funcs[None]])
    BROKEN[cause](app, monkeypatch)
    for path, method in (("/hi/none", "GET"), ("/none", "GET"), ("/hi/about", "PUT")):
        answer = client.ask(path, method)
        assert answer.status_code in {404, 405, 500}
        page = BeautifulSoup(answer.get_data(), "html5lib")
        assert only(page, "html")["lang"] == ("hi" if path.startswith("/hi") else "en")
        assert page.select("h1")
        assert page.select('a[href="/hi/"], a[href="/en/"]')
        assert "the cause" not in answer.get_data(as_text=True)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_nothing_that_was_sent_begins_a_line_of_the_log() -> None:
    """Or moves the cursor, or turns the direction of writing."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Formatter("[%(asctime)s] %(message)s"))
    logger = logging.Logger("of a test")
    logger.addHandler(handler)
    forged = "a\n[2026-12-01] b\rc\x1b[31m\x85\u2028\u202e\udc80 ह"
    logger.warning("Person %s", forged)
    try:
        raise ValueError(forged)
    except ValueError:
        logger.exception("It failed")
    text = stream.getvalue()
    assert [line for line in text.split("\n") if line.startswith("[2026-12-01] b")] == []
    assert all(letter.isprintable() for letter in text if letter != "\n")
    assert text.count("[2026-12-01] b") == 2
    assert r"Person a\n[2026-12-01] b\rc\x1b[31m\x85\u2028\u202e\udc80 ह" in text


def test_every_logger_writes_so(app: Flask) -> None:
    for name in (app.name, "sqlalchemy", "limits", "of.no.library"):
        logger: logging.Logger | None = logging.getLogger(name)
        handlers: list[logging.Handler] = []
        while logger:
            handlers += logger.handlers
            logger = logger.parent if logger.propagate else None
        assert default_handler in handlers
    assert isinstance(default_handler.formatter, logs.Formatter)


def test_a_fault_of_ours_shows_nothing_of_its_cause(failing: Client) -> None:
    answer = failing.ask("/en/fail/500")
    assert "a fault of ours" not in answer.get_data(as_text=True) + str(answer.headers)


@pytest.mark.parametrize(
    ("given", "used", "shown"),
    [
        ("https://रीढ़.भारत", "https://xn--f2b1azbo.xn--h2brj9c", "रीढ़.भारत"),
        ("https://री\u095d.भारत", "https://xn--f2b1azbo.xn--h2brj9c", "रीढ़.भारत"),
        ("https://कमल.example:8443/", "https://xn--11b4cm.example:8443", "कमल.example:8443"),
        ("HTTPS://REEDH.Example", "https://reedh.example", "reedh.example"),
        ("https://xn--11b4cm.example", "https://xn--11b4cm.example", "कमल.example"),
        ("http://[::1]:8000", "http://[::1]:8000", "[::1]:8000"),
        ("http://a_b.example:80", "http://a_b.example:80", "a_b.example:80"),
    ],
)
def test_a_host_in_any_script_is_an_address_in_ascii(
    tmp_path: Path, given: str, used: str, shown: str
) -> None:
    app = create_app({"REEDH_PUBLIC_URL": given, "REEDH_INSTANCE_PATH": str(tmp_path)})
    settings = app.config["REEDH"]
    assert settings.public_url == used
    assert settings.mail_from.isascii()
    assert settings.is_production == used.startswith("https")
    poster = app.test_client().get("/en/poster").get_data(as_text=True)
    assert unicodedata.normalize("NFC", shown) in unicodedata.normalize("NFC", poster)


def test_production_names_its_public_address(tmp_path: Path) -> None:
    environ = {
        "REEDH_PUBLIC_URL": "https://reedh.example",
        "REEDH_INSTANCE_PATH": str(tmp_path),
    }
    answer = Client(create_app(environ)).ask("/en/")
    assert "https://reedh.example/en/" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('%(heading)s"\n\n', '%(heding)s"\n\n'),
        ("सुनें: %(heading)s", "सुनें: %(heading)"),
        ("सुनें: %(heading)s", "सुनें: %(heading)d"),
        ("सुनें: %(heading)s", "सुनें"),
        ("यह पेज नहीं मिला", "100% नहीं मिला"),
        ("यह पेज नहीं मिला", "<script>alert(1)</script>"),
        ("यह पेज नहीं मिला", '\\" onclick=\\"alert(1)'),
        ("यह पेज नहीं मिला", "यह & वह"),
        ("<em>(ऐसे", "<b>(ऐसे"),
        ("plural=((", "plural=((("),
        ("nplurals=2", "nplurals=two"),
        ("charset=UTF-8", "charset=UTF-99"),
        ("; charset=UTF-8", ""),
    ],
)
def test_a_catalog_that_would_break_a_page_is_refused_with_its_line(
    changed_app: Build, right: str, wrong: str
) -> None:
    def spoil(folder: Path) -> None:
        file = folder / "translations/hi/LC_MESSAGES/messages.po"
        text = file.read_text(encoding="utf-8") + "\n"
        before, found, after = text.rpartition(right)
        assert found
        file.write_text(before + wrong + after, encoding="utf-8")

    with pytest.raises(CatalogError, match=r"messages\.po:\d+: "):
        changed_app(spoil)


def test_a_language_whose_catalogs_are_gone_leaves_nothing_behind(tmp_path: Path) -> None:
    made = tmp_path / "compiled"
    edits = Edits.for_project(ROOT / "translations")
    folder = tmp_path / "translations/hi/LC_MESSAGES"
    shutil.copytree(ROOT / "translations/hi/LC_MESSAGES", folder)
    catalogs.compile_messages(tmp_path / "translations", made, edits)
    (compiled,) = made.rglob("*.mo")
    assert compiled.stat().st_mode & 0o444 == 0o444, "readable for a server of another user"
    (folder / "messages.po").unlink()
    catalogs.compile_messages(tmp_path / "translations", made, edits)
    assert not list(made.rglob("*.mo"))


def test_a_language_with_a_script_in_its_name_has_pages(changed_app: Build) -> None:
    def rename(folder: Path) -> None:
        (folder / "translations/hi").rename(folder / "translations/hi-Latn")

    client = Client(changed_app(rename))
    assert "रीढ़ के मरीज़ों के लिए गाइड" in client.ask("/hi-Latn/").get_data(as_text=True)
    poster = client.ask("/hi-Latn/poster").get_data(as_text=True)
    assert "अपने फ़ोन का कैमरा खोलें" in poster


@pytest.mark.parametrize("end", ["nonsense", '\nmsgid "c', 'msgid "c"\nmsgstr "d\\"'])
def test_a_catalog_that_is_no_catalog_is_refused_with_its_line(
    changed_app: Build, end: str
) -> None:
    def spoil(folder: Path) -> None:
        file = folder / "translations/hi/LC_MESSAGES/article.po"
        file.write_text(f'msgid "a"\nmsgstr "b"\n\n{end}\n', encoding="utf-8")

    with pytest.raises(CatalogError, match=r"article\.po:[45]: "):
        changed_app(spoil)


def test_an_article_that_breaks_the_form_is_refused_with_its_line(changed_app: Build) -> None:
    def spoil(folder: Path) -> None:
        file = folder / "content/why-spine-surgeries-fail.md"
        text = file.read_text(encoding="utf-8")
        file.write_text(text + "\n```\ncode\n```\n", encoding="utf-8")

    with pytest.raises(ContentError, match=r"why-spine-surgeries-fail\.md:\d+: "):
        changed_app(spoil)


def test_operators_are_told_that_it_lives_and_is_ready(client: Client) -> None:
    assert client.ask("/healthz").get_data() == b"ok\n"
    revision = client.ask("/readyz").get_data(as_text=True).strip()
    assert len(revision) == 64
