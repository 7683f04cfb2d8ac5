"""Deciding, without scripts, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text

from blueprints import audit, changes, search
from blueprints.database import db
from blueprints.models import Lane, Reason, Role, State
from blueprints.questions import erasure, receipts
from tests import page
from tests.conftest import Client
from tests.moderation.conftest import Sit
from tests.moderation.desk import ARTICLE, Desk, ask, looking
from tests.page import Page, only

QUESTION = "Will the pain of Mr Verma come back? Call me: 98765 43210"
WORDING = "Will the pain come back after surgery?"
ANSWER = "It may.\n\nPlease show it to your surgeon."


def test_a_question_is_cleaned_answered_checked_and_published(app: Flask, sit: Sit) -> None:
    id_ = ask(app, QUESTION)
    desk = sit()
    desk.open(f"/moderation/questions/{id_}")
    assert desk.page.select("mark")[0].get_text() == "98765 43210"
    desk.press("[name=preview]", wording_en=WORDING, answer_en=ANSWER)
    assert "Please show it to your surgeon." in desk.text(".preview")
    assert "personal details" in desk.press("form .main", 422).select("[role=alert]")[0].get_text()
    desk.press("form .main", checked=True)
    assert f"Question {id_}: published" in desk.text()
    with looking(app, id_) as question:
        assert question.state == State.PUBLISHED
        assert question.answer is not None
        text = question.answer.texts["en"]
        assert (text.wording, text.answer) == (WORDING, ANSWER)
        assert question.answer.person.name("en") == "Dr Meera Rao"


def test_what_was_just_published_can_be_undone_and_is_still_a_draft(app: Flask, sit: Sit) -> None:
    id_ = ask(app, QUESTION)
    desk = sit()
    publish(desk, id_)
    with app.app_context():
        before = changes.read()
    desk.press('[value="unpublish"]')
    with looking(app, id_) as question:
        assert question.state == State.WAITING
        assert question.answer is None
        assert changes.read().removals == before.removals + 1
    assert desk.page.select_one("#answer-en").get_text() == ANSWER  # type: ignore[union-attr]


def test_nothing_is_published_that_was_not_looked_at(app: Flask, sit: Sit) -> None:
    id_ = ask(app, QUESTION)
    one, two = sit(), sit(en="Dr Arun Sen")
    one.open(f"/moderation/questions/{id_}")
    one.press("[name=preview]", wording_en=WORDING, answer_en=ANSWER)
    two.open(f"/moderation/questions/{id_}")
    two.press(".write button:not([name])", answer_en="It comes back in two of three.")
    one.press("form .main", 409, checked=True)
    assert "Saved by Dr Arun Sen" in one.text()
    assert "comes back in two of three." in one.text("#main .theirs")
    assert one.page.select("#answer-en")[0].get_text() == ANSWER
    with looking(app, id_) as question:
        assert question.state == State.WAITING


def test_whoever_saves_second_sees_both_texts_and_loses_nothing(app: Flask, sit: Sit) -> None:
    id_ = ask(app, QUESTION)
    one, two = sit(), sit(en="Dr Arun Sen")
    for desk in (one, two):
        desk.open(f"/moderation/questions/{id_}")
    one.press(".write button:not([name])", answer_en="The first text.")
    two.press(".write button:not([name])", 409, answer_en="The second text.")
    assert "The first text." in two.text(".theirs")
    assert two.page.select("#answer-en")[0].get_text() == "The second text."
    two.press(".write button:not([name])", answer_en="The first text. The second text.")
    with looking(app, id_) as question:
        assert [draft.answer for draft in question.drafts] == ["The first text. The second text."]


def test_of_two_who_decide_the_first_wins_and_the_other_sees_it(app: Flask, sit: Sit) -> None:
    id_ = ask(app, QUESTION)
    one, two = sit(), sit(en="Dr Arun Sen")
    one.open(f"/moderation/questions/{id_}")
    one.press("[name=preview]", wording_en=WORDING, answer_en=ANSWER)
    two.open(f"/moderation/questions/{id_}")
    two.press('[value="decline"]', reason="emergency")
    one.press("form .main", 409, checked=True)
    assert "Declined:" in one.text()
    assert "It may." in one.text(), "what the other had written"
    with looking(app, id_) as question:
        assert (question.state, question.reason) == (State.DECLINED, Reason.EMERGENCY)


@pytest.mark.parametrize("language", ["en", "hi"])
def test_declining_needs_a_reason_and_can_be_taken_back(
    app: Flask, sit: Sit, language: str
) -> None:
    id_ = ask(app, "क्या मुझे डरना चाहिए?", "hi")
    desk = sit(language=language)
    desk.open(f"/moderation/questions/{id_}")
    assert "डॉक्टर को आपकी जाँच" in desk.text(".decide fieldset"), "as its asker will read it"
    desk.press('[value="decline"]', 422)
    desk.press('[value="decline"]', reason="needs-examination")
    desk.press('[value="reopen"]')
    with looking(app, id_) as question:
        assert (question.state, question.reason) == (State.WAITING, None)


def test_spam_is_kept_and_can_be_taken_back(app: Flask, sit: Sit) -> None:
    id_ = ask(app, "Buy now at http://a.example and http://b.example")
    desk = sit()
    desk.open(f"/moderation/questions/{id_}")
    desk.press('[value="mark-spam"]')
    desk.open("/moderation/queue?shelf=spam")
    assert "Buy now" in desk.text()
    desk.open(f"/moderation/questions/{id_}")
    desk.press('[value="reopen"]')
    with looking(app, id_) as question:
        assert question.state == State.WAITING


def test_many_held_ones_are_released_or_marked_at_once(app: Flask, sit: Sit) -> None:
    held = [ask(app, f"Held number {number}?", lane=Lane.HELD) for number in range(3)]
    desk = sit()
    desk.open("/moderation/queue?shelf=held&q=Held+number")
    desk.press('[value="release"]', question=[f"{held[0]}.1", f"{held[1]}.1"])
    assert "2 questions done." in desk.text()
    desk.press('[value="spam"]', question=[f"{held[2]}.1"])
    states = []
    for id_ in held:
        with looking(app, id_) as question:
            states.append((question.state, question.lane))
    waiting, spam = (State.WAITING, Lane.OPEN), (State.SPAM, Lane.HELD)
    assert states == [waiting, waiting, spam]


def test_urgent_ones_stand_first_then_the_oldest(app: Flask, sit: Sit) -> None:
    ids = [ask(app, f"order {number}", is_urgent=number == 2) for number in range(4)]
    desk = sit()
    desk.open("/moderation/queue?q=order")
    links = [str(link["href"]).rpartition("/")[2] for link in desk.page.select(".cards a")]
    assert links == [str(ids[number]) for number in (2, 0, 1, 3)]


def test_the_queue_is_read_page_by_page_without_a_gap(app: Flask, sit: Sit) -> None:
    ids = {str(ask(app, f"paging {number}", is_urgent=number % 3 == 0)) for number in range(45)}
    desk = sit()
    desk.open("/moderation/queue?q=paging")
    seen: list[str] = []
    while True:
        seen += [str(link["href"]).rpartition("/")[2] for link in desk.page.select(".cards a")]
        more = [
            link for link in desk.page.select("main a.button") if link.get_text() == "Next page"
        ]
        if not more:
            break
        desk.open(str(more[0]["href"]))
    assert len(seen) == 45
    assert set(seen) == ids


def test_a_ready_answer_goes_into_every_language_it_has(app: Flask, sit: Sit) -> None:
    desk = sit()
    desk.open("/moderation/canned/new")
    desk.press("[class~=main]", name="Rest", answer_en="Rest well.", answer_hi="आराम करें।")
    id_ = ask(app, "क्या मुझे आराम करना चाहिए?", "hi")
    desk.open(f"/moderation/questions/{id_}")
    name = desk.page.select("[name=canned]")[-1]["value"]
    desk.press(f'[name=canned][value="{name}"]', answer_hi="हाँ।")
    assert desk.page.select("#answer-hi")[0].get_text() == "हाँ।\n\nआराम करें।"
    desk.press("[name=preview]")
    desk.press("form .main", checked=True)
    with looking(app, id_) as question:
        assert question.answer is not None
        assert {code: text.answer for code, text in question.answer.texts.items()} == {
            "hi": "हाँ।\n\nआराम करें।",
            "en": "Rest well.",
        }
        assert question.answer.wording("en") == ("क्या मुझे आराम करना चाहिए?", "hi")


def test_a_translator_hands_over_and_a_moderator_approves(app: Flask, sit: Sit) -> None:
    id_ = ask(app, QUESTION)
    desk, translator = sit(), sit(Role.TRANSLATOR, en="Kavita")
    publish(desk, id_)
    translator.open(f"/moderation/translations/{id_}/hi")
    assert "ऑपरेशन" in translator.text(".terms"), "the glossary says how surgery is called"
    offer = "[name=offer]"
    translator.press(offer, 422, answer_hi="हो सकता है।")
    translator.press(offer, wording_hi="क्या दर्द लौटेगा?", answer_hi="हो सकता है।")
    assert "Waits for a moderator" in translator.text()
    with looking(app, id_) as question:
        assert question.answer is not None
        assert set(question.answer.texts) == {"en"}, "nothing is shown before it is approved"
    desk.open("/moderation/queue?shelf=offered")
    assert f"#{id_}" in desk.text()
    desk.open(f"/moderation/questions/{id_}")
    desk.press("[name=preview]")
    desk.press("form .main", checked=True)
    with looking(app, id_) as question:
        assert question.answer is not None
        text = question.answer.texts["hi"]
        assert text.translator is not None
        assert (text.answer, text.translator.name("en")) == ("हो सकता है।", "Kavita")
    translator.open("/moderation/translations")
    assert f"#{id_}" not in translator.text()


def test_a_translation_is_a_task_again_when_the_answer_is_revised(app: Flask, sit: Sit) -> None:
    id_ = ask(app, QUESTION)
    desk, translator = sit(), sit(Role.TRANSLATOR, en="Kavita")
    publish(desk, id_, wording_hi="क्या दर्द लौटेगा?", answer_hi="हो सकता है।")
    task = f'.card[href$="/{id_}/hi"]'
    assert not translator.open("/moderation/translations").select(task)
    desk.open(f"/moderation/questions/{id_}")
    desk.press("[name=preview]", answer_en="It often does.")
    desk.press("form .main", checked=True, publish_hi=False)
    translator.open("/moderation/translations")
    assert "Changed since it was translated" in translator.text(task)
    assert not translator.page.select(f'.card[href$="/{id_}/en"]'), "the original is no task"


def test_a_withdrawal_takes_drafts_and_the_answer_along(app: Flask, sit: Sit) -> None:
    id_ = ask(app, QUESTION)
    desk = sit()
    publish(desk, id_)
    desk.open(f"/moderation/questions/{id_}")
    with looking(app, id_) as question:
        removals = changes.read().removals
        erasure.withdraw(id_)
        assert (question.answer, question.drafts) == (None, [])
        assert changes.read().removals == removals + 1
    desk.press(".write button:not([name])", 410, answer_en="What I had typed.")
    assert "What I had typed." in desk.text(), "it is given back"
    with looking(app, id_) as question:
        assert question.drafts == [], "and not kept"


def test_every_step_stands_in_the_audit(app: Flask, sit: Sit) -> None:
    id_ = ask(app, QUESTION)
    desk = sit()
    publish(desk, id_)
    desk.press('[value="unpublish"]')
    history = desk.text(".history")
    assert history.index("taken back") < history.index("published")
    with app.app_context():
        audit.verify()


@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_busy_database_gives_back_what_was_typed(app: Flask, sit: Sit, language: str) -> None:
    id_ = ask(app, QUESTION)
    desk = sit(language=language)
    desk.open(f"/moderation/questions/{id_}")
    with app.app_context():
        engine = db.engine
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as other:
        other.execute(text("BEGIN IMMEDIATE" if is_sqlite else "LOCK TABLE question"))
        desk.press(".write button:not([name])", 503, answer_en=ANSWER)
        other.rollback()
    desk.press("main form button")
    with looking(app, id_) as question:
        assert [draft.answer for draft in question.drafts] == [ANSWER]


@pytest.mark.parametrize("language", ["en", "hi"])
def test_whoever_asked_reads_the_answer_by_the_number(app: Flask, sit: Sit, language: str) -> None:
    receipt = receipts.make()
    id_ = ask(app, QUESTION, receipt=receipt)
    publish(sit(), id_)
    shown = look_up(app, receipt, language)
    assert "Please show it to your surgeon." in only(shown, "article.answer").get_text()
    link = str(only(shown, ".card a.button")["href"])
    assert link == f"/{language}/articles/{ARTICLE}/answers?answer={id_}#answer-{id_}"
    assert Client(app).get(link.partition("#")[0]).select(f"#answer-{id_}")


def test_whoever_was_led_to_another_answer_finds_it(app: Flask, sit: Sit) -> None:
    other = ask(app, "Will the pain come back after surgery?")
    desk = sit()
    publish(desk, other)
    search.catch_up(app)
    receipt = receipts.make()
    id_ = ask(app, "Does pain come back after surgery?", receipt=receipt)
    desk.open(f"/moderation/questions/{id_}")
    desk.press('[value="decline"]', reason="already-answered", see=other)
    link = str(only(look_up(app, receipt, "en"), ".card a.button")["href"])
    assert link.endswith(f"#answer-{other}")


@pytest.mark.parametrize(
    ("languages", "shown"),
    [
        ("en hi", {"en": "Can kneeling harm?", "hi": "क्या घुटने टेकना ठीक है?"}),
        ("hi", {"en": "क्या घुटने टेकना ठीक है?", "hi": "क्या घुटने टेकना ठीक है?"}),
    ],
)
def test_what_is_like_a_question_is_shown_in_ones_own_language_if_it_can_be(
    app: Flask, sit: Sit, languages: str, shown: dict[str, str]
) -> None:
    texts = {
        "en": {"wording_en": "Can kneeling harm?", "answer_en": ANSWER},
        "hi": {"wording_hi": "क्या घुटने टेकना ठीक है?", "answer_hi": "हाँ।"},
    }
    other = ask(app, "क्या घुटने टेकना ठीक है?", "hi")
    desk = sit()
    desk.open(f"/moderation/questions/{other}")
    chosen = {key: text for code in languages.split() for key, text in texts[code].items()}
    desk.press("[name=preview]", **({"wording_en": "", "answer_en": ""} | chosen))
    desk.press("form .main", checked=True)
    search.catch_up(app)
    id_ = ask(app, "क्या घुटने टेकना ठीक है?", "hi")
    for language, question in shown.items():
        reader = sit(language=language)
        page = reader.open(f"/moderation/questions/{id_}")
        link = only(page, f'details [href$="/{other}"]')
        option = only(page, f'#see [value="{other}"]')
        assert [link.get_text(), option.get_text()] == [question] * 2


def test_the_name_that_was_given_is_marked_and_taken_out_too(app: Flask, sit: Sit) -> None:
    id_ = ask(app, "My name is asha Devi. Can I bend?", name="Asha Devi")
    desk = sit()
    desk.open(f"/moderation/questions/{id_}")
    assert [tag.get_text() for tag in desk.page.select(".asked mark")] == ["asha Devi"]
    desk.press("[name=clean]")
    assert desk.text("#wording-en") == "My name is …. Can I bend?"


def test_what_was_typed_with_other_characters_is_marked_and_taken_out(app: Flask, sit: Sit) -> None:
    number = "૯૮૭૬૫\u200b૪૩૨૧\u0ae6"
    id_ = ask(app, f"आ\u200dशा, फ़ोन {number} पर। क्या झुकना ठीक है?", language="hi", name="आशा")
    desk = sit(language="hi")
    desk.open(f"/moderation/questions/{id_}")
    marked = [tag.get_text() for tag in desk.page.select(".asked mark")]
    assert marked == ["आ\u200dशा", number]
    desk.press("[name=clean]")
    assert desk.text("#wording-hi") == "…, फ़ोन … पर। क्या झुकना ठीक है?"


@pytest.mark.parametrize("nothing", ["\u2060", "\u200b\u3164", "\u2800"])
def test_an_answer_that_nobody_sees_is_not_published(app: Flask, sit: Sit, nothing: str) -> None:
    id_ = ask(app, QUESTION)
    desk = sit()
    desk.open(f"/moderation/questions/{id_}")
    desk.press("[name=preview]", 422, wording_en=WORDING, answer_en=nothing)
    assert "Write an answer first" in desk.text("[role=alert]")
    desk.press("[name=preview]", 422, wording_en=nothing, answer_en=ANSWER)
    assert "Write the question" in desk.text("[role=alert]")
    desk.open("/moderation/canned/new")
    desk.press("[class~=main]", 422, name=nothing, answer_en=ANSWER)
    desk.press("[class~=main]", 422, name="Rest", answer_en=nothing)


def test_whoever_changes_a_ready_answer_second_sees_both(app: Flask, sit: Sit) -> None:
    desk = sit()
    desk.open("/moderation/canned/new")
    desk.press("[class~=main]", name="Walking", answer_en="Walk a little.")
    path = str(only(desk.page, "a:-soup-contains('Walking')")["href"])
    one, two = sit(), sit(en="Dr Arun Sen")
    one.open(path)
    two.open(path)
    two.press("[class~=main]", answer_en="Walk a little every day.")
    one.press("[class~=main]", 409, answer_en="Walk slowly.")
    assert "Walk a little every day." in one.text("main")
    assert one.text("#answer-en") == "Walk slowly."
    one.press("[class~=main]")
    one.open(path)
    assert one.text("#answer-en") == "Walk slowly."


def test_no_question_is_led_to_an_answer_that_is_none(app: Flask, sit: Sit) -> None:
    id_ = ask(app, QUESTION)
    desk = sit()
    desk.open(f"/moderation/questions/{id_}")
    desk.press('[value="decline"]', 422, reason="already-answered", see=10**6)
    assert "no published answer" in desk.text()
    with looking(app, id_) as question:
        assert question.state == State.WAITING


def test_the_longer_term_of_the_glossary_goes_before_those_inside_it(app: Flask, sit: Sit) -> None:
    id_ = ask(app, "Does a spine surgeon see me?")
    desk, translator = sit(), sit(Role.TRANSLATOR)
    desk.open(f"/moderation/questions/{id_}")
    desk.press("[name=preview]", answer_en="A spine surgeon does.")
    desk.press("form .main", checked=True)
    translator.open(f"/moderation/translations/{id_}/hi")
    assert {tag.get_text() for tag in translator.page.select("mark")} == {"spine surgeon"}


def test_each_shelf_says_how_many_stand_on_it(app: Flask, sit: Sit) -> None:
    desk = sit()

    def waiting() -> int:
        desk.open("/moderation/queue")
        return int(only(desk.page, '.shelves [aria-current="page"] b').get_text())

    before = waiting()
    ask(app, QUESTION)
    assert waiting() == before + 1
    assert desk.page.title is not None
    assert f"({before + 1})" in desk.page.title.get_text()


def test_what_was_undone_is_not_offered_to_be_undone_again(app: Flask, sit: Sit) -> None:
    id_ = ask(app, QUESTION)
    desk = sit()
    desk.open(f"/moderation/questions/{id_}")
    desk.press('[value="mark-spam"]')
    told = desk.path
    desk.press('.notice [name="step"]')
    desk.open(told)
    assert desk.page.select('.notice [name="step"]') == []


def test_translators_are_told_how_far_the_articles_are(app: Flask, sit: Sit) -> None:
    translator = sit(Role.TRANSLATOR)
    translator.open("/moderation/translations")
    heads = [tag.get_text(strip=True) for tag in translator.page.select("table [scope=col]")]
    assert heads == ["हिन्दी"], "English is translated from"
    counts = {
        row.select("th")[0].get_text(strip=True): int(row.select("td")[0].get_text())
        for row in translator.page.select("table tr:has([scope=row])")
    }
    assert counts.keys() == {"Checked", "Draft", "Older than the English", "Missing"}
    library = app.extensions["articles"]
    assert sum(counts.values()) == sum(
        len(list(article.blocks())) for article in library.all_sources()
    )
    assert counts["Checked"] == 0, "nobody has signed"


def look_up(app: Flask, receipt: str, language: str) -> Page:
    answer = app.test_client().post(f"/{language}/questions", data={"receipt": receipt})
    return page.check(f"/{language}/questions", answer)


def publish(desk: Desk, id_: int, **more: str) -> None:
    desk.open(f"/moderation/questions/{id_}")
    desk.press("[name=preview]", wording_en=WORDING, answer_en=ANSWER, **more)
    desk.press("form .main", checked=True)


@pytest.mark.parametrize(("words", "is_found"), [("PAIN surgery", True), ("Verma", False)])
def test_a_published_question_is_found_by_what_is_published(
    app: Flask, sit: Sit, words: str, is_found: bool
) -> None:
    id_ = ask(app, QUESTION)
    desk = sit()
    publish(desk, id_)
    desk.open(f"/moderation/queue?shelf=published&q={words}")
    assert (f"#{id_} " in desk.text()) == is_found


def test_a_language_that_was_left_out_stays_out_when_something_is_missing(
    app: Flask, sit: Sit
) -> None:
    id_ = ask(app, QUESTION)
    desk = sit()
    desk.open(f"/moderation/questions/{id_}")
    desk.press("[name=preview]", wording_en=WORDING, answer_en=ANSWER, answer_hi="कच्चा जवाब")
    desk.press("form .main", 422, publish_hi=False)
    desk.press("form .main", checked=True)
    with looking(app, id_) as question:
        assert question.answer is not None
        assert set(question.answer.texts) == {"en"}


def test_who_wrote_on_a_draft_that_was_erased_can_save_at_the_second_press(
    app: Flask, sit: Sit
) -> None:
    id_ = ask(app, QUESTION)
    desk = sit()
    publish(desk, id_)
    desk.open(f"/moderation/questions/{id_}")
    with app.app_context():
        erasure.purge(datetime.now(UTC))
    save = ".write button:not([name])"
    desk.press(save, 409, answer_en="A better answer.")
    desk.press(save)
    with looking(app, id_) as question:
        assert [draft.answer for draft in question.drafts] == ["A better answer."]


def test_a_ready_answer_does_not_make_a_text_too_long(app: Flask, sit: Sit) -> None:
    desk = sit()
    desk.open("/moderation/canned/new")
    desk.press("[class~=main]", name="Long", answer_en="b" * 3500)
    id_ = ask(app, QUESTION)
    desk.open(f"/moderation/questions/{id_}")
    ready = f'[name=canned][value="{desk.page.select("[name=canned]")[0]["value"]}"]'
    desk.press(ready, 422, answer_en="a" * 3500)
    assert desk.page.select("#answer-en")[0].get_text() == "a" * 3500
    with looking(app, id_) as question:
        assert question.drafts == []


def test_nothing_too_long_is_published(app: Flask, sit: Sit) -> None:
    id_ = ask(app, QUESTION)
    desk = sit()
    desk.open(f"/moderation/questions/{id_}")
    desk.press("[name=preview]", wording_en=WORDING, answer_en=ANSWER)
    desk.press("form .main", 422, answer_en="a" * 6001, checked=True)
