"""The exported edition, served by a real nginx and a real Caddy as their snippets say."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from email.message import Message
from itertools import product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import brotli
import pytest
from flask import Flask

from app import create_app
from blueprints import edition
from blueprints.edition import publisher
from blueprints.questions import receipts
from tests.conftest import ARTICLE, LANGUAGES, PAGES, Client
from tests.full_disk import full_disk
from tests.serving import free_port, serving, wait_until_ready

MODULE = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"


NOBODY = 1  # a port where no site runs, whatever else does on this machine


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


def ask(url: str, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        opener = urllib.request.build_opener(NoRedirect)
        with opener.open(urllib.request.Request(url, headers=named), timeout=5) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as answer:
        with answer:
            return Answer(answer.code, answer.headers, answer.read())


@pytest.fixture(scope="module")
def exported(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "site"
    result = app.test_cli_runner().invoke(args=["edition", "export", str(folder)])
    assert result.exit_code == 0, result.output
    return folder


def nginx(exported: Path, work: Path, port: int) -> list[str]:
    """The command that serves the folder with the exported snippet."""
    snippet = (exported / ".server/nginx.conf").read_text().replace(":8000;", f":{NOBODY};")
    assert "listen 80;" in snippet
    (work / "site.conf").write_text(snippet.replace("listen 80;", f"listen 127.0.0.1:{port};"))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {work}/{kind};" for kind in kinds)
    user = "user root;" if os.getuid() == 0 else ""  # the folder is ours alone
    (work / "nginx.conf").write_text(
        f"load_module {MODULE}; {user} daemon off; pid {work}/pid; error_log stderr warn;\n"
        + "events {}\n"
        + f"http {{ access_log {work}/access.log; {temporary} include {work}/site.conf; }}\n"
    )
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return [program, "-p", str(work), "-c", str(work / "nginx.conf"), "-e", "stderr"]


def caddy(exported: Path, work: Path, port: int) -> list[str]:
    snippet = (exported / ".server/Caddyfile").read_text().replace(":8000 {", f":{NOBODY} {{")
    assert "\n:80 {" in snippet
    host = f"\n:{port} {{\n\tbind 127.0.0.1\n"
    snippet = snippet.replace("\n:80 {\n", host).replace("\n{\n", "\n{\n\tadmin off\n", 1)
    (work / "Caddyfile").write_text(snippet)
    return ["caddy", "run", "--config", str(work / "Caddyfile"), "--adapter", "caddyfile"]


Program = Callable[[Path, Path, int], list[str]]


@contextmanager
def running(program: Program, folder: Path, work: Path) -> Iterator[str]:
    """Run a static host on an exported folder; give its address."""
    port = free_port()
    environ = os.environ | {"HOME": str(work)}
    with (
        (work / "log").open("w") as log,
        subprocess.Popen(program(folder, work, port), env=environ, stderr=log) as server,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_ready(f"{address}/robots.txt", server)
            yield address
        finally:
            server.terminate()


@pytest.fixture(scope="module", params=[nginx, caddy])
def host(
    request: pytest.FixtureRequest, exported: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A static host on the folder exported for all tests."""
    with running(request.param, exported, tmp_path_factory.mktemp("host")) as address:
        yield address


def test_nginx_writes_nobody_s_address_down(exported: Path, tmp_path: Path) -> None:
    with running(nginx, exported, tmp_path) as address:
        assert ask(f"{address}/en/privacy").status == 200
    assert (tmp_path / "access.log").read_text() == ""


def caddy_that_logs(exported: Path, work: Path, port: int) -> list[str]:
    command = caddy(exported, work, port)
    file = work / "Caddyfile"
    logged = f"\n\tlog {{\n\t\toutput file {work}/access.log\n\t}}\n\troot * "
    file.write_text(file.read_text().replace("\n\troot * ", logged))
    return command


@pytest.mark.parametrize("program", [nginx, caddy_that_logs])
def test_a_number_after_percent_23_gets_its_page_and_stands_in_no_log(
    exported: Path, tmp_path: Path, client: Client, program: Program
) -> None:
    number = receipts.make()
    grouped = receipts.in_groups(number).lower().replace(" ", "%20")
    ways = [f"%23{number}", f"/%23{grouped}", f"%2523{number}?utm_source=share", f"%23{number}/"]
    with running(program, exported, tmp_path) as address:
        for language, way in product(LANGUAGES, ways):
            answer = ask(f"{address}/{language}/questions{way}")
            assert answer.status == 200
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
            assert answer.headers.get_all("Cache-Control") == ["no-store"]
            assert answer.body == client.ask(f"/{language}/kept/questions").data
    logged = "".join(path.read_text("utf-8") for path in tmp_path.rglob("*log"))
    assert number[:4] not in logged.upper()


