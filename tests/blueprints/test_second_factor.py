"""The second factor, and what production asks of whoever signs in, on both databases."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from cryptography.fernet import Fernet
from flask import Flask

from app import create_app
from blueprints.database import db
from blueprints.people import require
from tests.page import only
from tests.people import PASSWORD, Member, add, alert, all_kept, fields, have_tried, seen, steps
from tests.ready import ready

_numbers = itertools.count(1)
LONG_AGO = 0  # a time step


@pytest.fixture(scope="module")
def app(settings: dict[str, str]) -> Iterator[Flask]:
    with ready(settings) as app:
        yield app


@pytest.fixture(scope="module")
def production(app: Flask, settings: dict[str, str]) -> Iterator[Flask]:
    """The same site, reached by https."""
    made = create_app(settings | {"REEDH_PUBLIC_URL": "https://localhost"})

    @made.post("/moderation/notes")
    @require()
    def notes() -> str:
        return "noted"

    with made.app_context():
        engine = db.engine
    yield made
    engine.dispose()


@pytest.fixture
def member(app: Flask) -> Member:
    return add(app, f"member{next(_numbers)}@example.org")


@pytest.fixture
def secret(member: Member) -> str:
    """That of a member who has set the second factor up, and used a code long ago."""
    member.sign_in()
    secret, _codes = member.set_up()
    member.change(totp_step=LONG_AGO)
    member.sign_out()
    return secret


def codes_around(secret: str) -> list[str]:
    """Of the half minute before, of this one and of the next."""
    return [code_in(secret, seconds) for seconds in (-30, 0, 30)]


def code_in(secret: str, seconds: int) -> str:
    return pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=seconds))


def test_a_code_is_asked_for_after_the_password(member: Member, secret: str) -> None:
    answer = member.sign_in(to="/moderation/account")
    assert answer.location == "/moderation/code?next=/moderation/account"
    halfway = member.cookie("reedh-moderator")
    assert not member.is_signed_in(), "the password alone opens nothing"
    shown = member.open(answer.location)
    field = only(shown, "#code")
    assert (field["autocomplete"], field["inputmode"]) == ("one-time-code", "numeric")
    assert member.prove(shown, pyotp.TOTP(secret).now()).location == "/moderation/account"
    assert member.is_signed_in()
    assert member.cookie("reedh-moderator") not in {"", halfway}


def test_clocks_may_differ_by_half_a_minute(member: Member, secret: str) -> None:
    for seconds in (-30, 0, 30):
        member.sign_in()
        shown = member.open("/moderation/code")
        # Twice, as the half minute may end between making a code and its arrival.
        tries = (member.prove(shown, code_in(secret, seconds)) for _ in range(2))
        assert any(answer.status_code == 303 for answer in tries)
        member.sign_out()
    member.sign_in()
    shown = member.open("/moderation/code")
    assert alert(seen(member.prove(shown, code_in(secret, 90)), 422))


def test_a_code_is_taken_once_and_no_earlier_one_after_it(
    app: Flask, member: Member, secret: str
) -> None:
    earlier, now, later = codes_around(secret)
    member.sign_in()
    assert member.prove(member.open("/moderation/code"), now).status_code == 303
    thief = Member(app, member.email)
    thief.sign_in()
    for code in (now, earlier):
        assert member.is_signed_in()
        assert thief.prove(thief.open("/moderation/code"), code).status_code == 422
    assert thief.prove(thief.open("/moderation/code"), later).status_code == 303


def test_a_code_sent_twice_at_once_is_taken_once(app: Flask, member: Member, secret: str) -> None:
    members = [Member(app, member.email) for _ in range(4)]
    for each in members:
        each.sign_in()
    shown = [each.open("/moderation/code") for each in members]
    code = pyotp.TOTP(secret).now()
    with ThreadPoolExecutor(4) as pool:
        told = pool.map(lambda each, page: each.prove(page, code).status_code, members, shown)
        assert sorted(told) == [303, 422, 422, 422]


def test_digits_in_devanagari_and_with_spaces_are_digits(member: Member, secret: str) -> None:
    code = pyotp.TOTP(secret).now().translate(str.maketrans("0123456789", "०१२३४५६७८९"))
    member.sign_in()
    shown = member.open("/moderation/code")
    assert member.prove(shown, f" {code[:3]} {code[3:]}").status_code == 303


def test_a_recovery_code_lets_in_once(app: Flask, member: Member) -> None:
    member.sign_in()
    _secret, codes = member.set_up()
    assert len(set(codes)) == 10
    for typed in (codes[0], codes[1].lower().replace(" ", "-").replace("0", "o")):
        phone = Member(app, member.email)
        phone.sign_in()
        assert phone.prove(phone.open("/moderation/code"), typed).status_code == 303
        again = Member(app, member.email)
        again.sign_in()
        assert again.prove(again.open("/moderation/code"), typed).status_code == 422
    shown = member.open("/moderation/account")
    assert "8 recovery codes left" in only(shown, "#second-step").get_text()


def test_a_recovery_code_of_somebody_else_is_worth_nothing(app: Flask, member: Member) -> None:
    other = add(app, f"other{next(_numbers)}@example.org")
    for each in (member, other):
        each.sign_in()
    _secret, codes = member.set_up()
    other.set_up()
    other.sign_out()
    other.sign_in()
    assert other.prove(other.open("/moderation/code"), codes[0]).status_code == 422


def test_new_recovery_codes_replace_the_old_ones_after_the_password(
    app: Flask, member: Member
) -> None:
    member.sign_in()
    _secret, old = member.set_up()
    shown = member.open("/moderation/account")
    assert alert(seen(member.press(shown, "/recovery-codes", password="wrong"), 422))  # noqa: S106
    made = seen(member.press(shown, "/recovery-codes", password=PASSWORD))
    new = [each.get_text() for each in made.select(".codes li")]
    phone = Member(app, member.email)
    phone.sign_in()
    assert phone.prove(phone.open("/moderation/code"), old[0]).status_code == 422
    assert phone.prove(phone.open("/moderation/code"), new[0]).status_code == 303


def test_setting_it_up_asks_for_the_password_and_a_right_code(member: Member) -> None:
    member.sign_in()
    shown = member.open("/moderation/set-up")
    secret = only(shown, "#secret").get_text().replace(" ", "")
    assert f"secret={secret}" in str(only(shown, "main ol a")["href"])
    right = pyotp.TOTP(secret).now()
    wrong = "000000" if right != "000000" else "000001"
    assert alert(seen(member.press(shown, "/set-up", password="wrong", code=right), 422))  # noqa: S106
    again = seen(member.press(shown, "/set-up", password=PASSWORD, code=wrong), 422)
    assert only(again, "#secret").get_text().replace(" ", "") == secret, "the same key"
    assert member.person().totp_secret is None
    seen(member.press(again, "/set-up", password=PASSWORD, code=right))
    assert member.is_signed_in()
    assert member.person().totp_secret is not None


def test_setting_it_up_signs_out_everywhere_else(app: Flask, member: Member) -> None:
    phone = Member(app, member.email)
    for each in (member, phone):
        each.sign_in()
    member.set_up()
    assert (member.is_signed_in(), phone.is_signed_in()) == (True, False)


def test_who_owes_a_code_cannot_set_up_another(member: Member, secret: str) -> None:
    member.sign_in()
    assert member.ask("/moderation/set-up").location == "/moderation/code"
    shown = member.open("/moderation/code")
    token = fields(shown.select("main form")[0])
    typed = token | {"password": PASSWORD, "code": pyotp.TOTP(secret).now()}
    assert member.ask("/moderation/set-up", "POST", data=typed).status_code == 403
    assert not member.is_signed_in()


def test_the_second_step_waits_a_quarter_of_an_hour(member: Member, secret: str) -> None:
    member.sign_in(to="/moderation/account")
    shown = member.open("/moderation/code?next=/moderation/account")
    member.age(created_at=datetime.now(UTC) - timedelta(minutes=16))
    code = pyotp.TOTP(secret).now()
    again = seen(member.prove(shown, code), 403)
    assert only(again, "main [name=next]")["value"] == "/moderation/account"
    member.press(again, "/sign-in", email=member.email, password=PASSWORD)
    assert member.prove(member.open("/moderation/code"), code).status_code == 303


def test_wrong_codes_wait_longer_and_longer(app: Flask, member: Member, secret: str) -> None:
    member.sign_in()
    shown = member.open("/moderation/code")
    assert [member.prove(shown, "000000").status_code for _ in range(5)] == [422] * 5
    have_tried(app, 12)
    assert member.prove(shown, "000000").status_code == 422
    late = member.prove(shown, code_in(secret, 0))
    assert late.status_code == 429
    assert 128 < int(late.headers["Retry-After"]) <= 256
    have_tried(app, 12)
    assert member.prove(shown, code_in(secret, 0)).status_code == 303


@pytest.mark.parametrize("email", ["code {id}", "code {id} ", "code", "try code {id}"])
def test_no_address_that_somebody_types_is_counted_as_a_code(
    app: Flask, member: Member, secret: str, email: str
) -> None:
    id_ = member.person().id
    member.sign_in()
    stranger = Member(app, email.format(id=id_))
    stranger.sign_in("guess")
    have_tried(app, 12)
    assert [stranger.sign_in("guess").status_code for _ in range(2)] == [422, 429]
    member.client.delete_cookie("reedh-device")
    shown = member.open("/moderation/code")
    assert member.prove(shown, code_in(secret, 0)).status_code == 303


def test_a_code_with_a_stale_token_is_asked_for_again(member: Member, secret: str) -> None:
    member.sign_in()
    code = pyotp.TOTP(secret).now()
    shown = seen(member.ask("/moderation/code", "POST", data={"code": code}), 400)
    assert member.prove(shown, code).status_code == 303


def test_a_reset_takes_the_second_factor_away(app: Flask, member: Member, secret: str) -> None:
    assert f"{member.email}\tmoderator\tactive\tsecond factor" in listed(app)
    told = app.test_cli_runner().invoke(
        args=["users", "reset", member.email, "--password-stdin"], input=f"{PASSWORD}\n"
    )
    assert told.exit_code == 0, told.output
    assert member.sign_in().location == "/moderation/"
    assert secret not in all_kept(app)


def test_secrets_and_codes_are_kept_sealed_or_hashed(app: Flask, member: Member) -> None:
    member.sign_in()
    secret, codes = member.set_up()
    kept = all_kept(app)
    for known in (secret, *codes, *(code.replace(" ", "") for code in codes)):
        assert known not in kept


def test_a_rotated_key_still_opens_second_factors(
    app: Flask, member: Member, secret: str, settings: dict[str, str]
) -> None:
    keys = (Path(settings["REEDH_INSTANCE_PATH"]) / "contact-keys").read_text().strip()
    new = Fernet.generate_key().decode()
    both = create_app(settings | {"REEDH_CONTACT_KEYS": f"{new},{keys}"})
    told = both.test_cli_runner().invoke(args=["mail", "rotate-keys"])
    assert told.exit_code == 0, told.output
    rotated = create_app(settings | {"REEDH_CONTACT_KEYS": new})
    phone = Member(rotated, member.email)
    phone.sign_in()
    assert phone.prove(phone.open("/moderation/code"), pyotp.TOTP(secret).now()).status_code == 303
    back = create_app(settings | {"REEDH_CONTACT_KEYS": f"{keys},{new}"})
    assert back.test_cli_runner().invoke(args=["mail", "rotate-keys"]).exit_code == 0
    for each in (both, rotated, back):
        with each.app_context():
            db.engine.dispose()


def test_production_leads_to_the_second_factor_and_opens_nothing_without(
    production: Flask, member: Member
) -> None:
    moderator = Member(production, member.email, scheme="https")
    assert moderator.sign_in(to="/moderation/account").location == (
        "/moderation/set-up?next=/moderation/account"
    )
    for path in ("/moderation/account", "/moderation/account/password", "/moderation/notes"):
        answer = moderator.ask(path, "POST" if path != "/moderation/account" else "GET")
        assert answer.status_code in {302, 403}
        assert "noted" not in answer.get_data(as_text=True)
    shown = moderator.open("/moderation/set-up?next=/moderation/account")
    assert not shown.select("main [name=password]"), "it was given a moment ago"
    secret = only(shown, "#secret").get_text().replace(" ", "")
    done = seen(moderator.press(shown, "/set-up", code=pyotp.TOTP(secret).now()))
    assert len(done.select(".codes li")) == 10
    assert only(done, "main a.button")["href"] == "/moderation/account"
    assert moderator.is_signed_in()


def test_what_was_sent_is_carried_through_both_steps(production: Flask, member: Member) -> None:
    moderator = Member(production, member.email, scheme="https")
    refused = seen(moderator.ask("/moderation/notes", "POST", data={"word": "नमस्ते"}), 403)
    answer = moderator.press(refused, "/sign-in", email=member.email, password=PASSWORD)
    shown = seen(answer)
    secret = only(shown, "#secret").get_text().replace(" ", "")
    done = seen(moderator.press(shown, "/set-up", code=pyotp.TOTP(secret).now()))
    form = only(done, 'form[action="/moderation/notes"]')
    assert fields(form)["word"] == "नमस्ते"
    assert moderator.press(done, "/notes").get_data(as_text=True) == "noted"


def test_production_s_cookies_are_sent_to_this_host_by_https_alone(
    production: Flask, member: Member
) -> None:
    moderator = Member(production, member.email, scheme="https")
    page = moderator.ask("/moderation/sign-in")
    cookies = [
        *page.headers.getlist("Set-Cookie"),
        *moderator.sign_in().headers.getlist("Set-Cookie"),
    ]
    assert {each.split("=")[0] for each in cookies} == {"__Host-reedh", "__Host-reedh-moderator"}
    for cookie in cookies:
        told = set(cookie.split("; "))
        assert {"Secure", "HttpOnly", "Path=/"} <= told
        assert told & {"SameSite=Strict", "SameSite=Lax"}
        assert "Domain" not in cookie
        assert "SameSite=Strict" in told or cookie.startswith("__Host-reedh=")


def test_each_step_is_in_the_audit(app: Flask, member: Member) -> None:
    before = len(steps(app))
    member.sign_in()
    member.set_up()
    member.change(totp_step=LONG_AGO)
    shown = member.open("/moderation/account")
    member.press(shown, "/recovery-codes", password=PASSWORD)
    assert steps(app)[before:] == ["signed-in", "second-factor-set", "recovery-codes-made"]


def listed(app: Flask) -> str:
    told = app.test_cli_runner().invoke(args=["users", "list"])
    return str(told.output)
