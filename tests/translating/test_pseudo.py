"""Everything readers are told goes through the catalogs: pages, errors, mail, JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, abort
from sqlalchemy import event

from blueprints.database import db
from blueprints.mail.message import message, queue_message
from blueprints.models import Person, Reason, Role, State
from blueprints.questions import receipts
from blueprints.translating.pseudo import LANGUAGE
from tests.asking.test_error_paths import CAUSES, FORM, UNREADABLE, Cause
from tests.blueprints.test_questions import Asker
from tests.moderation.desk import add_person, ask, looking
from tests.publishing import SLUG, publish
from tests.translating import another, unmarked
from tests.translating.another import pages

QUESTION = "⟦ŵíĺĺ ţĥé þáíñ çóṁé ɓáçķ áƒţéŕ ţĥé óþéŕáţíóñ⟧"
ANSWER = "⟦íţ ṁáý⟧"


@pytest.fixture(scope="module")
def app(pseudo_site: Flask) -> Flask:
    return pseudo_site


@pytest.fixture
def asker(app: Flask) -> Asker:
    return Asker(app, LANGUAGE)


def check(app: Flask, path: str, status: int = 200) -> str:
    """Ask for a page, or JSON, and look through it; its text."""
    response = app.test_client().get(path, headers={"Accept-Language": LANGUAGE})
    assert response.status_code == status, path
    body = response.get_data(as_text=True)
    look = unmarked.in_json if "json" in response.content_type else unmarked.on_page
    assert look(body) == [], path
    return body


def test_every_page_and_what_scripts_say_from_it(app: Flask) -> None:
    found = pages(app, LANGUAGE)
    assert len(found) > 14
    for path in found:
        check(app, path)


def test_pages_without_messages_are_found_out(tmp_path: Path) -> None:
    """Where nothing is translated, something is found on each page: it is looked through."""
    app = another.pseudo_site(tmp_path, fill=None)
    client = app.test_client()
    for path in pages(app, LANGUAGE):
        if not path.endswith(".json"):
            response = client.get(path)
            body = response.get_data(as_text=True)
            is_json = "json" in response.content_type
            found = unmarked.in_json(body) if is_json else unmarked.on_page(body)
            assert len(found) >= (5 if is_json else 25), path


@pytest.mark.parametrize(
    "hard_coded",
    [
        "<p>Hello there</p>",
        "<p>⟦ñó⟧ and more</p>",
        "<p>⟦ñó⟧ <b>two</b></p>",
        "<p>नमस्ते</p>",
        '<p title="Hello there">⟦ñó⟧</p>',
        '<button aria-label="Close">⟦ñó⟧</button>',
        '<input type="submit" value="Go">',
        '<input placeholder="Your name">',
        '<img alt="A spine">',
        '<button data-pause="Pause">⟦ñó⟧</button>',
        '<template><p data-word="left">letters left</p></template>',
    ],
)
def test_a_hard_coded_word_is_found(hard_coded: str) -> None:
    page = '<html lang="en-XA"><title>⟦ñó⟧</title><body><p>⟦ñó⟧ – ⟦ţŵó⟧ 12</p>{}</body></html>'
    assert unmarked.on_page(page.format("")) == []
    assert len(unmarked.on_page(page.format(hard_coded))) == 1


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The site with a page for each kind of failure."""
    app = another.pseudo_site(tmp_path_factory.mktemp("failing"))

    @app.get("/<language:language>/fail/<int:code>")
    def fail(code: int) -> str:
        if code == 500:
            raise RuntimeError("a fault of ours")
        abort(code)

    return app


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 422, 429, 500, 503])
def test_every_error(failing: Flask, code: int) -> None:
    path = f"/{LANGUAGE}/fail/{code}"
    check(failing, path, code)
    told = failing.test_client().get(path, headers={"Accept": "application/json"})
    assert unmarked.in_json(told.get_data(as_text=True)) == []


