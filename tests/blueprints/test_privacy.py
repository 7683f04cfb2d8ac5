"""Every promise of the notice to askers names the code and the test that keep it."""

from __future__ import annotations

import ast
import pkgutil
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask

from app import ROOT
from blueprints.questions import receipts
from tests.blueprints.conftest import on_disk
from tests.page import check as checked
from tests.ready import ready

DAYS = 40
CONTACT = "Dr A, 0124 000000"
SENTENCE_ENDS = re.compile(r"(?<=[.?!।])\s+")
NUMBER = re.compile(r"\d+")


class Kept(NamedTuple):
    """By which code a promise is kept, and which tests try that."""

    code: tuple[str, ...]
    tests: tuple[str, ...]


def kept(*names: str) -> Kept:
    return Kept(
        tuple(name for name in names if "::" not in name),
        tuple(name for name in names if "::" in name),
    )


# Where a sentence only tells what others do or what the law says, it is here with nobody's code.
NOT_OURS = {
    "This notice is a draft.",
    "A lawyer has not checked it yet.",
    "You need give no reason.",
    "Then a parent or guardian must ask, and agree.",
    "If that does not help, you may complain to the Data Protection Board of India.",
    "The Digital Personal Data Protection Act of 2023 gives you this right.",
    "It also gives you the right to see and correct what we keep.",
}
WHOM = kept(
    "blueprints.settings.settings:Settings.takes_questions",
    "blueprints/test_questions.py::test_a_site_that_names_nobody_to_complain_to_takes_no_questions",
)
PROMISES = {
    "Your question, and your name if you give one.": kept(
        "blueprints.questions.intake:take",
        "blueprints/test_questions.py::test_a_question_is_asked_without_scripts",
    ),
    "Clinicians read it to answer it, and the people who run this site can see it.": kept(
        "blueprints.people.access:require",
        "moderation/test_roles.py::test_a_route_is_open_to_those_who_may_and_to_nobody_else",
    ),
    "Your e-mail address, if you give one: encrypted, for one mail: that there is an answer, or "
    "that there will be none.": kept(
        "blueprints.sealing:seal",
        "blueprints.mail.delivery:deliver_due",
        "blueprints/test_mail.py::test_an_address_lies_encrypted",
        "blueprints/test_mail.py::test_whoever_gave_an_address_is_told_and_the_address_is_erased",
    ),
    "Then it is erased.": kept(
        "blueprints.mail.delivery:_forget",
        "blueprints.questions.erasure:purge",
        "blueprints/test_mail.py::test_whoever_gave_an_address_is_told_and_the_address_is_erased",
        "blueprints/test_mail.py::test_after_three_days_a_mail_is_given_up",
        "blueprints/test_erasure.py::test_a_question_is_erased_by_the_day_of_its_decision",
    ),
    "The day and time it came, its language, and this notice as you saw it.": kept(
        "blueprints.questions.notice:version_shown",
        "blueprints.questions.notice:record",
        "blueprints/test_notice.py::test_a_form_tells_the_notice_of_its_language",
        "blueprints/test_notice.py::test_an_earlier_notice_stays_known_and_its_text_is_kept",
        "blueprints/test_notice.py::test_a_notice_that_was_never_shown_is_not_kept_as_shown",
    ),
    "They show that you agreed.": kept(
        "blueprints.questions.form:AskForm.validate_consent",
        "blueprints/test_questions.py::test_what_is_wrong_is_said_and_the_text_is_kept",
    ),
    "A code made from your number, by which you find your question again.": kept(
        "blueprints.questions.receipts:hash_of",
        "blueprints/test_questions.py::test_a_number_is_read_as_people_type_it",
    ),
    "We do not keep the number itself.": kept(
        "blueprints.questions.receipts:hash_of",
        "blueprints/test_privacy.py::test_neither_the_number_nor_whence_it_came_is_kept",
    ),
    "Who did what with your question here, and when.": kept(
        "blueprints.audit.chain:record",
        "moderation/test_deciding.py::test_every_step_stands_in_the_audit",
    ),
    "No word of it stands there.": kept(
        "blueprints.models:AuditEntry",
        "moderation/test_canary.py::test_nothing_of_deciding_is_told_whatever_becomes_of_it",
    ),
    "This record is never erased.": kept(
        "blueprints.models:AuditEntry",
        "blueprints/test_audit.py::test_the_database_refuses_to_change_or_remove_an_entry",
    ),
    "We do not keep with a question from which phone or internet address it came.": kept(
        "blueprints.models:Question",
        "blueprints/test_privacy.py::test_neither_the_number_nor_whence_it_came_is_kept",
    ),
    "Against floods of questions, we count how many come from one connection, and how often one "
    "text comes.": kept(
        "blueprints.questions.lanes:count",
        "asking/test_lanes.py::test_300_patients_behind_one_address_are_accepted_and_none_is_held",
        "asking/test_lanes.py::test_a_text_that_comes_again_and_again_is_held",
    ),
    "These counts are kept for a day at most, under codes that change daily.": kept(
        "blueprints.counts:Counts",
        "blueprints.limits:keyed_today",
        "blueprints/test_counts.py::test_nothing_is_counted_for_longer_than_a_day",
        "blueprints/test_counts.py::test_what_is_counted_has_another_code_each_day",
        "asking/test_lanes.py::test_redis_forgets_within_a_day_too",
    ),
    "Only a version from which a clinician has taken out names, numbers and places, together with "
    "its answer.": kept(
        "blueprints.moderation.steps:publish",
        "moderation/test_deciding.py::test_a_question_is_cleaned_answered_checked_and_published",
        "moderation/test_deciding.py::test_nothing_is_published_that_was_not_looked_at",
    ),
    "We answer publicly or not at all.": kept(
        "blueprints.mail.message:message",
        "blueprints/test_mail.py::test_whoever_gave_an_address_is_told_and_the_address_is_erased",
    ),
    f"Until it is answered or declined, and {DAYS} days after that.": kept(
        "blueprints.questions.erasure:kept_since",
        "blueprints/test_erasure.py::test_a_question_is_erased_by_the_day_of_its_decision",
        "blueprints/test_erasure.py::test_an_answer_that_is_revised_keeps_no_question_longer",
    ),
    "Within one more day your text, name and e-mail address are erased.": kept(
        "blueprints.questions.erasure:TASK",
        "blueprints.upkeep:Upkeep",
        "blueprints/test_erasure.py::"
        "test_it_is_done_at_the_start_and_daily_and_again_soon_when_it_failed",
        "blueprints/test_erasure.py::test_the_running_site_erases_at_its_start_and_empties_the_log",
    ),
    "What was published stays, unless you withdraw it.": kept(
        "blueprints.models:Question.erase",
        "blueprints/test_erasure.py::test_a_question_is_erased_by_the_day_of_its_decision",
    ),
    "Open “My questions” with your number and press “Withdraw”.": kept(
        "blueprints.questions.mine:look_up",
        "blueprints/test_questions.py::"
        "test_a_withdrawn_question_is_erased_and_a_late_copy_is_not_stored",
    ),
    "The text, your name, your e-mail address and what was published are then erased at once: "
    "nobody finds them here any more.": kept(
        "blueprints.questions.erasure:withdraw",
        "blueprints.changes:remove",
        "blueprints/test_questions.py::"
        "test_a_withdrawn_question_is_erased_and_a_late_copy_is_not_stored",
        "blueprints/test_mail.py::test_withdrawing_erases_the_unsent_mail",
        "blueprints/test_following.py::test_readers_see_an_answer_until_it_is_taken_back",
        "moderation/test_deciding.py::test_a_withdrawal_takes_drafts_and_the_answer_along",
    ),
    "Phones that keep the answer delete it when they next open this site on the internet.": kept(
        "blueprints.questions.published:removals",
        "offline/test_updating.py::test_a_removed_answer_leaves_the_phone_at_the_next_visit",
    ),
    "In the files of our server, remains can stay until they are overwritten, and in backups until "
    "those are deleted.": kept(
        "blueprints.remains:remove",
        "blueprints/test_questions.py::test_a_withdrawn_text_is_in_no_file_of_the_database",
        "blueprints/test_erasure.py::"
        "test_a_withdrawn_text_leaves_the_log_when_a_reader_has_ended_also_after_a_restart",
        "blueprints/test_erasure.py::test_the_running_site_erases_at_its_start_and_empties_the_log",
    ),
    "The code, the day, the language, the notice and the record stay, so that a late copy is not "
    "kept again.": (
        kept(
            "blueprints.models:Question.withdraw",
            "blueprints/test_questions.py::"
            "test_a_withdrawn_question_is_erased_and_a_late_copy_is_not_stored",
        )
    ),
    f"First to us: {CONTACT}": WHOM,
    "This is a site on trial: nobody is named yet.": WHOM,
}

