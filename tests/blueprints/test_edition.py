"""The edition: ready bytes, conditional requests, hashed files, the same for the same inputs."""

from __future__ import annotations

import gzip
import hashlib
import posixpath
import re
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app import ROOT, create_app
from blueprints import edition
from blueprints.edition.assets import Assets
from blueprints.edition.layer import matches
from blueprints.edition.resource import accepted_codings
from tests.conftest import ARTICLE, LANGUAGES, PAGES, Client
from tests.page import only

LIMITS = {"en": 10 * 1024, "hi": 11 * 1024}


@pytest.mark.parametrize("path", PAGES)
def test_all_encodings_hold_the_same_page(client: Client, path: str) -> None:
    plain = client.ask(path)
    packed = client.ask(path, Accept_Encoding="gzip, deflate, br")
    zipped = client.ask(path, Accept_Encoding="gzip")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "br"
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert brotli.decompress(packed.data) == gzip.decompress(zipped.data) == plain.data
    assert {answer.headers["Vary"] for answer in (plain, packed, zipped)} == {"Accept-Encoding"}
    assert len({answer.headers["ETag"] for answer in (plain, packed, zipped)}) == 3


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_a_page_the_reader_has_is_not_sent_again(client: Client, path: str, encoding: str) -> None:
    first = client.ask(path, Accept_Encoding=encoding)
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    again = client.ask(path, Accept_Encoding=encoding, If_None_Match=f'"other", W/{tag}')
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    other = client.ask(path, Accept_Encoding=encoding, If_None_Match='"other"')
    assert other.status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_head_tells_what_get_would_send(client: Client, path: str) -> None:
    get, head = client.ask(path), client.ask(path, "HEAD")
    assert head.data == b""
    assert dict(head.headers) == dict(get.headers)
    assert int(get.headers["Content-Length"]) == len(get.data)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_revalidated_and_never_changed_on_the_way(client: Client, path: str) -> None:
    expected = "public, max-age=0, must-revalidate, no-transform"
    assert client.ask(path).headers["Cache-Control"] == expected


@pytest.mark.parametrize("path", PAGES)
def test_every_part_of_a_page_is_ours_hashed_and_immutable(client: Client, path: str) -> None:
    page = client.get(path)
    parts = [str(tag["href"]) for tag in page.select("link[rel=icon]")]
    parts += re.findall(r'import\("([^"]+)"\)', str(only(page, "script").string))
    assert len(parts) == 2
    assert not page.select("[src]")
    for part in parts:
        answer = client.ask(part)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        digest = re.search(r"\.([0-9a-f]{12})\.", part)
        assert digest
        assert hashlib.sha256(answer.data).hexdigest().startswith(digest[1])


def test_scripts_name_each_other_by_their_hashed_names(app: Flask, client: Client) -> None:
    scripts = [path for path in edition.publisher(app).edition.resources if path.endswith(".js")]
    imports = [
        name
        for path in scripts
        for name in re.findall(r'"(\.\.?/[^"]+\.js)"', client.ask(path).get_data(as_text=True))
        for name in [posixpath.normpath(f"{posixpath.dirname(path)}/{name}")]
    ]
    assert len(imports) >= 12
    assert set(imports) <= set(scripts)


def test_scripts_keep_to_the_syntax_of_2020() -> None:
    """Chrome 80 and Safari 13.1 read no class fields, no private ones, no `??=`."""
    newer = re.compile(
        r"#\w+(\(| =)|^  _\w+ = |(\?\?|\|\||&&)=|replaceAll|replaceChildren|\.at\(", re.MULTILINE
    )
    for file in (ROOT / "static").rglob("*.js"):
        assert not newer.search(file.read_text("utf-8")), file


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_article_fits_its_bytes(client: Client, language: str) -> None:
    answer = client.ask(f"/{language}{ARTICLE}", Accept_Encoding="br")
    assert len(answer.data) <= LIMITS[language]


def test_the_scripts_of_the_article_fit_six_kilobytes(app: Flask) -> None:
    resources = edition.publisher(app).edition.resources
    scripts = [made for path, made in resources.items() if re.match(r"/static/[^/]+\.js", path)]
    assert len(scripts) >= 4
    assert sum(len(script.best("br").body) for script in scripts) <= 6 * 1024


