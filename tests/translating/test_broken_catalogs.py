"""Catalogs that cannot be used: every command tells all of their faults, and none writes a loss."""

from __future__ import annotations

import gettext
import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.cli import FlaskGroup

from blueprints.catalogs import CatalogError, CompileError, compile_messages, examined
from blueprints.meaning import Edits
from tests.translating.project import Project

MESSAGES, ARTICLE = "messages.po", "article.po"
BLANK = "#\n"  # the comment on a file that says nothing

# In which catalog, what stands there, what somebody typed, and what is said of it.
BROKEN = [
    (MESSAGES, "charset=UTF-8", "charset=ISO-8859-1", "charset=UTF-8"),
    (MESSAGES, 'msgstr "यह पेज नहीं मिला"', "msgstr यह पेज नहीं मिला", 'Type " before the text'),
    (MESSAGES, "सुनें: %(heading)s", "सुनें: %(शीर्षक)s", "%(heading)s"),
    (ARTICLE, "nplurals=2", "nplurals=3", "nplurals=2; plural="),
    (ARTICLE, 'msgstr "शीर्षक"', "msgstr “शीर्षक”", 'Type " before the text'),
]


def run(project: Project, *args: str) -> Result:
    """Run a command as the command line does, which makes the application for it."""
    return CliRunner().invoke(FlaskGroup(create_app=project.app), args, prog_name="flask")


def catalog(project: Project, name: str) -> Path:
    return project.catalog.with_name(name)


def spoil(project: Project, name: str, right: str, wrong: str) -> None:
    file = catalog(project, name)
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")


@pytest.fixture
def broken(project: Project) -> Project:
    project.change("Why spine surgeries fail", msgstr="शीर्षक")
    for name, right, wrong, _ in BROKEN:
        spoil(project, name, right, wrong)
    spoil(project, ARTICLE, "।", ".")  # which breaks no page
    return project


def lines(output: str) -> dict[str, str]:
    """What is told, by file and line."""
    found = re.findall(r"(\w+\.po:\d+): (.*(?:\n    .*)?)", output)
    return dict(found)


@pytest.mark.parametrize("command", ["check", "update", "status"])
def test_every_command_tells_all_faults_and_what_to_type(broken: Project, command: str) -> None:
    before = {name: catalog(broken, name).read_bytes() for name in (MESSAGES, ARTICLE)}
    result = run(broken, "translations", command)
    assert result.exit_code == 1
    told = lines(result.output)
    for name, _, wrong, hint in BROKEN:
        number = before[name].decode().split(wrong)[0].count("\n") + 1
        near = [told.get(f"{name}:{line}", "") for line in range(number - 4, number + 1)]
        assert any(hint in each for each in near), (name, number, told)
    assert {name: catalog(broken, name).read_bytes() for name in before} == before
    assert ("error: sentence-end:" in result.output) is (command == "check")


def test_every_other_command_says_so_and_does_nothing(broken: Project) -> None:
    with pytest.raises(CatalogError) as refused:
        broken.app()
    assert refused.value.message.count("\n") + 1 == len(BROKEN), "a sentence for each"
    for command in ("serve", "users"):
        result = run(broken, command)
        assert (result.exit_code, result.output) == (1, f"Error: {refused.value.message}\n")


# -- one catalog at a time --

EDITS = Edits.for_project(Path("translations"))


@pytest.fixture
def faults(tmp_path: Path) -> Callable[..., list[tuple[int, str]]]:
    """The line and code of each fault of a catalog with this header and text."""

    def found(header: str, text: str, language: str = "hi") -> list[tuple[int, str]]:
        file = tmp_path / language / "LC_MESSAGES" / MESSAGES
        file.parent.mkdir(parents=True)
        file.write_text(f'msgid ""\nmsgstr ""\n{header}\n\n{text}\n', encoding="utf-8")
        return [(fault.line, fault.code) for fault in examined(file, EDITS)[1]]

    return found


ENTRY = 'msgid "a"\nmsgstr "b"'
PLURAL = 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] "b"'
UTF_8 = '"Content-Type: text/plain; charset=UTF-8\\n"'


@pytest.mark.parametrize(
    ("charset", "is_right"),
    [
        ("charset=UTF-8", True),
        ("charset=utf8", True),
        ("charset=ISO-8859-1", False),
        ("charset=windows-1252", False),
        ("charset=UTF-16", False),
        ("charset=CHARSET", False),
        ("charset=", False),
        ("charset=UTF-8; charset=latin-1", False),
        ("", False),
    ],
)
def test_the_charset_is_utf_8(
    faults: Callable[..., list[tuple[int, str]]], charset: str, is_right: bool
) -> None:
    told = faults(f'"Content-Type: text/plain; {charset}\\n"', ENTRY)
    assert told == ([] if is_right else [(3 if charset else 1, "header")])


