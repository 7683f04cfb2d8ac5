"""`flask translations update`, `status`, `keep` and `sign`, as translators use them."""

from __future__ import annotations

from datetime import date

import polib
import pytest

from blueprints import sign_off
from blueprints.sign_off import Role
from tests.translating.project import Project
from tests.translating.test_states import COSMETIC, ENGLISH, HINDI, MATERIAL, REVIEWER

SECTION = "why-spine-surgeries-fail/wrong-diagnosis"
TODAY = date(2026, 11, 26)
CATALOG = "hi/LC_MESSAGES/article.po"


def reviewed(project: Project, roles: str = '["clinical", "language"]') -> Project:
    text = REVIEWER.replace('["clinical", "language"]', roles)
    (project.folder / "translations/reviewers.toml").write_text(text, encoding="utf-8")
    return project


def write(project: Project, old: str, new: str) -> None:
    text = project.article.read_text(encoding="utf-8")
    project.article.write_text(text.replace(old, new), encoding="utf-8")


def test_update_says_what_changed_word_by_word_and_whether_it_matters(project: Project) -> None:
    write(project, ENGLISH, MATERIAL)
    told = project.run("update").output
    assert f"{CATALOG}: 1 changed" in told
    assert "material" in told
    assert "[- better-]{+ worse+}" in told
    assert project.run("update").output == "0 catalogs changed.\n"


def test_update_counts_what_is_new_moved_and_removed(project: Project) -> None:
    write(project, f'{{facts="WD-04"}}\n{ENGLISH}\n', "")
    write(project, "## About the author\n", "## About the author\n\nA new paragraph.\n")
    write(project, "{#getting-help", "{#get-help")
    (article,) = [each for each in project.json("update") if "article" in each["catalog"]]
    assert (article["new"], article["removed"], article["changed"]) == (1, 1, [])
    assert article["moved"] > 3


def test_update_check_writes_nothing(project: Project) -> None:
    write(project, ENGLISH, MATERIAL)
    before = project.catalog.read_bytes()
    told = project.run("update", "--check", status=1).output
    assert f"{CATALOG}:1: error: out of date" in told
    assert project.catalog.read_bytes() == before


def test_status_begins_with_what_readers_miss_most(project: Project) -> None:
    project.edit(ENGLISH, MATERIAL)
    told = project.json("status")
    (article,) = [row for row in told["catalogs"] if "article" in row["catalog"]]
    assert (article["stale"], article["missing"], article["current"]) == (1, 0, 0)
    assert article["strings"] == article["unreviewed"] + 1
    first = told["next"][0]
    assert (first["state"], first["words"]) == ("stale-material", len(MATERIAL.split()))
    lines = project.catalog.read_text(encoding="utf-8").splitlines()
    entry = lines[first["line"] - 1 :]
    assert any(MATERIAL in line for line in entry[:8]), "the line leads to the entry"
    shown = project.run("status", "hi").output
    assert "[- better-]{+ worse+}" in shown
    assert shown.count("English words:") == 5


def test_a_language_without_catalogs_is_named_as_such(project: Project) -> None:
    told = project.run("status", "xx", status=2).output
    assert "'xx'" in told
    assert "hi" in told


def id_of_the_change(project: Project) -> str:
    return str(project.json("status")["next"][0]["id"])


def test_a_kept_translation_is_current_again(project: Project) -> None:
    project.edit(ENGLISH, MATERIAL)
    told = project.run("keep", id_of_the_change(project)).output
    assert "[- better-]{+ worse+}" in told
    entry = project.entry(MATERIAL)
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid, entry.tcomment) == (
        HINDI,
        False,
        None,
        "",
    )
    assert HINDI in project.page().get_text()
    assert project.run("update", "--check").output == ""


@pytest.mark.parametrize(("english", "is_signed"), [(COSMETIC, True), (MATERIAL, False)])
def test_sign_offs_outlive_only_a_cosmetic_edit(
    project: Project, english: str, is_signed: bool
) -> None:
    reviewed(project).run("sign", "hi", "--by", "sen", "--role", "clinical")
    project.edit(ENGLISH, english)
    entry = project.entry(english)
    known = project.app().extensions["articles"].judge.reviewers
    assert sign_off.signed(entry, Role.CLINICAL, "hi", known) is None, "not before it is kept"
    project.run("keep", next(each["id"] for each in tasks(project) if each["english"] == english))
    signed = sign_off.signed(project.entry(english), Role.CLINICAL, "hi", known)
    assert (signed is not None) is is_signed


