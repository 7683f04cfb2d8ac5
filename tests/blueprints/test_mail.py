"""Mail to those who asked, given to a real server, from SQLite and from PostgreSQL."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote

import pytest
import trustme
from bs4 import BeautifulSoup
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import delete, select

from app import create_app
from blueprints import audit, database, sealing
from blueprints.database import db
from blueprints.models import Mail, Question, Reason, State
from blueprints.questions import receipts
from tests.blueprints.conftest import on_disk
from tests.page import only
from tests.people import add, steps
from tests.serving import serving
from tests.smtp import PASSWORD, MailServer, mail_server

ADDRESS = "asha.devi@example.org"
TEXT = {
    "en": "Will my back hurt after the operation?",
    "hi": "ऑपरेशन के बाद क्या कमर में दर्द रहेगा?",
}
Build = Callable[..., Flask]
SUBJECT = {"en": "News about your question", "hi": "आपके सवाल के बारे में"}
NO_ADDRESS = {"en": "That is no e-mail address.", "hi": "यह ई-मेल सही नहीं लिखा है।"}
ANSWERED = {"en": "has been answered", "hi": "जवाब आ गया है"}


@pytest.fixture(scope="module")
def running() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture(scope="module")
def build(settings: dict[str, str]) -> Iterator[Build]:
    """Makes applications on one database."""
    made: list[Flask] = []

    def build(**further: str) -> Flask:
        made.append(create_app(settings | further))
        return made[-1]

    yield build
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="module")
def site(build: Build, running: MailServer) -> Flask:
    app = build(REEDH_SMTP_URL=running.url)
    with app.app_context():
        database.upgrade()
    return app


@pytest.fixture
def app(site: Flask) -> Flask:
    """The site, without any question."""
    with site.app_context():
        db.session.execute(delete(Mail))
        db.session.execute(delete(Question))
        db.session.commit()
    return site


@pytest.fixture
def smtp(running: MailServer) -> MailServer:
    """The mail server, which has no letters and refuses nobody."""
    running.letters.clear()
    running.refusal, running.meanwhile = "", lambda: None
    return running


def ask(app: Flask, language: str = "en", contact: str = ADDRESS) -> tuple[str, int]:
    """Ask by JSON; give the receipt and the status."""
    client = app.test_client()
    receipt = receipts.make()
    data = {
        "csrf_token": client.get("/token").json["csrf_token"],  # type: ignore[index]
        "question": TEXT[language],
        "name": "Asha",
        "contact": contact,
        "consent": "y",
        "receipt": receipt,
    }
    told = client.post(f"/{language}/ask", data=data, headers={"Accept": "application/json"})
    return receipt, told.status_code


def change(app: Flask, receipt: str, step: Callable[[Question], object]) -> None:
    with app.app_context():
        found = select(Question).filter_by(receipt_hash=receipts.hash_of(receipt))
        step(db.session.scalars(found).one())
        db.session.commit()


def decline(question: Question) -> None:
    question.decline(Reason.NEEDS_EXAMINATION)


def send(app: Flask) -> str:
    return app.test_cli_runner().invoke(args=["mail", "send"]).output


def waiting(app: Flask) -> list[tuple[int, datetime]]:
    """Tries and next try of each mail that waits."""
    with app.app_context():
        return [(mail.tries, mail.due_at) for mail in db.session.scalars(select(Mail))]


def contacts(app: Flask) -> list[bytes | None]:
    with app.app_context():
        return list(db.session.scalars(select(Question.contact)))


def let_time_pass(app: Flask) -> None:
    with app.app_context():
        for mail in db.session.scalars(select(Mail)):
            mail.due_at = datetime.now(UTC) - timedelta(seconds=1)
        db.session.commit()


def test_without_a_mail_server_the_form_asks_for_no_address(app: Flask, build: Build) -> None:
    app = build()
    for path in ("/en/ask", "/hi/kept/ask"):
        assert 'name="contact"' not in app.test_client().get(path).get_data(as_text=True)
    assert ask(app)[1] == 201
    assert contacts(app) == [None]
    assert "REEDH_SMTP_URL is not set" in send(app)


@pytest.mark.parametrize("language", TEXT)
def test_whoever_gave_an_address_is_told_and_the_address_is_erased(
    app: Flask, smtp: MailServer, language: str
) -> None:
    assert 'name="contact"' in app.test_client().get(f"/{language}/ask").get_data(as_text=True)
    receipt, status = ask(app, language)
    assert status == 201
    assert send(app) == "0 sent, 0 wait.\n"
    change(app, receipt, decline)
    assert send(app) == "1 sent, 0 wait.\n"
    assert send(app) == "0 sent, 0 wait.\n"
    [letter] = smtp.letters
    assert (letter["To"], letter["From"]) == (ADDRESS, "reedh@localhost")
    assert letter["Subject"] == SUBJECT[language]
    content = letter.get_content().replace("\r\n", "\n")
    assert f"\n\nhttp://localhost:8000/{language}/questions\n\n" in content
    whole = f"{letter} {content}"
    grouped = receipts.in_groups(receipt)
    for secret in (TEXT[language], "Asha", receipt, grouped, receipts.hash_of(receipt)):
        assert secret not in whole
    assert contacts(app) == [None]


def test_mails_that_leave_together_are_each_in_the_language_of_their_asker(
    app: Flask, smtp: MailServer
) -> None:
    for language in ("en", "hi", "en"):
        change(app, ask(app, language)[0], decline)
    assert send(app) == "3 sent, 0 wait.\n"
    told = sorted(
        (letter["Subject"], letter.get_content().count("/hi/")) for letter in smtp.letters
    )
    assert told == [(SUBJECT["en"], 0), (SUBJECT["en"], 0), (SUBJECT["hi"], 1)]


@pytest.mark.parametrize("language", TEXT)
def test_an_answer_is_told_as_one(app: Flask, smtp: MailServer, language: str) -> None:
    receipt, _status = ask(app, language)
    change(app, receipt, decline)
    change(app, receipt, lambda question: setattr(question, "state", State.PUBLISHED))
    send(app)
    assert ANSWERED[language] in smtp.letters[0].get_content()


def test_a_domain_in_devanagari_is_written_for_every_server(app: Flask, smtp: MailServer) -> None:
    change(app, ask(app, contact="asha@उदाहरण.भारत")[0], decline)
    assert send(app) == "1 sent, 0 wait.\n"
    assert smtp.letters[0]["To"] == "asha@xn--p1b6ci4b4b3a.xn--h2brj9c"


MAILBOX = "डाक@उदाहरण.भारत"
UNREACHABLE = {"en": "letters before the @", "hi": "@ से पहले"}


def test_a_mailbox_in_devanagari_is_written_to(app: Flask, smtp: MailServer) -> None:
    change(app, ask(app, contact=MAILBOX)[0], decline)
    assert send(app) == "1 sent, 0 wait.\n"
    assert smtp.letters[0]["To"] == MAILBOX


@pytest.fixture
def ascii_site(app: Flask, build: Build) -> Iterator[Flask]:
    """The same site with a mail server that takes no such mailbox."""
    with mail_server(takes_utf8=False) as smtp:
        yield build(REEDH_SMTP_URL=smtp.url)


@pytest.mark.parametrize("language", TEXT)
def test_a_mailbox_that_our_server_cannot_reach_is_refused_with_words(
    ascii_site: Flask, language: str
) -> None:
    change(ascii_site, ask(ascii_site)[0], decline)
    assert send(ascii_site) == "1 sent, 0 wait.\n", "a connection tells what the server takes"
    client = ascii_site.test_client()
    token = client.get("/token").json["csrf_token"]  # type: ignore[index]
    data = {
        "question": TEXT[language], "consent": "y", "contact": MAILBOX, "csrf_token": token,
        "receipt": receipts.make(),
    }  # fmt: skip
    told = client.post(f"/{language}/ask", data=data)
    assert told.status_code == 422
    shown = BeautifulSoup(told.get_data(), "html5lib")
    assert UNREACHABLE[language] in only(shown, "#contact-error").get_text()
    assert only(shown, "#contact")["value"] == MAILBOX
    assert TEXT[language] in only(shown, "textarea").get_text()


def test_the_team_sees_that_a_mail_was_given_up(ascii_site: Flask) -> None:
    member = add(ascii_site, f"{receipts.make()}@example.org".lower())
    receipt, status = ask(ascii_site, contact=MAILBOX)  # no connection has told yet
    assert status == 201
    change(ascii_site, receipt, decline)
    assert send(ascii_site).endswith("0 sent, 0 wait.\n")
    assert contacts(ascii_site) == [None]
    with ascii_site.app_context():
        id_ = db.session.scalars(select(Question.id)).one()
        audit.verify()
    member.sign_in()
    shown = member.open(f"/moderation/questions/{id_}").get_text()
    assert "was not delivered. It is not tried again" in shown
    assert MAILBOX not in shown


def test_who_gave_no_address_gets_no_mail(app: Flask, smtp: MailServer) -> None:
    change(app, ask(app, contact="")[0], decline)
    assert send(app) == "0 sent, 0 wait.\n"
    assert smtp.letters == []


@pytest.mark.parametrize("language", TEXT)
@pytest.mark.parametrize("wrong", ["asha", "asha@", "a b@example.org", f"{'a' * 250}@example.org"])
def test_what_is_no_address_comes_back_with_the_text(app: Flask, language: str, wrong: str) -> None:
    assert ask(app, language, wrong)[1] == 422
    client = app.test_client()
    data = {"question": TEXT[language], "consent": "y", "contact": wrong}
    told = client.post(f"/{language}/ask", data=data | {
        "csrf_token": client.get("/token").json["csrf_token"],  # type: ignore[index]
        "receipt": receipts.make(),
    })  # fmt: skip
    shown = told.get_data(as_text=True)
    assert told.status_code == 422
    assert NO_ADDRESS[language] in shown
    assert TEXT[language] in shown
    assert f'value="{wrong}"' in shown


def test_an_address_lies_encrypted(app: Flask, settings: dict[str, str]) -> None:
    ask(app)
    [sealed] = contacts(app)
    assert sealed is not None
    assert ADDRESS.split("@")[0].encode() not in sealed
    with app.app_context():
        assert sealing.unseal(sealed) == ADDRESS
    if "REEDH_DATABASE_URL" not in settings:
        written = on_disk(Path(settings["REEDH_INSTANCE_PATH"]))
        assert TEXT["en"].encode() in written
        assert ADDRESS.encode() not in written


def test_what_nobody_sees_is_taken_out_of_an_address(app: Flask) -> None:
    seen_alike = ADDRESS.replace("@", "\u200b@")
    assert ask(app, contact=f"\u200e{seen_alike}\u2060")[1] == 201
    with app.app_context():
        assert [sealing.unseal(sealed or b"") for sealed in contacts(app)] == [ADDRESS]


def test_mail_waits_for_a_server_that_is_away(app: Flask, smtp: MailServer, build: Build) -> None:
    away = build(REEDH_SMTP_URL="smtp://localhost:1")
    change(app, ask(app)[0], decline)
    assert "does not take our mail: ConnectionRefusedError" in send(away)
    assert [tries for tries, _due in waiting(app)] == [0]
    assert send(app) == "1 sent, 0 wait.\n"


def test_a_refusal_for_now_is_tried_again_and_ever_later(app: Flask, smtp: MailServer) -> None:
    change(app, ask(app)[0], decline)
    smtp.refusal = "450 Mailbox busy"
    waits = []
    for tries in (1, 2, 3):
        before = datetime.now(UTC)
        assert send(app).endswith("0 sent, 1 wait.\n")
        [(tried, due)] = waiting(app)
        assert tried == tries
        waits.append(round((due - before).total_seconds() / 60))
        assert send(app) == "0 sent, 1 wait.\n"  # not yet
        let_time_pass(app)
    assert waits == [1, 2, 4]
    smtp.refusal = ""
    assert send(app) == "1 sent, 0 wait.\n"


def test_a_refusal_for_good_is_not_tried_again(app: Flask, smtp: MailServer) -> None:
    change(app, ask(app)[0], decline)
    smtp.refusal = "550 No such mailbox"
    before = steps(app)
    assert send(app).endswith("0 sent, 0 wait.\n")
    assert contacts(app) == [None]
    assert steps(app) == [*before, "mail-given-up"]


def test_after_three_days_a_mail_is_given_up(app: Flask, smtp: MailServer) -> None:
    change(app, ask(app)[0], decline)
    smtp.refusal = "450 Mailbox busy"
    hours, before_all = 0.0, steps(app)
    while waiting(app):
        before = datetime.now(UTC)
        send(app)
        hours += sum((due - before).total_seconds() for _tries, due in waiting(app)) / 3600
        let_time_pass(app)
    assert 48 < hours < 96
    assert contacts(app) == [None]
    assert steps(app) == [*before_all, "mail-given-up"]


def test_withdrawing_erases_the_unsent_mail(app: Flask, smtp: MailServer) -> None:
    receipt, _status = ask(app)
    change(app, receipt, decline)
    client = app.test_client()
    token = client.get("/token").json["csrf_token"]  # type: ignore[index]
    data = {"receipt": receipt, "withdraw": "y", "csrf_token": token}
    assert client.post("/en/questions", data=data).status_code == 200
    assert (waiting(app), contacts(app)) == ([], [None])
    assert send(app) == "0 sent, 0 wait.\n"
    assert smtp.letters == []


def test_what_waits_again_is_not_told_yet(app: Flask, smtp: MailServer) -> None:
    receipt, _status = ask(app)
    change(app, receipt, decline)
    change(app, receipt, lambda question: setattr(question, "state", State.WAITING))
    assert send(app) == "0 sent, 0 wait.\n"
    change(app, receipt, decline)
    assert send(app) == "1 sent, 0 wait.\n"


def test_two_that_deliver_at_once_send_one_mail(app: Flask, smtp: MailServer) -> None:
    change(app, ask(app)[0], decline)
    told = []

    def send_beside() -> None:
        other = Thread(target=lambda: told.append(send(app)))
        other.start()
        other.join()

    smtp.meanwhile = send_beside
    assert send(app) == "1 sent, 0 wait.\n"
    assert told == ["0 sent, 1 wait.\n"]
    assert len(smtp.letters) == 1


def test_the_running_site_sends_by_itself(
    app: Flask, smtp: MailServer, settings: dict[str, str]
) -> None:
    change(app, ask(app)[0], decline)
    arrived = Event()
    smtp.meanwhile = arrived.set
    with serving(**settings, REEDH_SMTP_URL=smtp.url):
        assert arrived.wait(20)
    assert len(smtp.letters) == 1


def test_keys_are_rotated(app: Flask, build: Build, settings: dict[str, str]) -> None:
    ask(app)
    old = (Path(settings["REEDH_INSTANCE_PATH"]) / "contact-keys").read_text().strip()
    new = app.test_cli_runner().invoke(args=["mail", "new-key"]).output.strip()
    both = build(REEDH_CONTACT_KEYS=f"{new},{old}")
    told = both.test_cli_runner().invoke(args=["mail", "rotate-keys"])
    assert told.output == "1 addresses and second factors are encrypted with the first key.\n"
    [sealed] = contacts(app)
    assert Fernet(new).decrypt(sealed or b"").decode() == ADDRESS
    told = app.test_cli_runner().invoke(args=["mail", "rotate-keys"])
    assert told.exit_code == 1
    assert "1 of them were encrypted with a key that is not here" in told.output


def test_a_mail_whose_key_is_gone_waits(app: Flask, smtp: MailServer, build: Build) -> None:
    change(app, ask(app)[0], decline)
    key = Fernet.generate_key().decode()
    other = build(REEDH_SMTP_URL=smtp.url, REEDH_CONTACT_KEYS=key)
    assert send(other).endswith("0 sent, 1 wait.\n")


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_password_is_given_on_an_encrypted_line(
    scheme: str, app: Flask, build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(tls)
    with mail_server(tls, is_implicit=scheme == "smtps") as smtp:
        url = f"{scheme}://reedh:{quote(PASSWORD, safe='')}@localhost:{smtp.port}"
        secured = build(REEDH_SMTP_URL=url)
        change(app, ask(app)[0], decline)
        assert "does not take our mail: SSLCertVerificationError" in send(secured)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert send(secured).endswith("1 sent, 0 wait.\n"), "after what the server has logged"
    assert len(smtp.letters) == 1


def test_a_password_is_given_on_no_open_line(app: Flask, smtp: MailServer, build: Build) -> None:
    url = f"smtp://reedh:secret@localhost:{smtp.port}"
    with_password = build(REEDH_SMTP_URL=url)
    change(app, ask(app)[0], decline)
    assert "does not take our mail: SMTPNotSupportedError" in send(with_password)
    assert smtp.letters == []
