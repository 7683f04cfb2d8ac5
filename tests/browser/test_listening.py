"""Listening. Chromium on a server has no voices, so the phone's speech engine is played here."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, scripts_ready
from tests.conftest import ARTICLE, LANGUAGES

# An engine that speaks a sentence when the test lets it (`engine.end()`), as phones do:
# its voices come late, and cancelling ends the utterance with an error.
ENGINE = """
globalThis.engine = { spoken: [], voices: [], current: null };
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
const synthesis = new EventTarget();
Object.assign(synthesis, {
    getVoices: () => engine.voices,
    speak(utterance) { engine.spoken.push(utterance.text); engine.current = utterance; },
    cancel() { const cut = engine.current; engine.current = null; cut?.onerror?.({}); },
});
Object.defineProperty(globalThis, "speechSynthesis", { value: synthesis });
engine.end = () => { const done = engine.current; engine.current = null; done.onend({}); };
engine.offer = (lang, localService) => {
    engine.voices.push({ lang, localService, name: lang });
    synthesis.dispatchEvent(new Event("voiceschanged"));
};
"""

VOICES = {"en": "en-IN", "hi": "hi_IN"}
WORDS = {"en": ("Listen", "Pause"), "hi": ("सुनें", "रोकें")}


def phone(visit: Visit, language: str, width: int = 360) -> Page:
    page: Page = visit(f"/{language}{ARTICLE}", before=ENGINE, width=width)
    scripts_ready(page)
    return page


def spoken(page: Page) -> list[str]:
    found: list[str] = page.evaluate("engine.spoken")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_local_voice_of_the_language_nothing_is_offered(
    visit: Visit, language: str
) -> None:
    page = phone(visit, language)
    page.evaluate(f"engine.offer('{VOICES[language]}', false)")
    page.evaluate("engine.offer('fr-FR', true)")
    expect(page.locator("button")).to_have_count(1)
    expect(page.locator("button")).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_late_voice_brings_the_buttons_without_moving_the_page(
    visit: Visit, language: str, width: int
) -> None:
    page = phone(visit, language, width)
    tops = "els => els.map((el) => el.getBoundingClientRect().top)"
    before = page.eval_on_selector_all("section", tops)
    page.evaluate(f"engine.offer('{VOICES[language]}', true)")
    expect(page.locator("section button")).to_have_count(11)
    assert page.eval_on_selector_all("section", tops) == before
    heading = page.locator("#overview h2").inner_text()
    label = f"{WORDS[language][0]}: {heading}"
    expect(page.locator("#overview button")).to_have_attribute("aria-label", label)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_sentence_by_sentence_and_marks_the_place(visit: Visit, language: str) -> None:
    page = phone(visit, language)
    page.evaluate(f"engine.offer('{VOICES[language]}', true)")
    page.locator("#overview button").click()
    expect(page.locator(".speaking")).to_have_count(1)
    expect(page.locator("#overview h2")).to_have_class("speaking")
    for _ in range(2):
        page.evaluate("engine.end()")
    heading, first, second = spoken(page)
    assert heading == page.locator("#overview h2").inner_text()
    paragraph = page.locator("#overview p").first.inner_text()
    assert paragraph.startswith(first)
    assert second in paragraph.removeprefix(first)
    marked = page.evaluate("[...CSS.highlights.get('sentence')][0].toString()")
    assert marked == second


@pytest.mark.parametrize("language", LANGUAGES)
def test_pause_keeps_the_sentence(visit: Visit, language: str) -> None:
    page = phone(visit, language)
    page.evaluate(f"engine.offer('{VOICES[language]}', true)")
    listen, pause = WORDS[language]
    button = page.locator("[data-listen=whole]")
    expect(button).to_have_text(listen)
    button.click()
    page.evaluate("engine.end()")
    expect(button).to_have_text(pause)
    button.click()
    expect(button).to_have_text(listen)
    expect(page.locator(".speaking")).to_have_count(0)
    button.click()
    title, first, again = spoken(page)
    assert title == page.locator("h1").inner_text()
    assert first == again


def test_another_section_starts_afresh_and_frees_the_first_button(visit: Visit) -> None:
    page = phone(visit, "en")
    page.evaluate("engine.offer('en-IN', true)")
    page.locator("#overview button").click()
    page.locator("#disclaimer button").click()
    expect(page.locator(".playing")).to_have_count(1)
    assert spoken(page)[-1] == "Please note"


def test_a_section_read_to_its_end_can_be_heard_again(visit: Visit) -> None:
    page = phone(visit, "en")
    page.evaluate("engine.offer('en-IN', true)")
    button = page.locator("#ask button")
    button.click()
    while page.evaluate("engine.current !== null"):
        page.evaluate("engine.end()")
    expect(page.locator(".playing, .speaking")).to_have_count(0)
    heard = spoken(page)
    button.click()
    assert spoken(page) == [*heard, heard[0]]


def test_every_word_of_the_article_is_heard_once(visit: Visit) -> None:
    page = phone(visit, "hi")
    page.evaluate("engine.offer('hi-IN', true)")
    page.locator("[data-listen=whole]").click()
    while page.evaluate("engine.current !== null"):
        page.evaluate("engine.end()")
    heard = " ".join(" ".join(spoken(page)).split())
    for block in page.locator("section h2, section p, section li").all():
        assert " ".join(block.inner_text().split()) in heard


def test_a_passage_in_another_language_is_not_read_by_this_voice(visit: Visit) -> None:
    page = phone(visit, "hi")
    page.evaluate("document.querySelector('#disclaimer p').lang = 'en'")
    page.evaluate("engine.offer('hi-IN', true)")
    page.locator("#disclaimer button").click()
    while page.evaluate("engine.current !== null"):
        page.evaluate("engine.end()")
    foreign = page.locator("#disclaimer p").first.inner_text()
    assert not [sentence for sentence in spoken(page) if sentence in foreign]


def test_leaving_the_page_ends_the_reading(visit: Visit) -> None:
    page = phone(visit, "en")
    page.evaluate("engine.offer('en-IN', true)")
    page.locator("#overview button").click()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("engine.current") is None


# What a phone's engine lacks or never does, once it has been played as above.
DEAF = {
    "no addEventListener": "speechSynthesis.addEventListener = undefined;",
    "no event": "speechSynthesis.addEventListener = () => {};",
}
MUTE = {
    "no event": "speechSynthesis.speak = () => {};",
    "it throws": "speechSynthesis.speak = () => { throw new Error(); };",
    "it fails": "speechSynthesis.speak = (utterance) => utterance.onerror({ error: 'network' });",
    "cancel throws too": """speechSynthesis.speak = () => {};
        speechSynthesis.cancel = () => { throw new Error(); };""",
}
SILENT = {"en": "The voice of this phone does not answer.", "hi": "फ़ोन की आवाज़ नहीं चली।"}


@pytest.mark.parametrize("lack", DEAF.values(), ids=DEAF)
def test_a_voice_that_comes_without_a_word_is_offered(visit: Visit, lack: str) -> None:
    page = visit(f"/hi{ARTICLE}", before=ENGINE + lack)
    scripts_ready(page)
    page.evaluate("engine.voices.push({ lang: 'hi-IN', localService: true, name: 'late' })")
    button = page.locator("[data-listen=whole]")
    expect(button).to_be_visible(timeout=10_000)
    button.click()
    assert spoken(page) == [page.locator("h1").inner_text()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lack", MUTE.values(), ids=MUTE)
def test_a_voice_that_does_not_speak_is_told_within_five_seconds(
    visit: Visit, language: str, lack: str
) -> None:
    voice = f"engine.voices.push({{ lang: '{VOICES[language]}', localService: true }});"
    page = visit(f"/{language}{ARTICLE}", before=ENGINE + lack + voice)
    button = page.locator("[data-listen=whole]")
    button.click()
    expect(page.locator("main [role=alert]")).to_contain_text(SILENT[language], timeout=5000)
    expect(button).to_have_text(WORDS[language][0])
    expect(page.locator(".playing, .speaking")).to_have_count(0)
    page.evaluate("void (speechSynthesis.speak = () => {})")
    button.click()
    expect(page.locator("main [role=alert]")).to_have_count(0)
    expect(button).to_have_text(WORDS[language][1])


@pytest.mark.parametrize(
    "lack",
    [
        "Object.defineProperty(window, 'speechSynthesis', { value: undefined });",
        f"{ENGINE} delete globalThis.SpeechSynthesisUtterance;",
        f"{ENGINE} speechSynthesis.getVoices = () => {{ throw new Error(); }};",
        f"{ENGINE} speechSynthesis.getVoices = () => undefined;",
    ],
    ids=["no engine", "no utterance", "voices refused", "no voices"],
)
def test_without_an_engine_nothing_is_offered_and_nothing_fails(visit: Visit, lack: str) -> None:
    page = visit(f"/hi{ARTICLE}", before=lack)
    scripts_ready(page)
    expect(page.locator("[data-listen=whole]")).to_be_hidden()


@pytest.mark.parametrize("file", ["section", "line", "install", "search/typing", "ask/start"])
def test_listening_waits_for_no_other_script(visit: Visit, file: str) -> None:
    voice = "engine.voices.push({ lang: 'hi-IN', localService: true });"
    page = visit("/hi/about")
    page.add_init_script(ENGINE + voice)
    page.route(re.compile(rf"/static/{file}\.[0-9a-f]+\.js"), lambda _route: None)
    page.goto(f"/hi{ARTICLE}")
    page.locator("[data-listen=whole]").click(timeout=10_000)
    assert spoken(page)