def tasks(project: Project) -> list[dict[str, str]]:
    found: list[dict[str, str]] = project.json("status", "hi")["next"]
    return found


def test_what_cannot_be_kept_is_named(project: Project) -> None:
    assert "0123abcd" in project.run("keep", "0123abcd", status=1).output
    assert project.json("keep", "0123abcd", status=1) == {"kept": [], "missing": ["0123abcd"]}


def test_programs_are_told_what_was_kept_and_signed(project: Project) -> None:
    reviewed(project)
    signed = project.json("sign", "hi", "--by", "sen", "--role", "clinical")
    assert signed["signed"] > 50
    assert signed["unsigned"] == 0
    project.edit(ENGLISH, COSMETIC)
    (id_,) = [each["id"] for each in tasks(project) if each["english"] == COSMETIC]
    (kept,) = project.json("keep", id_)["kept"]
    assert (kept["id"], kept["sign_offs"]) == (id_, 1)
    assert project.run("update", "--check").output == "", "the header counts it again"


@pytest.mark.parametrize(
    ("roles", "by", "role", "why"),
    [
        ('["language"]', "sen", "clinical", "does not let"),
        ('["language"]', "nobody", "language", "not in translations/reviewers.toml"),
        ('["language"]', "sen", "surgical", "is not one of"),
    ],
)
def test_nobody_signs_who_may_not(
    project: Project, roles: str, by: str, role: str, why: str
) -> None:
    before = project.catalog.read_bytes()
    told = reviewed(project, roles).run("sign", "hi", "--by", by, "--role", role, status=2)
    assert why in told.output
    assert project.catalog.read_bytes() == before


def test_a_list_of_reviewers_that_lacks_something_is_refused_by_name(project: Project) -> None:
    file = project.folder / "translations/reviewers.toml"
    file.write_text('[sen]\nname = "Dr A. Sen"\n', encoding="utf-8")
    with pytest.raises(sign_off.ReviewersError, match=r"reviewers\.toml"):
        project.app()


def test_the_header_sums_up_the_sign_offs(project: Project) -> None:
    reviewed(project).run("sign", "hi", "--by", "sen", "--role", "language", "--section", SECTION)
    entries = polib.pofile(str(project.catalog))
    signed = sum(1 for entry in entries if entry.msgctxt == SECTION)
    told = entries.metadata["X-Language-Review"]
    assert told.startswith(f"{signed}/{len(entries)} sen ")
    assert "X-Clinical-Review" not in entries.metadata
    assert project.run("update", "--check").output == ""
    project.change(ENGLISH, msgstr=f"{HINDI} और।")
    assert project.json("status", "hi")["catalogs"][1]["expired"] == 1
    project.run("update")
    assert (
        polib.pofile(str(project.catalog))
        .metadata["X-Language-Review"]
        .startswith(f"{signed - 1}/")
    )


@pytest.mark.parametrize(
    ("before", "after"), [('["clinical", "language"]', '["language"]'), ('["hi"]', '["ur"]')]
)
def test_a_sign_off_holds_only_while_its_reviewer_may_give_it(
    project: Project, before: str, after: str
) -> None:
    reviewed(project).run("sign", "hi", "--by", "sen", "--role", "clinical")
    (project.folder / "translations/reviewers.toml").write_text(
        REVIEWER.replace(before, after), encoding="utf-8"
    )
    assert project.json("status", "hi")["catalogs"][1]["current"] == 0


def test_an_english_fix_is_blocked_by_no_check(project: Project) -> None:
    project.edit(ENGLISH, MATERIAL)
    assert project.run("update", "--check").output == ""
    assert project.run("check", "--strict").output == ""


def test_a_second_signature_replaces_the_first(project: Project) -> None:
    for _ in range(2):
        reviewed(project).run("sign", "hi", "--by", "sen", "--role", "language")
    assert project.entry(ENGLISH).tcomment.count("reviewed:") == 1


def test_every_changed_character_ends_a_sign_off() -> None:
    entry = polib.POEntry(msgctxt="a/b", msgid=ENGLISH, msgstr=HINDI)
    sign_off.sign(entry, "sen", Role.LANGUAGE, TODAY)
    (given,) = sign_off.sign_offs(entry)
    for name in ("msgctxt", "msgid", "msgstr"):
        text = getattr(entry, name)
        for place in range(len(text)):
            setattr(entry, name, f"{text[:place]}x{text[place:]}")
            assert sign_off.digest(entry) != given.digest
        setattr(entry, name, text)
    assert sign_off.digest(entry) == given.digest