WITH_ALL = {
    "REEDH_RETENTION_DAYS": str(DAYS),
    "REEDH_GRIEVANCE_CONTACT": CONTACT,
    "REEDH_SMTP_URL": "smtp://localhost",
}
ON_TRIAL = {"REEDH_RETENTION_DAYS": str(DAYS)}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Flask]]:
    """One with mail and somebody to complain to, one with neither: together they say everything."""
    with ExitStack() as opened:
        yield [
            opened.enter_context(
                ready({"REEDH_INSTANCE_PATH": str(tmp_path_factory.mktemp("site"))} | settings)
            )
            for settings in (WITH_ALL, ON_TRIAL)
        ]


def notice(app: Flask, language: str) -> list[list[str]]:
    """The sentences of each paragraph and list item of the page."""
    path = f"/{language}/privacy"
    page = checked(path, app.test_client().get(path))
    told = page.select("main p:not(.way), main li")
    return [SENTENCE_ENDS.split(" ".join(each.get_text().split())) for each in told]


def test_every_promise_names_what_keeps_it(sites: list[Flask]) -> None:
    told = {sentence for app in sites for each in notice(app, "en") for sentence in each}
    named = NOT_OURS | set(PROMISES)
    assert told - named == set(), "name the code and the test that keep it"
    assert named - told == set(), "this is promised no more"