OFFLINE = [
    "/service-worker.js",
    *(f"/{code}/{name}" for code in ("en", "hi") for name in ("offline", "kept/search")),
    "/hi/manifest.webmanifest",
    "/hi/hints.json",
]


@pytest.mark.parametrize("path", [*PAGES, *OFFLINE])
def test_a_static_host_serves_every_page_as_we_do(host: str, client: Client, path: str) -> None:
    ours = client.ask(path)
    theirs = ask(host + path)
    assert theirs.body == ours.data
    same = ("Content-Type", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options")
    assert {name: theirs.headers[name] for name in same} == {
        name: ours.headers[name] for name in same
    }
    packed = ask(host + path, Accept_Encoding="br")
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.body) == ours.data
    zipped = ask(host + path, Accept_Encoding="gzip")
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == ours.data


@pytest.mark.parametrize("path", PAGES)
def test_a_static_host_does_not_send_again_what_the_reader_has(host: str, path: str) -> None:
    tag = ask(host + path).headers["ETag"]
    assert ask(host + path, If_None_Match=tag).status == 304


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("hi-IN,hi;q=0.9,en;q=0.8", "hi"),
        ("en-IN,hi;q=0.6", "en"),
        ("pa-IN,hi;q=0.8", "hi"),
        ("pa,ur;q=0.9, hi;q=0.8,en;q=0.7", "hi"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
        ("HI", "hi"),
        ("hi_IN,en;q=0.5", "hi"),
        ("Hi-Deva-IN-u-nu-deva", "hi"),
        ("pa,EN-us;q=0.9,hi;q=0.8", "en"),
        ("hi;q=0,en;q=0.1", "en"),
        ("en;q=0.000,hi;q=0.001", "hi"),
        ("hi-IN;q=0.0", "en"),
        ("hi ; q=1.0", "hi"),
        ("hinglish", "en"),
        ("x-hi, shi", "en"),
    ],
)
def test_a_static_host_leads_to_the_reader_s_language(
    host: str, client: Client, accepted: str, language: str
) -> None:
    answer = ask(f"{host}/", Accept_Language=accepted)
    assert (answer.status, answer.headers["Location"]) == (302, f"/{language}/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.ask("/", Accept_Language=accepted).headers["Location"] == f"/{language}/"


def test_a_static_host_keeps_hashed_files_for_ever(host: str, app: Flask) -> None:
    resources = edition.publisher(app).edition.resources
    hashed = [path for path in resources if path.startswith("/static/")]
    assert hashed
    for path in hashed:
        answer = ask(host + path)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.body == resources[path].body


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/hi/none", "hi"),
        ("/en/none", "en"),
        ("/none", "en"),
        ("/fr/", "en"),
        ("/static/", "en"),
        ("/.server/nginx.conf", "en"),
        ("/hi/about/", "hi"),
        ("/hi/about/index.html.br", "hi"),
        ("/en/404.html", "en"),
    ],
)
def test_a_static_host_shows_our_page_for_anything_else(
    host: str, path: str, language: str
) -> None:
    answer = ask(host + path)
    assert answer.status == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'<html lang="{language}"' in answer.body.decode()
    assert f'href="/{language}/"' in answer.body.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_live_page_says_so_while_the_running_site_is_away(host: str, language: str) -> None:
    answer = ask(f"{host}/{language}/search?q=disc")
    assert answer.status in {502, 503}
    assert answer.headers.get_all("Cache-Control") == ["no-store"]
    words = {"en": "The site is busy right now", "hi": "साइट अभी व्यस्त है"}
    assert words[language] in answer.body.decode()


@contextmanager
def silent_senders(host: str) -> Iterator[None]:
    """Many questions that begin and never end."""
    address = urlsplit(host)
    begun = b"POST /hi/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf"
    with ExitStack() as stack:
        for _ in range(100):
            connection = socket.create_connection((address.hostname, address.port))
            stack.enter_context(connection).sendall(begun)
        yield


