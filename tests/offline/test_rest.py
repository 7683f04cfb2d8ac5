"""More than a megabyte: the rest is kept when the reader asks, shown, stopped, resumed."""

from __future__ import annotations

import shutil

import pytest
from flask import Flask
from playwright.sync_api import expect

from app import ROOT, create_app
from blueprints import edition
from tests.conftest import ARTICLE
from tests.offline.conftest import both_languages
from tests.offline.host import Host
from tests.offline.phone import Phone

ARTICLES = 16
# The bytes of text in each further article, in each of two languages.
LENGTH = 60_000

OFFER = {"en": "Not on this phone yet", "hi": "इस फ़ोन में आना बाक़ी"}
DONE = {"en": "Everything is on this phone.", "hi": "पूरी गाइड इस फ़ोन में आ गई है।"}
KEEP = {"en": "Keep everything", "hi": "पूरी गाइड फ़ोन में रखें"}
STOP = {"en": "Stop", "hi": "रोकें"}
NO_SPACE = {"en": "no space left for the rest", "hi": "जगह नहीं बची है"}


@pytest.fixture(scope="module")
def large_edition(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("large")
    shutil.copytree(ROOT / "content", folder / "content")
    for number in range(ARTICLES):
        paragraph = "A sentence about spines. " * (LENGTH // 250)
        text = "\n\n".join(f'{{facts="OV-01"}}\n{paragraph}' for _ in range(10))
        front = f'+++\ntitle = "Z{number}"\ndescription = "Z"\nbyline = "Z"\n+++\n'
        body = f"{front}\n{{#one icon=about}}\n## One\n\n{text}\n"
        (folder / f"content/z-{number:02}.md").write_text(body, "utf-8")
    app = create_app({"REEDH_INSTANCE_PATH": str(folder / "instance")}, content=folder / "content")
    edition.publisher(app).edition  # noqa: B018 (making it is the point)
    return app


@pytest.fixture
def large(phone: Phone, host: Host, large_edition: Flask, language: str) -> Phone:
    host.app = large_edition
    phone.open(f"/{language}/")
    phone.expect_saved(seconds=30)
    phone.expect_all(seconds=30)
    return phone


@both_languages
def test_what_is_kept_by_itself_ends_at_a_megabyte(large: Phone, language: str) -> None:
    kept = large.stored_keys()
    assert any(key.startswith(f"/{language}{ARTICLE}?") for key in kept)
    assert not any("/articles/z-15?" in key for key in kept)
    expect(large.page.locator("form.rest")).to_contain_text(OFFER[language])
    expect(large.page.locator("form.rest")).to_contain_text("MB")


@both_languages
def test_the_rest_is_kept_on_request(large: Phone, language: str) -> None:
    form = large.page.locator("form.rest")
    large.page.evaluate("navigator.storage.persist = async () => { window.asked = true; }")
    form.get_by_role("button", name=KEEP[language]).click()
    assert large.page.evaluate("window.asked"), "the phone is asked to let it stay"
    expect(form).to_contain_text(DONE[language], timeout=30_000)
    large.line.becomes("refuse")
    response = large.open(f"/{language}/articles/z-15")
    assert response
    assert response.status == 200


@both_languages
def test_it_is_stopped_and_resumed(large: Phone, host: Host, language: str) -> None:
    """What came stays; going on fetches only what is missing, in another visit too."""
    form = large.page.locator("form.rest")
    large.line.becomes("pass", latency=0.1)
    form.get_by_role("button", name=KEEP[language]).click()
    expect(form.locator("progress")).to_be_visible()
    before = len(large.stored_keys())
    count = "(await (await caches.open('reedh-files')).keys()).length"
    large.until(f"async () => {count} > {before + 2}")
    form.get_by_role("button", name=STOP[language]).click()
    expect(form).to_contain_text(OFFER[language])
    expect(form.locator("progress")).to_be_hidden()
    large.line.becomes("pass")
    large.open(f"/{language}/")
    had = {key.split("?")[0] for key in large.stored_keys()}
    host.asked.clear()
    form.get_by_role("button", name=KEEP[language]).click()
    expect(form).to_contain_text(DONE[language], timeout=30_000)
    assert not had & {path for path in host.asked if "/articles/" in path}


@both_languages
def test_a_line_that_goes_meanwhile_is_told(large: Phone, language: str) -> None:
    large.line.becomes("refuse")
    form = large.page.locator("form.rest")
    form.get_by_role("button", name=KEEP[language]).click()
    expect(form).to_contain_text(
        {"en": "What has come stays", "hi": "वह बना रहेगा"}[language], timeout=20_000
    )
    expect(form.get_by_role("button", name=KEEP[language])).to_be_visible()


@both_languages
def test_no_space_for_the_rest_is_told_and_the_core_stays(large: Phone, language: str) -> None:
    usage = large.page.evaluate("async () => (await navigator.storage.estimate()).usage")
    large.limit_storage(int(usage) + 100_000)
    form = large.page.locator("form.rest")
    form.get_by_role("button", name=KEEP[language]).click()
    expect(form).to_contain_text(NO_SPACE[language], timeout=20_000)
    large.line.becomes("refuse")
    large.open(f"/{language}{ARTICLE}")
    expect(large.page.locator("#disclaimer")).to_be_attached()


@both_languages
def test_the_offline_page_lists_only_what_is_kept(large: Phone, language: str) -> None:
    large.line.becomes("refuse")
    response = large.open(f"/{language}/articles/z-15")
    assert response
    assert response.status == 503
    expect(large.page.locator(f'[data-saved] a[href="/{language}{ARTICLE}"]')).to_be_visible()
    expect(large.page.locator(f'[data-saved] a[href="/{language}/articles/z-15"]')).to_have_count(0)


def test_a_page_that_is_not_kept_comes_from_the_network(
    phone: Phone, host: Host, large_edition: Flask
) -> None:
    host.app = large_edition
    phone.open("/en/")
    phone.expect_saved(seconds=30)
    phone.expect_all(seconds=30)
    response = phone.open("/en/articles/z-15")
    assert response
    assert response.status == 200
    phone.line.becomes("refuse")
    phone.open("/en/articles/z-15")
    expect(phone.page.locator("h1")).to_have_text("Z15")


@both_languages
def test_an_article_of_the_rest_is_kept_when_it_is_read(
    phone: Phone, host: Host, large_edition: Flask, language: str
) -> None:
    """Saved is said of the page that says it: at a first visit, and later."""
    host.app = large_edition
    for number in (15, 14):
        phone.open(f"/{language}/articles/z-{number}")
        phone.expect_saved(seconds=30)
    phone.line.becomes("refuse")
    for number in (15, 14):
        response = phone.open(f"/{language}/articles/z-{number}")
        assert response
        assert response.status == 200
