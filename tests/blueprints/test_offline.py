"""What the server tells the worker: the list, the packs, the manifests; and the worker's limits."""

from __future__ import annotations

import json
import re
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app import ROOT, create_app
from blueprints import edition
from blueprints.edition import Resource
from blueprints.edition.resource import make
from blueprints.offline import kept as keeping
from blueprints.offline.kept import kept
from blueprints.offline.pack import packs
from tests.browsing import NODE
from tests.conftest import ARTICLE, LANGUAGES, PAGES, Client
from tests.page import only

# In the edition, and not for phones: search engines, WhatsApp's preview, the phone's installer,
# and what summons all others up.
NOT_KEPT = re.compile(
    r"/robots\.txt|/sitemap\.xml|/apple-touch-icon\.png|/static/.+\.png|/static/(?:moderation|offline)/.+|/service-worker\.js"
)
PACKED_LINE = re.compile(r"^¶(\d+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def resources(app: Flask) -> dict[str, Resource]:
    return edition.publisher(app).edition.resources


def listing(script: bytes) -> dict[str, Any]:
    text = script.decode()
    found: dict[str, Any] = json.loads(text[text.index("{") : text.index(";\n")])
    return found


@pytest.fixture(scope="module")
def listed(resources: dict[str, Resource]) -> dict[str, Any]:
    return listing(resources["/service-worker.js"].body)


def entries(listed: dict[str, Any]) -> dict[str, tuple[str, int]]:
    found = dict(listed["rest"])
    for group in listed["groups"].values():
        assert not found.keys() & group.keys(), "a path stands in one group"
        found |= group
    return found


def test_the_list_is_the_edition(resources: dict[str, Resource], listed: dict[str, Any]) -> None:
    expected = {path for path in resources if not NOT_KEPT.fullmatch(path)}
    found = entries(listed)
    assert set(found) == expected
    for path, (digest, kilobytes) in found.items():
        assert resources[path].hash.startswith(digest)
        assert len(digest) == 32
        assert 0 <= kilobytes * 1000 - len(resources[path].body) < 1000
        ending = path.rpartition(".")[2] if "." in path else ""
        assert listed["types"][ending] == resources[path].content_type


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_opens_with_its_own_group_and_what_is_shared(
    client: Client, listed: dict[str, Any], language: str
) -> None:
    had = {**listed["groups"][language], **listed["groups"]["shared"]}
    assert {f"/{language}/", f"/{language}{ARTICLE}", f"/{language}/offline"} <= had.keys()
    search = client.get(f"/{language}/kept/search")
    assert only(search, "form.find")["data-index"] in had
    scripts = {path for path in had if path.endswith(".js")}
    page = client.get(f"/{language}{ARTICLE}")
    start = re.findall(r'import\("([^"]+)"\)', str(page.select("script")[-1].string))
    assert set(start) <= scripts


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_the_icon_for_iphones(client: Client, path: str) -> None:
    icon = only(client.get(path), "link[rel=apple-touch-icon]")
    answer = client.ask(str(icon["href"]))
    assert (answer.status_code, answer.content_type) == (200, "image/png")
    assert struct.unpack(">II", answer.data[16:24]) == (180, 180)


@pytest.mark.parametrize("name", ["first", "then"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_holds_its_groups_to_the_last_byte(
    resources: dict[str, Resource], listed: dict[str, Any], language: str, name: str
) -> None:
    (pack,) = [one for one in listed["packs"] if f"/{name}-{language}." in one["url"]]
    lines = resources[pack["base"]].body.decode().split("\n")
    found = unpacked(resources[pack["url"]].body, lines)
    for path, body in found.items():
        assert body == resources[path].body
    wanted = {path for group in pack["groups"] for path in listed["groups"][group]}
    missing = {path for path in wanted - found.keys() if "/articles/" not in path}
    manifest = rf"/{language}/manifest\.webmanifest"
    assert all(re.match(rf"/static/(page|keep|icon)\.|{manifest}", path) for path in missing)


def unpacked(body: bytes, lines: list[str]) -> dict[str, bytes]:
    """What the worker makes of a pack."""
    found = {}
    while body:
        head, _, body = body.partition(b"\n")
        path, size = head.decode().split(" ")
        text, body = body[: int(size)].decode(), body[int(size) :]
        found[path] = PACKED_LINE.sub(lambda match: lines[int(match[1])], text).encode()
    return found


@given(
    st.lists(st.text("ab\n ¶1-é", max_size=30), min_size=2, max_size=5),
    st.text("ab\n ¶1-é", max_size=60),
)
def test_any_files_come_out_of_a_pack_as_they_went_in(texts: list[str], base: str) -> None:
    """But for a line that looks like a reference, which the hash then refuses."""
    files = {f"/en/{number}": resource(text) for number, text in enumerate(texts)}
    groups = {"shared": {}, "en": files | {"/en/articles/a": resource(base)}, "later": {}}
    made = packs(keeping.Kept(groups, {}), {"en": "/en/articles/a"}, {"en": ["/en/articles/a"]})
    found = unpacked_or_nothing(made[0].body, base.split("\n"))
    for path, file in files.items():
        if not PACKED_LINE.search(file.body.decode()):
            assert found[path] == file.body


def unpacked_or_nothing(body: bytes, lines: list[str]) -> dict[str, bytes]:
    return unpacked(body, [*lines, *[""] * 1000])


def resource(text: str) -> Resource:
    return make(text.encode(), [("Content-Type", "text/html; charset=utf-8")])


def test_articles_beyond_a_megabyte_are_kept_on_request() -> None:
    page = resource("x" * 400_000)
    paths = {code: [f"/{code}/articles/{number}" for number in range(3)] for code in LANGUAGES}
    files = {path: page for versions in paths.values() for path in versions}
    found = kept(files | {"/en/": resource("home"), "/hi/": resource("home")}, paths)
    assert set(found.rest) == {f"/{code}/articles/{n}" for code in LANGUAGES for n in (1, 2)}
    assert "/hi/articles/0" in found.groups["hi"]


def test_the_worker_is_small_and_short(resources: dict[str, Resource]) -> None:
    script = resources["/service-worker.js"].body
    worker = script[script.index(b";\n") + 2 :]
    assert len(brotli.compress(worker, quality=11)) <= 3 * 1024
    lines = (ROOT / "static/workers/keep.js").read_text("utf-8").splitlines()
    assert len(lines) < 300


@pytest.mark.parametrize("served", [True, False])
def test_the_workers_keep_to_es2017(resources: dict[str, Resource], served: bool) -> None:
    if served:
        scripts = [resources["/service-worker.js"].body.decode()]
    else:
        scripts = [file.read_text("utf-8") for file in (ROOT / "static/workers").glob("*.js")]
    for script in scripts:
        parse = "require('acorn').parse(require('fs').readFileSync(0, 'utf8'), {ecmaVersion: 2017})"
        subprocess.run(
            [NODE, "--input-type=commonjs", "-e", parse],
            input=script.encode(),
            cwd=ROOT,
            check=True,
        )


def test_the_worker_s_address_is_asked_for_each_time(client: Client) -> None:
    answer = client.ask("/service-worker.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.content_type == "text/javascript; charset=utf-8"
    again = client.ask("/service-worker.js", If_None_Match=answer.headers["ETag"])
    assert again.status_code == 304


def test_packs_are_immutable(client: Client, listed: dict[str, Any]) -> None:
    for pack in listed["packs"]:
        answer = client.ask(pack["url"])
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    client.get("/static/offline/first-en.000000000000.pack", 404)


def test_nothing_kept_sets_a_cookie_or_varies_by_reader(
    client: Client, listed: dict[str, Any]
) -> None:
    for path in entries(listed):
        answer = client.ask(path, Accept_Language="hi", Cookie="session=x")
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manifest_names_what_exists(client: Client, language: str) -> None:
    page = client.get(f"/{language}/")
    answer = client.ask(str(only(page, "link[rel=manifest]")["href"]))
    assert answer.content_type == "application/manifest+json"
    found = json.loads(answer.data)
    assert (found["id"], found["lang"], found["scope"]) == ("/", language, "/")
    assert found["start_url"] == f"/{language}{ARTICLE}"
    assert {icon["purpose"] for icon in found["icons"]} == {"any", "maskable"}
    pictures = [*found["icons"], *found["screenshots"]]
    assert len(found["screenshots"]) == 2
    for picture in pictures:
        body = client.ask(picture["src"]).data
        assert body.startswith(b"\x89PNG")
        size = "x".join(str(int.from_bytes(body[at : at + 4], "big")) for at in (16, 20))
        assert size == picture["sizes"]
    assert [client.ask(short["url"]).status_code for short in found["shortcuts"]] == [200, 200]


def test_a_correction_is_a_recall(app: Flask, changed_app: Callable[..., Flask]) -> None:
    def correct(folder: Path) -> None:
        file = folder / f"content/{ARTICLE.rpartition('/')[2]}.md"
        text = file.read_text("utf-8")
        file.write_text(text.replace("+++\n", "+++\ncorrections = 1\n", 1), "utf-8")

    before, after = (
        listing(edition.publisher(one).edition.resources["/service-worker.js"].body)
        for one in (app, changed_app(correct))
    )
    assert before["recall"] != after["recall"]
    assert before["groups"]["en"] == after["groups"]["en"]


def test_with_the_setting_off_the_worker_is_taken_back(tmp_path: Path) -> None:
    client = Client(
        create_app({"REEDH_INSTANCE_PATH": str(tmp_path), "REEDH_SERVICE_WORKER": "off"})
    )
    script = client.ask("/service-worker.js").get_data(as_text=True)
    assert "unregister" in script
    assert "EDITION" not in script
    page = client.get(f"/en{ARTICLE}")
    assert not page.select("#kept, #words")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_offline_page_leads_on(client: Client, language: str) -> None:
    page = client.get(f"/{language}/offline")
    assert page.select(f'main a[href="/{language}{ARTICLE}"]')
    assert only(page, "main form[role=search]")["action"] == f"/{language}/search"
