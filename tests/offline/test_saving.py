"""The first visit: all or nothing, each byte checked, resumed where it broke: F12 to F28."""

from __future__ import annotations

import random
import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.conftest import ARTICLE
from tests.offline.conftest import both_languages
from tests.offline.host import Answer, Host, portal, redirect_to_portal, status
from tests.offline.line import Line, breaking
from tests.offline.phone import WRONG, Phone

UNSAVED = {"en": "Not saved yet", "hi": "अभी पूरी नहीं आई है"}
NO_SPACE = {"en": "no space left", "hi": "जगह नहीं बची"}
REMOVED = {"en": "had removed the saved copy", "hi": "कॉपी हट गई थी"}

# A file that is asked for by itself when no pack comes.
FILE = r"/static/search/index\.[0-9a-f]+\.json"
PACKS = r"/static/offline/.*"

SOME_KEPT = "async () => (await (await caches.open('reedh-files')).keys()).length > 5"


def expect_unsaved(phone: Phone, language: str) -> None:
    status_line = phone.page.locator("#kept")
    expect(status_line).to_contain_text(UNSAVED[language], timeout=20_000)
    assert phone.page.evaluate("navigator.serviceWorker.controller") is None


def expect_heals(phone: Phone, host: Host, language: str) -> None:
    """Open a page once more without the fault: it is saved, and nothing is fetched twice."""
    had = {key.split("?")[0] for key in phone.stored_keys()}
    host.heal()
    host.asked.clear()
    phone.save(f"/{language}/")
    loaded_by_the_page = re.compile(r"/../|/static/(?:page|keep|icon)\..*")
    again = [path for path in host.asked if path in had and not loaded_by_the_page.fullmatch(path)]
    assert again == []
    phone.line.becomes("refuse")
    phone.open(f"/{language}{ARTICLE}")
    expect(phone.page.locator("#disclaimer")).to_be_attached()


@both_languages
@pytest.mark.parametrize("line_said", ["500 Broken", "404 Gone"])
def test_f12_f13_one_file_cannot_be_had(
    phone: Phone, host: Host, language: str, line_said: str
) -> None:
    host.faults[PACKS] = status(line_said)
    host.faults[FILE] = status(line_said)
    phone.open(f"/{language}{ARTICLE}")
    expect_unsaved(phone, language)
    expect_heals(phone, host, language)


@both_languages
def test_f14_one_file_fails_once(phone: Phone, host: Host, language: str) -> None:
    host.faults[PACKS] = host.once(status("500 Broken"))
    host.faults[FILE] = host.once(status("500 Broken"))
    phone.open(f"/{language}{ARTICLE}")
    phone.expect_saved()


@both_languages
@pytest.mark.parametrize("answer", [portal, redirect_to_portal], ids=["200", "302"])
def test_f15_f16_a_captive_portal_answers(
    phone: Phone, host: Host, language: str, answer: Answer
) -> None:
    host.faults["(?!/service-worker|/static/(?:page|keep)).*(?<!fail)"] = answer
    phone.open(f"/{language}{ARTICLE}")
    expect_unsaved(phone, language)
    assert not [
        key for key in phone.stored_keys() if "/articles/" not in key and "/static/" not in key
    ]
    expect_heals(phone, host, language)


@both_languages
def test_f15_a_captive_portal_answers_for_the_worker(
    phone: Phone, host: Host, language: str
) -> None:
    host.faults["/service-worker.js"] = portal
    phone.open(f"/{language}{ARTICLE}")
    expect_unsaved(phone, language)
    expect_heals(phone, host, language)


@both_languages
@pytest.mark.parametrize("path", [PACKS, f"{PACKS}|{FILE}"], ids=["pack", "pack and file"])
def test_f17_wrong_bytes(phone: Phone, host: Host, language: str, path: str) -> None:
    host.faults[path] = host.corrupt
    phone.open(f"/{language}{ARTICLE}")
    if path == PACKS:
        phone.expect_saved()
        expect_all_right(phone)
    else:
        expect_unsaved(phone, language)
        expect_heals(phone, host, language)


def expect_all_right(phone: Phone) -> None:
    assert phone.page.evaluate(WRONG) == []


@both_languages
def test_f17_another_edition_s_bytes(
    phone: Phone, host: Host, second_edition: Flask, language: str
) -> None:
    """The server changes while the worker installs: nothing of the two is mixed."""
    host.faults[f"/{language}{ARTICLE}"] = second_edition
    phone.open(f"/{language}/")
    expect_unsaved(phone, language)
    expect_heals(phone, host, language)