@pytest.fixture(scope="module")
def impatient(app: Flask) -> Flask:
    """The site, of which a database that is busy is soon given up."""
    with app.app_context():
        db.engine.dispose()
        event.listen(db.engine, "connect", lambda made, _: made.execute("PRAGMA busy_timeout=50"))
    return app


@pytest.mark.parametrize("cause", CAUSES.values(), ids=CAUSES.keys())
def test_what_is_told_when_a_question_is_not_taken(
    impatient: Flask, asker: Asker, cause: Cause
) -> None:
    data = asker.form() | {"question": QUESTION, "consent": "y"}
    if cause.is_sent_before:
        assert asker.send(data).status_code == 303
    data |= cause.changes
    if cause.error == "conflict":
        data["question"] = f"{QUESTION} {QUESTION}"
    as_json = {**cause.headers, "Accept": "application/json"}
    with cause.meanwhile(impatient):
        shown = asker.send(data, **cause.headers)
        told = asker.send(data, **as_json)
    assert shown.status_code == told.status_code == cause.status
    # It stands there again, and is nobody's to translate.
    typed = data["question"].replace("\0", "")
    assert unmarked.on_page(shown.get_data(as_text=True).replace(typed, "")) == []
    assert unmarked.in_json(told.get_data(as_text=True)) == []


def test_what_cannot_be_read_is_told(asker: Asker) -> None:
    for body in UNREADABLE.values():
        told = asker.client.post(f"/{LANGUAGE}/ask", data=b"question=" + body, content_type=FORM)
        assert told.status_code == 400
        assert unmarked.on_page(told.get_data(as_text=True)) == []


def test_what_becomes_of_a_question(app: Flask, asker: Asker) -> None:
    see = publish(app, None, SLUG, **{LANGUAGE: (QUESTION, ANSWER)})
    for state in State:
        for reason in Reason if state == State.DECLINED else [None]:
            receipt = receipts.make()
            id_ = ask(app, QUESTION, LANGUAGE, receipt)
            with looking(app, id_) as question:
                question.state, question.reason = state, reason
                question.see_id = see if reason == Reason.ALREADY_ANSWERED else None
                if state == State.WITHDRAWN:
                    question.text = None
                db.session.commit()
            body = asker.look(receipt).get_data(as_text=True)
            assert f'data-state="{state}"' in body
            assert unmarked.on_page(body) == [], state


def test_numbers_that_lead_nowhere(asker: Asker) -> None:
    for typed in ("", "12", receipts.make()):
        body = asker.look(typed).get_data(as_text=True).replace(f'value="{typed}"', "")
        assert unmarked.on_page(body) == [], typed


def test_answers_one_page_after_another(app: Flask) -> None:
    for _ in range(21):
        publish(app, None, SLUG, **{LANGUAGE: (QUESTION, ANSWER)})
    for page in (1, 2):
        check(app, f"/{LANGUAGE}/articles/{SLUG}/answers?page={page}")


@pytest.mark.parametrize("typed", ["óþéŕáţíóñ", "óþéŕáţíóƞƞ", "žžžžž", "ñ" * 2000])
def test_what_search_says(app: Flask, typed: str) -> None:
    check(app, f"/{LANGUAGE}/search?q={typed}")
    check(app, f"/{LANGUAGE}/search.json?q={typed}")


def test_mail(app: Flask) -> None:
    id_ = ask(app, QUESTION, LANGUAGE)
    email = add_person(app, Role.MODERATOR, en="⟦ñáṁé⟧")
    letters = []
    for state in (State.PUBLISHED, State.DECLINED):
        with looking(app, id_) as question:
            question.state = state
            letters.append(message(question, "somebody@example.org"))
    with app.app_context():
        person = db.session.query(Person).filter_by(email=email).one()
        person.language = LANGUAGE
        letters.append(queue_message(person, waiting=2, urgent=1, newest=id_))
    for letter in letters:
        lines = [letter["Subject"], *letter.get_content().splitlines()]
        said = [line for line in lines if line and not line.startswith("http://localhost")]
        assert len(said) > 3
        assert [line for line in said if unmarked.outside(line)] == []
