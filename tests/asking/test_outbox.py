"""From the form to the server, over whatever line: once, or still on the phone and said so."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.asking.conftest import TEXT, Asker
from tests.conftest import ARTICLE
from tests.offline.conftest import both_languages
from tests.offline.line import Line

Stored = Callable[[], list[str | None]]


def outcome(asker: Asker, name: str, seconds: float = 10) -> None:
    said = asker.page.locator("#outcome [role=status]")
    expect(said).to_contain_text(asker.words[name], timeout=seconds * 1000)


@both_languages
def test_a_question_is_sent_and_leaves_the_phone(
    asker: Asker, stored: Stored, language: str
) -> None:
    asker.open_form()
    asker.fill()
    asker.send()
    outcome(asker, "sent")
    assert stored() == [TEXT[language]]
    assert asker.kept("outbox") == asker.kept("drafts") == asker.kept("receipts") == []


@both_languages
def test_f35_a_question_without_a_network_is_saved_and_sent_later(
    asker: Asker, line: Line, stored: Stored, language: str
) -> None:
    asker.phone.save(f"/{language}{ARTICLE}")
    line.becomes("refuse")
    asker.open_form()
    asker.fill()
    asker.send()
    expect(asker.page.locator("#outcome .number")).to_be_visible()
    assert [item["fields"]["question"] for item in asker.kept("outbox")] == [TEXT[language]]
    expect(asker.page.locator("#unsent")).to_contain_text(asker.words["waits"])
    assert stored() == []
    line.becomes("pass")
    asker.page.evaluate("dispatchEvent(new Event('online'))")
    outcome(asker, "sent")
    assert stored() == [TEXT[language]]
    expect(asker.page.locator("#unsent")).to_be_empty()