@both_languages
def test_f18_a_file_hangs(phone: Phone, host: Host, language: str) -> None:
    host.faults[PACKS] = host.hang
    phone.open(f"/{language}{ARTICLE}")
    # A worker gives a silent line 20 seconds; meanwhile the page is whole.
    expect(phone.page.locator("html[data-scripts=ready]")).to_be_attached(timeout=15_000)
    phone.expect_saved(seconds=45)


@both_languages
def test_f19_the_server_dies_and_comes_back(
    phone: Phone, host: Host, line: Line, language: str
) -> None:
    host.faults[PACKS] = status("503 Busy")
    host.faults[FILE] = host.hang
    phone.open(f"/{language}{ARTICLE}")
    phone.until(SOME_KEPT)
    line.becomes("refuse")
    expect_unsaved(phone, language)
    line.becomes("pass")
    expect_heals(phone, host, language)


@both_languages
def test_f20_the_worker_is_stopped(phone: Phone, host: Host, language: str) -> None:
    host.faults[PACKS] = status("503 Busy")
    host.faults[FILE] = host.hang
    phone.open(f"/{language}{ARTICLE}")
    phone.until(SOME_KEPT)
    phone.stop_worker()
    expect_heals(phone, host, language)


@both_languages
def test_f21_the_line_breaks_again_and_again(phone: Phone, line: Line, language: str) -> None:
    line.becomes("pass", kilobits=100, latency=0.2)
    phone.open(f"/{language}{ARTICLE}")
    with breaking(line, every=1.5, lasting=0.4, chance=random.Random(21)) as breaks:  # noqa: S311
        phone.expect_saved(seconds=60)
    assert breaks[0] > 0


@both_languages
def test_f22_there_is_no_space(phone: Phone, host: Host, language: str) -> None:
    phone.open(f"/{language}/about")
    phone.until("() => navigator.serviceWorker.controller")
    phone.page.evaluate(
        """async () => {
            for (const known of await navigator.serviceWorker.getRegistrations()) {
                await known.unregister();
            }
            for (const name of await caches.keys()) await caches.delete(name);
        }"""
    )
    phone.limit_storage(20_000)
    phone.open(f"/{language}{ARTICLE}")
    expect(phone.page.locator("#kept")).to_contain_text(NO_SPACE[language])
    expect(phone.page.locator("#disclaimer")).to_be_attached()
    phone.limit_storage(None)
    expect_heals(phone, host, language)


@both_languages
def test_f24_one_file_is_evicted(phone: Phone, host: Host, language: str) -> None:
    phone.save(f"/{language}{ARTICLE}")
    phone.forget(f"/{language}/about")
    host.faults[f"/{language}/about"] = portal
    response = phone.open(f"/{language}/about")
    assert response
    assert response.status == 503, "what is not ours is not shown in its place"
    host.heal()
    phone.open(f"/{language}/about")
    expect(phone.page.locator("h1")).to_be_visible()
    phone.expect_all()


@both_languages
def test_f25_one_file_is_evicted_and_the_server_is_dead(phone: Phone, language: str) -> None:
    phone.save(f"/{language}{ARTICLE}")
    phone.forget(f"/{language}/about")
    phone.line.becomes("refuse")
    response = phone.open(f"/{language}/about")
    assert response
    assert response.status == 503
    response = phone.open(f"/{language}{ARTICLE}")
    assert response
    assert response.status == 200


@both_languages
def test_f26_the_phone_removes_everything(phone: Phone, language: str) -> None:
    phone.save(f"/{language}{ARTICLE}")
    phone.forget("/")
    phone.line.becomes("pass", latency=0.5)
    phone.open(f"/{language}{ARTICLE}")
    expect(phone.page.locator("#kept")).to_contain_text(REMOVED[language])
    phone.expect_saved()
    phone.expect_all()


def test_f27_f28_stored_answers_are_clean(phone: Phone) -> None:
    """No `Vary`, no redirect: the page is found whatever language the browser asks for."""
    phone.save(f"/en{ARTICLE}")
    stored = phone.page.evaluate(
        """async () => {
            const files = await caches.open("reedh-files");
            const found = [];
            for (const key of await files.keys()) {
                const { headers, redirected, type, status } = await files.match(key);
                const policy = headers.get("content-security-policy");
                found.push([headers.get("vary"), redirected, type, status, Boolean(policy)]);
            }
            return found;
        }"""
    )
    assert len(stored) > 30
    assert {tuple(one) for one in stored} == {(None, False, "default", 200, True)}


def test_pages_say_saved_once_it_is_true(phone: Phone, host: Host) -> None:
    """Until the last file has come the page does not say so."""
    host.faults[PACKS] = status("503 Busy")
    host.faults[FILE] = host.hang
    phone.open(f"/en{ARTICLE}")
    phone.until(SOME_KEPT)
    expect(phone.page.locator("#kept")).to_contain_text("Being saved")
    host.heal()
    phone.expect_saved()