def test_every_language_promises_the_same(sites: list[Flask]) -> None:
    for app in sites:
        for language in set(app.extensions["languages"]) - {"en"}:
            pairs = zip(notice(app, "en"), notice(app, language), strict=True)
            for english, other in pairs:
                assert len(english) == len(other), (english, other)
                for promise, told in zip(english, other, strict=True):
                    assert NUMBER.findall(told) == NUMBER.findall(promise), (promise, told)


@pytest.mark.parametrize("promise", PROMISES)
def test_what_keeps_a_promise_is_there(promise: str) -> None:
    code, tests = PROMISES[promise]
    assert code
    assert tests
    for name in code:
        assert pkgutil.resolve_name(name)
    for name in tests:
        file, _, test = name.partition("::")
        assert test in _tests(ROOT / "tests" / file), name


def _tests(file: Path) -> set[str]:
    found = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in found.body if isinstance(node, ast.FunctionDef)}


def test_neither_the_number_nor_whence_it_came_is_kept(sites: list[Flask]) -> None:
    app = sites[0]
    client = app.test_client()
    receipt, browser, address = receipts.make(), f"Browser/{receipts.make()}", "198.51.100.77"
    token: Any = client.get("/token").json
    data = {"question": "Will my back hurt?", "consent": "y", "receipt": receipt, **token}
    headers = {"Accept": "application/json", "User-Agent": browser}
    told = client.post("/en/ask", data=data, headers=headers, environ_base={"REMOTE_ADDR": address})
    assert told.status_code == 201
    written = on_disk(Path(app.config["REEDH"].instance_path))
    assert receipts.hash_of(receipt).encode() in written
    for secret in (receipt, receipts.in_groups(receipt), browser, address):
        assert secret.encode() not in written