def test_a_live_page_comes_from_the_running_site(
    tmp_path: Path,
) -> None:
    with serving() as address:
        site = create_app(
            {"REEDH_INSTANCE_PATH": str(tmp_path / "i"), "PORT": address.rpartition(":")[2]}
        )
        folder = tmp_path / "site"
        site.test_cli_runner().invoke(args=["edition", "export", str(folder)])
        for program in (nginx, caddy):
            work = tmp_path / program.__name__
            work.mkdir()
            with running(program, folder, work) as host:
                answer = ask(f"{host}/hi/search?q=kamar+dard")
                assert (answer.status, answer.headers.get_all("Cache-Control")) == (
                    200,
                    ["no-store"],
                )
                assert len(answer.headers.get_all("Content-Security-Policy") or ()) == 1
                assert "data-hit=" in answer.body.decode()
                with silent_senders(host):
                    assert ask(f"{host}/hi/search?q=kamar+dard").status == 200
                for path in (f"/en{ARTICLE}/answers", "/moderation/sign-in"):
                    live = ask(host + path)
                    assert (live.status, live.headers.get_all("Cache-Control")) == (
                        200,
                        ["no-store"],
                    )


def test_a_second_export_leaves_nothing_of_the_first(app: Flask, tmp_path: Path) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["edition", "export", str(tmp_path)]).exit_code == 0
    before = set(tmp_path.rglob("*"))
    (tmp_path / "en/old-page").mkdir()
    (tmp_path / "en/old-page/index.html").write_text("old")
    with (tmp_path / ".server/files").open("a") as listing:
        listing.write("en/old-page/index.html\n")
    assert runner.invoke(args=["edition", "export", str(tmp_path)]).exit_code == 0
    assert set(tmp_path.rglob("*")) == before


def test_a_folder_with_other_things_is_left_alone(app: Flask, tmp_path: Path) -> None:
    runner = app.test_cli_runner()
    export = ["edition", "export", str(tmp_path)]
    (tmp_path / "letter.txt").write_text("mine")
    result = runner.invoke(args=export)
    assert result.exit_code == 1
    assert re.search(r"^Error: .* holds letter.txt, which no export wrote", result.output)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    (tmp_path / "letter.txt").unlink()
    assert runner.invoke(args=export).exit_code == 0
    (tmp_path / "en/letter.txt").write_text("mine, later")
    assert runner.invoke(args=export).exit_code == 1
    assert (tmp_path / "en/letter.txt").read_text() == "mine, later"


def test_a_folder_with_a_link_in_it_is_left_alone(app: Flask, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "about").mkdir(parents=True)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/en").symlink_to(elsewhere)
    result = app.test_cli_runner().invoke(args=["edition", "export", str(tmp_path / "site")])
    assert result.exit_code == 1
    assert "site/en is a symbolic link" in result.output
    assert not list(elsewhere.rglob("*.html"))


def test_a_folder_that_cannot_be_written_is_named(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["edition", "export", "/proc/none"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: /proc/none")


@pytest.mark.parametrize("room", [0, 50_000])
def test_an_export_that_a_full_disk_ended_is_told_and_done_again(
    app: Flask, tmp_path: Path, room: int
) -> None:
    folder = tmp_path / "site"
    export = ["edition", "export", str(folder)]
    runner = app.test_cli_runner()
    assert publisher(app).edition.revision, "made before the disk is full"
    with full_disk(room):
        result = runner.invoke(args=export)
    assert result.output == (
        f"Error: {folder} cannot be written or read: File too large. "
        "The export is not complete: mend that, and export again.\n"
    )
    # What a killed export has left.
    (folder / ".server").mkdir(parents=True, exist_ok=True)
    (folder / ".server/unfinished").write_text("half")
    assert runner.invoke(args=export).exit_code == 0
    assert not (folder / ".server/unfinished").exists()


def test_a_database_that_cannot_be_read_is_not_exported_as_one_without_answers(
    tmp_path: Path,
) -> None:
    (tmp_path / "reedh.sqlite3").write_text("no database " * 100)
    app = create_app({"REEDH_INSTANCE_PATH": str(tmp_path)})
    result = app.test_cli_runner().invoke(args=["edition", "export", str(tmp_path / "site")])
    assert result.output.startswith("Error: REEDH_DATABASE_URL: the database ")
    assert result.exit_code == 1
    assert not (tmp_path / "site").exists()