@pytest.mark.parametrize("path", ["/static/page.js", "/static/page.000000000000.js", "/static/"])
def test_only_hashed_names_are_served(client: Client, path: str) -> None:
    client.get(path, 404)


def test_the_same_inputs_make_the_same_edition(app: Flask, tmp_path: Path) -> None:
    again = create_app({"REEDH_INSTANCE_PATH": str(tmp_path)})
    assert edition.publisher(again).edition.revision == edition.publisher(app).edition.revision


def test_a_changed_paragraph_changes_only_its_pages(
    app: Flask, changed_app: Callable[..., Flask]
) -> None:
    def reword(folder: Path) -> None:
        file = folder / "translations/hi/LC_MESSAGES/article.po"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("रॉड टूट गई है", "रॉड टूट चुकी है"), encoding="utf-8")

    before = edition.publisher(app).edition
    after = edition.publisher(changed_app(reword)).edition
    changed = {
        path
        for path, made in after.resources.items()
        if not path.endswith(".pack") and made.hash != before.resources[path].hash
    }
    assert changed == {f"/hi{ARTICLE}", "/service-worker.js"}
    assert after.revision != before.revision


def test_many_first_readers_get_one_edition(tmp_path: Path) -> None:
    app = create_app({"REEDH_INSTANCE_PATH": str(tmp_path)})
    together = threading.Barrier(8)

    def read(_reader: int) -> edition.Edition:
        together.wait()
        return edition.publisher(app).edition

    with ThreadPoolExecutor(8) as readers:
        made = set(map(id, readers.map(read, range(8))))
    assert len(made) == 1


def test_a_page_that_cannot_be_made_stops_the_edition(tmp_path: Path) -> None:
    app = create_app({"REEDH_INSTANCE_PATH": str(tmp_path)})
    app.view_functions["articles.about"] = lambda: ("gone", 410)
    with pytest.raises(edition.PublishError, match="/about answers 410"):
        _ = edition.publisher(app).edition


def test_the_first_reader_s_own_page_is_not_taken_for_the_edition_s(tmp_path: Path) -> None:
    app = create_app({"REEDH_INSTANCE_PATH": str(tmp_path)})
    with app.test_request_context("/hi/"):
        revision = edition.publisher(app).edition.revision
    again = create_app({"REEDH_INSTANCE_PATH": str(tmp_path)})
    assert edition.publisher(again).edition.revision == revision


def test_an_update_of_the_files_does_not_disturb_the_running_site(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "static", tmp_path / "static")
    assets = Assets(tmp_path / "static")
    before = assets.style_hashes()
    (tmp_path / "static/site.css").write_text("a{}")
    assert assets.style_hashes() == before
    assert Assets(tmp_path / "static").style_hashes() != before


@pytest.mark.parametrize(
    ("header", "codings"),
    [
        ("", ()),
        ("identity", ()),
        ("gzip, deflate, br, zstd", ("br", "gzip")),
        ("GZIP", ("gzip",)),
        ("br;q=0, gzip;q=0.5", ("gzip",)),
        ("*", ("br", "gzip")),
        ("*;q=0", ()),
        ("br;q=0, *", ("gzip",)),
        ("brotli", ()),
        ("br, " + "x" * 200, ()),
    ],
)
def test_the_smallest_accepted_coding_is_chosen(header: str, codings: tuple[str, ...]) -> None:
    assert accepted_codings(header) == codings


@given(st.text())
def test_no_header_makes_choosing_fail(header: str) -> None:
    assert set(accepted_codings(header)) <= {"br", "gzip"}


@given(
    st.lists(st.from_regex(r'(W/)?"[a-z0-9]{0,6}"', fullmatch=True)), st.text("abc1", min_size=1)
)
def test_if_none_match_compares_weakly(tags: list[str], name: str) -> None:
    etag = f'"{name}"'
    held = {tag.removeprefix("W/") for tag in tags}
    assert matches(" , ".join(tags), etag) == (etag in held)
    assert matches("*", etag)


def test_the_library_for_qr_codes_is_the_published_one() -> None:
    ours = (ROOT / "static/ask/lean-qr.js").read_text("utf-8")
    published = (ROOT / "node_modules/lean-qr/nano.mjs").read_text("utf-8")
    assert ours.partition("*/\n")[2] == published