@pytest.mark.parametrize(
    ("language", "forms", "is_right"),
    [
        ("hi", "nplurals=2; plural=(n==0 || n==1 ? 0 : 1);", True),
        ("hi", "nplurals=2; plural=n > 1;", True),
        ("hi", "nplurals=2; plural=(n != 1);", False),
        ("hi", "nplurals=2; plural=n > 1 ? 0 : 1;", False),
        ("hi", "nplurals=1; plural=0;", False),
        ("hi", "nplurals=3; plural=n > 1;", False),
        ("hi", "nplurals=2; plural=n > ;", False),
        ("hi", "nplurals=2; plural=n / 0;", False),
        ("hi", "nplurals=INTEGER; plural=EXPRESSION;", False),
        ("mr", "nplurals=2; plural=n != 1;", True),
        ("mr", "nplurals=2; plural=n > 1;", False),
        ("ja", "nplurals=1; plural=0;", True),
        ("ja", "nplurals=2; plural=n != 1;", False),
    ],
)
def test_plural_forms_are_those_of_the_language(
    faults: Callable[..., list[tuple[int, str]]], language: str, forms: str, is_right: bool
) -> None:
    told = faults(f'{UTF_8}\n"Plural-Forms: {forms}\\n"', ENTRY, language)
    assert told == ([] if is_right else [(4, "header")])


def test_plural_forms_are_needed_where_there_is_a_plural(
    faults: Callable[..., list[tuple[int, str]]],
) -> None:
    assert faults(UTF_8, PLURAL) == [(1, "header")]


# -- compiled catalogs --


@pytest.fixture
def translations(tmp_path: Path) -> Path:
    """A folder with one catalog."""
    file = tmp_path / "translations/hi/LC_MESSAGES" / MESSAGES
    file.parent.mkdir(parents=True)
    file.write_text(f'msgid ""\nmsgstr ""\n{UTF_8}\n\n{ENTRY}\n', encoding="utf-8")
    return tmp_path / "translations"


@pytest.mark.parametrize("damage", ["empty", "cut in half", "nonsense", "unreadable", "link"])
def test_a_damaged_compiled_catalog_is_written_anew(translations: Path, damage: str) -> None:
    compiled = translations.with_name("compiled")
    compile_messages(translations, compiled, EDITS)
    (file,) = compiled.rglob("*.mo")
    whole = file.read_bytes()
    match damage:
        case "empty":
            file.write_bytes(b"")
        case "cut in half":
            file.write_bytes(whole[: len(whole) // 2])
        case "nonsense":
            file.write_bytes(b"nonsense")
        case "unreadable":
            file.chmod(0)
        case _:
            file.unlink()
            file.symlink_to(compiled / "nowhere")
    compile_messages(translations, compiled, EDITS)
    assert file.read_bytes() == whole
    assert gettext.GNUTranslations(io.BytesIO(whole)).gettext("a") == "b"


def test_what_a_killed_start_left_behind_goes(translations: Path) -> None:
    compiled = translations.with_name("compiled")
    compile_messages(translations, compiled, EDITS)
    (file,) = compiled.rglob("*.mo")
    old, new = (file.with_name(f"{file.name}.{number}") for number in (1, 2))
    for each in (old, new):
        each.write_bytes(b"half")
    os.utime(old, (0, 0))
    compile_messages(translations, compiled, EDITS)
    assert {each.name for each in file.parent.iterdir()} == {file.name, new.name}


@pytest.mark.parametrize("there", ["a file for a folder", "a folder for a file", "no place"])
def test_one_sentence_says_why_nothing_can_be_compiled(translations: Path, there: str) -> None:
    compiled = translations.with_name("compiled")
    if there == "a file for a folder":
        compiled.write_text("")
    elif there == "a folder for a file":
        (compiled / "hi/LC_MESSAGES/messages.mo/in").mkdir(parents=True)
    else:
        compiled = Path("/proc/none")
    with pytest.raises(CompileError, match=r"cannot be written: .+\. Make room") as refused:
        compile_messages(translations, compiled, EDITS)
    assert "\n" not in refused.value.message


def test_update_keeps_what_is_said_of_the_whole_file(project: Project) -> None:
    text = project.catalog.read_text(encoding="utf-8")
    project.catalog.write_text(f"# translated by Asha\n{text}#below\n", encoding="utf-8")
    assert run(project, "translations", "update").exit_code == 0
    kept = project.catalog.read_text(encoding="utf-8")
    assert kept == f"# translated by Asha\n#\n# below\n{text.removeprefix(BLANK)}"
