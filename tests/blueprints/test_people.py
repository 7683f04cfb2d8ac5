"""Signing in, sessions, roles and `flask users …`, on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import argon2
import pytest
from flask import Flask, request
from sqlalchemy import select, text

from blueprints import audit, limits
from blueprints.database import db
from blueprints.models import AuditEntry, Person, Role
from blueprints.people import credentials, me, require
from tests.page import DEVANAGARI, Page, only
from tests.people import (
    PASSWORD,
    Member,
    add,
    alert,
    all_kept,
    fields,
    have_tried,
    seen,
    steps,
)
from tests.ready import ready

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def app(settings: dict[str, str]) -> Iterator[Flask]:
    with ready(settings) as app:

        @app.get("/moderation/for-translators")
        @require(Role.TRANSLATOR)
        def for_translators() -> str:
            return me().email

        @app.post("/moderation/notes")
        @require()
        def notes() -> str:
            return " ".join([me().email, *request.form.getlist("word")])

        yield app


@pytest.fixture
def member(app: Flask) -> Member:
    return add(app, f"member{next(_numbers)}@example.org")


def test_somebody_signs_in_and_out(member: Member) -> None:
    away = member.ask("/moderation/account")
    assert (away.status_code, away.location) == (
        302,
        "/moderation/sign-in?next=/moderation/account",
    )
    answer = member.sign_in()
    assert (answer.status_code, answer.location) == (303, "/moderation/")
    shown = member.open("/moderation/account")
    assert "Asha Rao" in shown.get_text()
    out = member.press(shown, "/sign-out")
    assert (out.status_code, out.location) == (303, "/moderation/sign-in")
    assert not member.is_signed_in()


def test_an_address_is_the_same_in_capitals_and_with_spaces(member: Member) -> None:
    assert member.sign_in(email=f"  {member.email.upper()} ").status_code == 303


def test_a_wrong_password_and_an_unknown_address_look_the_same(member: Member) -> None:
    wrong = member.sign_in("wrong password")
    unknown = member.sign_in("wrong password", email="nobody@example.org")
    told = [alert(seen(each, 422)) for each in (wrong, unknown)]
    assert told[0] == told[1] != ""
    shown = seen(unknown, 422)
    assert only(shown, "#email")["value"] == "nobody@example.org"
    assert "wrong password" not in unknown.get_data(as_text=True)
    assert not member.is_signed_in()


def test_each_try_costs_one_verification(
    app: Flask, member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def counted(*args: Any) -> bool:
        verified.append(1)
        return verify(*args)

    verify = argon2.PasswordHasher.verify
    monkeypatch.setattr(argon2.PasswordHasher, "verify", counted)
    disabled = add(app, f"disabled{next(_numbers)}@example.org")
    disabled.change(is_active=False)
    for email in (member.email, "nobody@example.org", disabled.email, "no address", ""):
        verified: list[int] = []
        assert member.sign_in("wrong password", email=email).status_code == 422
        assert len(verified) == 1, email


def test_a_stale_token_shows_the_form_again_and_the_second_press_signs_in(member: Member) -> None:
    answer = member.sign_in(csrf_token="stale", to="/moderation/account")  # noqa: S106 (a name)
    shown = seen(answer, 400)
    assert only(shown, "#email")["value"] == member.email
    assert PASSWORD not in answer.get_data(as_text=True)
    again = member.press(shown, "/sign-in", password=PASSWORD)
    assert again.location == "/moderation/account"


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/moderation/account", "/moderation/account"),
        ("/moderation/questions/7?lane=held%26x%3D1", "/moderation/questions/7?lane=held&x=1"),
        ("https://evil.example/", "/moderation/"),
        ("//evil.example/moderation", "/moderation/"),
        ("/\\evil.example", "/moderation/"),
        ("/moderation.evil.example", "/moderation/"),
        ("/moderation/%0d%0aSet-Cookie: x=y", "/moderation/"),
        ("/moderation\\..\\..//evil.example", "/moderation/"),
        ("javascript:alert(1)", "/moderation/"),
        ("/en/ask", "/moderation/"),
    ],
)
def test_signing_in_leads_back_and_nowhere_else(member: Member, wanted: str, led: str) -> None:
    assert member.sign_in(to=wanted).location == led
    assert member.ask(f"/moderation/sign-in?next={wanted}").location == led


def test_what_was_sent_after_signing_out_is_kept_and_sent_at_a_press(member: Member) -> None:
    words = ["नमस्ते\nHindi <b>", "second"]
    refused = member.ask("/moderation/notes", "POST", data={"word": words, "csrf_token": "old"})
    shown = seen(refused, 403)
    assert not shown.select('form[action$="/language"]'), "it would lose what was written"
    resumed = member.press(shown, "/sign-in", email=member.email, password=PASSWORD)
    form = only(seen(resumed), 'form[action="/moderation/notes"]')
    sent = [(str(each["name"]), str(each["value"])) for each in form.select("input")]
    assert [value for name, value in sent if name == "word"] == words
    assert dict(sent)["csrf_token"] not in {"", "old"}
    answer = member.ask(
        str(form["action"]), "POST", data={"word": [v for n, v in sent if n == "word"]}
    )
    assert answer.get_data(as_text=True) == f"{member.email} {' '.join(words)}"


def test_what_was_only_pressed_leads_to_the_first_page(member: Member) -> None:
    away = member.ask("/moderation/account/sign-ins/1/revoke", "POST", data={"csrf_token": "old"})
    assert (away.status_code, away.location) == (302, "/moderation/sign-in")
    member.sign_in()
    big = "/moderation/account/sign-ins/99999999999999999999/revoke"
    assert member.ask(big, "POST").status_code == 404


@pytest.mark.parametrize(
    "kept", ["nonsense", "[1]", '{"a": 1}', '"abc"', "[[1, 2, 3]]", '[["a", "\\ud800"]]']
)
def test_what_others_say_was_kept_is_taken_with_care(member: Member, kept: str) -> None:
    assert member.sign_in(to="/moderation/account", kept=kept).location == "/moderation/account"


def test_scripts_are_told_that_somebody_is_signed_out(member: Member) -> None:
    answer = member.ask("/moderation/notes", "POST", headers={"Accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json is not None
    assert answer.json["error"] == "signed-out"


def test_who_comes_from_another_site_is_led_on_by_a_page_of_ours(member: Member) -> None:
    member.sign_in()
    cookie = member.cookie("reedh-moderator")
    member.client.delete_cookie("reedh-moderator")  # as SameSite=Strict has browsers do
    shown = seen(member.ask("/moderation/account", headers={"Sec-Fetch-Site": "cross-site"}))
    assert only(shown, "meta[http-equiv=refresh]")["content"] == "0;url=/moderation/account"
    member.client.set_cookie("reedh-moderator", cookie)
    assert member.is_signed_in()


@pytest.mark.parametrize("path", ["sign-in", "sign-out", "language", "account/password"])
def test_other_sites_can_send_nothing(member: Member, path: str) -> None:
    member.sign_in()
    sent = member.ask(f"/moderation/{path}", "POST", headers={"Sec-Fetch-Site": "cross-site"})
    assert sent.status_code == 403
    assert member.is_signed_in()


@pytest.mark.parametrize("path", ["account/password", "account/recovery-codes", "set-up"])
def test_nothing_is_changed_without_a_token(member: Member, path: str) -> None:
    member.sign_in()
    data = {"password": PASSWORD, "new_password": "x" * 5}
    assert member.ask(f"/moderation/{path}", "POST", data=data).status_code == 400


def test_signing_out_with_a_stale_token_takes_one_more_press(member: Member) -> None:
    member.sign_in()
    shown = seen(member.ask("/moderation/sign-out", "POST"), 400)
    assert only(shown, "main [role=status]").get_text()
    form = only(shown, 'main form[action="/moderation/sign-out"]')
    member.ask("/moderation/sign-out", "POST", data=fields(form))
    assert not member.is_signed_in()


def test_a_session_that_somebody_else_chose_is_worth_nothing(app: Flask, member: Member) -> None:
    attacker = Member(app, "attacker@example.org")
    shown = attacker.open("/moderation/sign-in")
    token = only(shown, "main [name=csrf_token]")["value"]
    for name in ("reedh", "reedh-moderator"):
        member.client.set_cookie(name, attacker.cookie(name) or "chosen")
    assert member.sign_in().status_code == 303
    attacker.client.set_cookie("reedh-moderator", "chosen")
    assert not attacker.is_signed_in()
    assert member.ask("/moderation/sign-out", "POST", data={"csrf_token": token}).status_code == 400
    first = member.cookie("reedh-moderator")
    member.client.delete_cookie("reedh-moderator")
    member.sign_in()
    assert member.cookie("reedh-moderator") not in {"", first}


@pytest.mark.parametrize(
    ("moments", "is_signed_in"),
    [
        ({"seen_at": timedelta(minutes=59)}, True),
        ({"seen_at": timedelta(minutes=61)}, False),
        ({"created_at": timedelta(hours=11, minutes=59)}, True),
        ({"created_at": timedelta(hours=12, minutes=1)}, False),
    ],
)
def test_a_session_ends_when_unused_for_an_hour_or_half_a_day_old(
    member: Member, moments: dict[str, timedelta], is_signed_in: bool
) -> None:
    member.sign_in()
    member.age(**{name: datetime.now(UTC) - ago for name, ago in moments.items()})
    assert member.is_signed_in() is is_signed_in


def test_use_is_noted(member: Member) -> None:
    member.sign_in()
    for _ in range(3):
        member.age(seen_at=datetime.now(UTC) - timedelta(minutes=40))
        assert member.is_signed_in()


def test_people_see_where_they_are_signed_in_and_sign_out_there(app: Flask, member: Member) -> None:
    phone, tablet = Member(app, member.email), Member(app, member.email)
    for each in (phone, tablet, member):
        each.sign_in()
    shown = member.open("/moderation/account")
    rows = shown.select("#sign-ins li")
    assert ["this one" in row.get_text() for row in rows] == [True, False, False]
    assert all("Chrome, Android" in row.get_text() for row in rows)
    seen(member.press(shown, str(only(rows[1], "form")["action"])))
    assert (phone.is_signed_in(), tablet.is_signed_in()) == (True, False)
    tablet.sign_in()
    seen(member.press(shown, "/sign-ins/revoke"))
    assert [each.is_signed_in() for each in (member, phone, tablet)] == [True, False, False]


def test_nobody_signs_out_somebody_else(app: Flask, member: Member) -> None:
    member.sign_in()
    Member(app, member.email).sign_in()
    others = member.open("/moderation/account").select("#sign-ins li form")
    stranger = add(app, f"stranger{next(_numbers)}@example.org")
    stranger.sign_in()
    token = fields(stranger.open("/moderation/account").select("form")[0])["csrf_token"]
    answer = stranger.ask(str(others[0]["action"]), "POST", data={"csrf_token": token})
    assert answer.status_code == 200
    assert len(member.open("/moderation/account").select("#sign-ins li")) == 2


def test_a_sign_in_that_no_database_holds_is_none(member: Member) -> None:
    member.sign_in()
    path = f"/moderation/account/sign-ins/{10**30}/revoke"
    assert member.ask(path, "POST").status_code == 404


def test_a_new_password_signs_out_everywhere_else(app: Flask, member: Member) -> None:
    phone = Member(app, member.email)
    member.sign_in()
    phone.sign_in()
    new = "an entirely new one " + "x" * 200
    typed = {"new_password": new, "new_password_again": new}
    shown = seen(
        member.press(member.open("/moderation/account"), "/password", password="", **typed), 422
    )
    assert "password is not right" in alert(shown)
    seen(member.press(shown, "/password", password=PASSWORD, **typed))
    assert member.is_signed_in()
    assert not phone.is_signed_in()
    assert phone.sign_in().status_code == 422
    assert phone.sign_in(new).status_code == 303


@pytest.mark.parametrize(
    "new",
    [
        "short words",
        "x" * 257,
        "passwordpassword",
        "QWERTYUIOP123",
        "1234567891011",
        "aaaaaaaaaaaaaaaa",
        "reedhclinic2026",
        "spine.surgery.1",
        "asharao1985",
        "Asha Rao Asha",
    ],
)
def test_passwords_that_are_guessed_first_are_refused(member: Member, new: str) -> None:
    member.sign_in()
    shown = member.open("/moderation/account")
    typed = {"new_password": new, "new_password_again": new}
    answer = member.press(shown, "/password", password=PASSWORD, **typed)
    assert alert(seen(answer, 422))
    assert new not in answer.get_data(as_text=True)


def test_a_password_is_typed_twice_and_may_be_long_and_in_hindi(app: Flask, member: Member) -> None:
    member.sign_in()
    new = "क़लम और दवात की बात"
    shown = member.open("/moderation/account")
    typed = {"password": PASSWORD, "new_password": new}
    assert member.press(shown, "/password", **typed, new_password_again=PASSWORD).status_code == 422
    seen(member.press(shown, "/password", **typed, new_password_again=new))
    elsewhere = Member(app, member.email)
    assert elsewhere.sign_in(new.replace("क़", "\u0958")).status_code == 303


def test_password_fields_help_password_managers(member: Member) -> None:
    shown = member.open("/moderation/sign-in")
    kinds = [field["autocomplete"] for field in shown.select("main input:not([type=hidden])")]
    assert kinds == ["username", "current-password"]
    member.sign_in()
    shown = member.open("/moderation/account")
    kinds = [field["autocomplete"] for field in shown.select("#password input[autocomplete]")]
    assert kinds == ["username", "current-password", "new-password", "new-password"]


def test_a_password_is_hashed_anew_when_the_parameters_have_changed(
    app: Flask, member: Member
) -> None:
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    member.change(password_hash=weak.hash(PASSWORD))
    assert member.sign_in().status_code == 303
    assert (member.person().password_hash or "").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert Member(app, member.email).sign_in().status_code == 303


def test_a_disabled_person_is_signed_out_at_the_next_request(app: Flask, member: Member) -> None:
    member.sign_in()
    member.change(is_active=False)
    assert not member.is_signed_in()
    member.change(is_active=True)
    assert member.is_signed_in()
    assert (
        run(app, "disable", member.email) == f"{member.email} is signed out and cannot sign in.\n"
    )
    assert not member.is_signed_in()
    assert member.sign_in().status_code == 422
    run(app, "enable", member.email)
    assert not member.is_signed_in()
    assert member.sign_in().status_code == 303


def test_wrong_tries_wait_longer_and_longer(app: Flask, member: Member) -> None:
    assert [member.sign_in("wrong password").status_code for _ in range(5)] == [422] * 5
    for tries, seconds in ((9, 16), (10, 32), (11, 64), (12, 128), (14, 512), (15, 900), (90, 900)):
        have_tried(app, tries - 1)
        assert member.sign_in("wrong password").status_code == 422
        late = member.sign_in()
        assert only(seen(late, 429), "#email")["value"] == member.email
        assert re.search(r"in \d+ (seconds|minutes?)\.$", alert(seen(late, 429)))
        assert seconds / 2 < int(late.headers["Retry-After"]) <= seconds
    have_tried(app, 90)
    assert member.sign_in().status_code == 303, "the delay is over, and nobody is locked out"
    member.sign_out()
    assert [member.sign_in("guess").status_code for _ in range(5)] == [422] * 5, "counted anew"


def test_an_unknown_address_waits_as_a_known_one(app: Flask) -> None:
    wait_for(app, Member(app, f"nobody{next(_numbers)}@example.org"))


def wait_for(app: Flask, attacker: Member) -> None:
    """Guess until the next guess must wait."""
    attacker.sign_in("guess")
    have_tried(app, 12)
    assert [attacker.sign_in("guess").status_code for _ in range(2)] == [422, 429]


def test_who_guesses_elsewhere_does_not_hold_up_a_browser_that_was_here(
    app: Flask, member: Member
) -> None:
    member.sign_in()
    member.sign_out()
    attacker = Member(app, member.email)
    wait_for(app, attacker)
    assert member.sign_in().status_code == 303
    device = member.cookie("reedh-device")
    attacker.client.set_cookie("reedh-device", f"{device[:-2]}xx")
    assert attacker.sign_in("guess").status_code == 429
    other = add(app, f"other{next(_numbers)}@example.org")
    other.client.set_cookie("reedh-device", device)
    wait_for(app, Member(app, other.email))
    assert other.sign_in().status_code == 429, "it is a browser of somebody else"


def test_many_tries_at_once_are_no_more_than_one(app: Flask) -> None:
    email = f"target{next(_numbers)}@example.org"
    Member(app, email).sign_in("guess")
    have_tried(app, 12)
    members = [Member(app, email) for _ in range(6)]
    shown = [each.open("/moderation/sign-in") for each in members]

    def attempt(member: Member, page: Page) -> int:
        return member.press(page, "/sign-in", email=email, password="").status_code

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(attempt, members, shown)) == [422] + [429] * 5


def have_come_from(network: str, app: Flask, tries: int) -> None:
    """Have so many people of a network tried to sign in."""
    with app.test_request_context(environ_base={"REMOTE_ADDR": network}):
        for _ in range(tries):
            limits.hit(credentials.FROM_ONE_NETWORK, limits.network())


def test_too_many_tries_from_one_network_wait(app: Flask) -> None:
    attacker = Member(app, "")
    have_come_from(attacker.network, app, 59)
    told = [attacker.sign_in("guess", email=f"{each}@example.org").status_code for each in "ab"]
    assert told == [422, 429]


def test_others_on_the_network_do_not_shut_out_a_browser_that_was_here(
    app: Flask, member: Member
) -> None:
    member.sign_in()
    member.sign_out()
    have_come_from(member.network, app, 60)
    stranger = Member(app, member.email)
    stranger.network = member.network
    assert stranger.sign_in().status_code == 429, "a browser that was never here is counted"
    assert member.sign_in().status_code == 303
    member.sign_out()
    assert [member.sign_in("guess").status_code for _ in range(6)] == [422] * 5 + [429]


def test_a_page_for_others_is_refused_in_the_reader_s_language(app: Flask, member: Member) -> None:
    member.sign_in()
    shown = seen(member.ask("/moderation/for-translators", headers={"Accept-Language": "hi"}), 403)
    assert only(shown, "main a")["href"] == "/moderation/"
    json = member.ask("/moderation/for-translators", headers={"Accept": "application/json"})
    assert (json.status_code, (json.json or {})["error"]) == (403, "refused")
    translator = add(app, f"translator{next(_numbers)}@example.org", "translator")
    translator.sign_in()
    assert translator.ask("/moderation/for-translators").get_data(as_text=True) == translator.email


def test_who_was_refused_what_is_logged(
    app: Flask, member: Member, caplog: pytest.LogCaptureFixture
) -> None:
    member.sign_in()
    member.ask("/moderation/people?q=words")
    member.ask("/moderation/sign-out", "POST", headers={"Origin": "https://evil.example"})
    member.ask("/moderation/queue", headers={"X": "1"})
    person = member.person().id
    assert caplog.messages == [
        f"Person {person} may not see moderation.people.",
        "A form of another site was refused: people.sign_out.",
    ]


def test_the_language_is_the_browser_s_until_somebody_chooses(app: Flask, member: Member) -> None:
    hindi = Member(app, member.email, "hi")
    assert only(hindi.open("/moderation/sign-in"), "html")["lang"] == "hi"
    hindi.sign_in()
    shown = hindi.open("/moderation/account")
    assert "आशा राव" in shown.get_text()
    answer = hindi.press(shown, "/language", language="en")
    assert answer.location == "/moderation/account"
    assert only(hindi.open("/moderation/account"), "html")["lang"] == "en"
    elsewhere = Member(app, member.email, "hi")
    elsewhere.sign_in()
    assert only(elsewhere.open("/moderation/account"), "html")["lang"] == "en"
    hindi.press(hindi.open("/moderation/account"), "/language", language="xx")
    assert only(hindi.open("/moderation/account"), "html")["lang"] == "en"


def test_public_pages_know_nothing_of_who_signs_in(member: Member) -> None:
    member.sign_in()
    for path in ("/en/", "/hi/search?q=x"):
        answer = member.ask(path)
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert "no-store" not in member.ask("/en/").headers["Cache-Control"]


def test_nothing_secret_is_kept(app: Flask, member: Member) -> None:
    member.sign_in()
    kept = all_kept(app)
    for secret in (PASSWORD, member.cookie("reedh-moderator"), member.cookie("reedh-device")):
        assert secret
        assert secret not in kept
    attacker = Member(app, f"typed{next(_numbers)}@example.org")
    attacker.sign_in("guess")
    assert attacker.email not in all_kept(app)


def test_people_are_listed(app: Flask, member: Member) -> None:
    line = f"{member.email}\tmoderator\tactive\tpassword only\tAsha Rao"
    assert line in run(app, "list").splitlines()


@pytest.mark.parametrize(
    ("args", "typed", "told"),
    [
        (["add", "nonsense", "--name", "A", "--role", "admin"], PASSWORD, "nonsense is no e-mail"),
        (["add", "new@example.org", "--name", "A", "--role", "admin"], "short", "12 letters"),
        (["add", "new@example.org", "--name", "A", "--role", "owner"], PASSWORD, "'owner' is not"),
        (["add", "there@example.org", "--name", "A", "--role", "admin"], PASSWORD, "there already"),
        (
            ["add", "new@example.org", "--name", "\u3164", "--role", "admin"],
            PASSWORD,
            "readers can see",
        ),
        (
            ["add", "there\u200b@example.org", "--name", "A", "--role", "admin"],
            PASSWORD,
            "there already",
        ),
        (["reset", "none@example.org"], PASSWORD, "nobody with the address none@example.org"),
        (["disable", "none@example.org"], None, "nobody with the address none@example.org"),
        (["enable", "none@example.org"], None, "nobody with the address none@example.org"),
    ],
)
def test_a_command_that_cannot_work_says_why(
    app: Flask, args: list[str], typed: str | None, told: str
) -> None:
    run(
        app, "add", "there@example.org", "--name", "A", "--role", "admin", typed=PASSWORD, code=None
    )
    said = run(app, *args, typed=typed, code=2 if "owner" in args else 1)
    assert told in said.splitlines()[-1]


def test_the_password_is_asked_twice_at_a_prompt(app: Flask) -> None:
    email = f"typed{next(_numbers)}@example.org"
    told = app.test_cli_runner().invoke(
        args=["users", "add", email, "--name", "Asha", "--role", "admin"],
        input=f"{PASSWORD}\n{PASSWORD}\n",
    )
    assert told.output.endswith(f"{email} can sign in as admin.\n")
    assert PASSWORD not in told.output


def test_a_reset_gives_a_new_password_and_signs_out(app: Flask, member: Member) -> None:
    member.sign_in()
    wait_for(app, Member(app, member.email))
    new = "staple of the horse"
    assert run(app, "reset", member.email, typed=new).startswith(f"{member.email} can sign in")
    assert not member.is_signed_in()
    assert Member(app, member.email).sign_in(new).status_code == 303
    assert member.sign_in().status_code == 422


def test_each_step_is_in_the_audit_and_nothing_secret(app: Flask, member: Member) -> None:
    before = len(steps(app))
    new = "staple of the horse"
    member.sign_in()
    typed = {"password": PASSWORD, "new_password": new, "new_password_again": new}
    member.press(member.open("/moderation/account"), "/account/password", **typed)
    run(app, "reset", member.email, typed=PASSWORD)
    run(app, "disable", member.email)
    run(app, "enable", member.email)
    assert steps(app)[before:] == [
        "signed-in",
        "password-changed",
        "user-reset",
        "user-disabled",
        "user-enabled",
    ]
    with app.app_context():
        audit.verify()
        last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
        person = db.session.scalars(select(Person).filter_by(email=member.email)).one()
        assert last is not None
        assert last.detail == {"of": person.id}


def test_hindi_pages_are_in_hindi(app: Flask, member: Member) -> None:
    hindi = Member(app, member.email, "hi")
    for answer in (hindi.sign_in("wrong password"), hindi.ask("/moderation/sign-in")):
        assert DEVANAGARI.search(only(seen(answer, answer.status_code), "h1").get_text())


def run(app: Flask, *args: str, typed: str | None = None, code: int | None = 0) -> str:
    """What `flask users …` says; `typed` is the password."""
    piped = ["--password-stdin"] if typed else []
    told = app.test_cli_runner().invoke(args=["users", *args, *piped], input=f"{typed}\n")
    assert code is None or told.exit_code == code, told.output
    return told.output


def test_a_busy_database_is_said(app: Flask, member: Member) -> None:
    with app.app_context():
        engine = db.engine
    is_sqlite = engine.dialect.name == "sqlite"
    member.open("/moderation/sign-in")
    with engine.connect() as other:
        other.execute(text("BEGIN IMMEDIATE" if is_sqlite else "LOCK TABLE delay"))
        answer = member.sign_in()
        other.rollback()
    assert answer.status_code == 503
    assert "busy" in answer.get_data(as_text=True)
    assert member.sign_in().status_code == 303
