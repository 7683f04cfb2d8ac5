"""An index on the disk that is damaged, unreadable or cannot be written is built again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search_index import Answer, Index, Section
from tests.full_disk import full_disk

ASKED = ["nerve", "screw", "nas", "pench", "nervv", "kamar dard", "second"]
SECTIONS = [
    Section("a", "one", {"en": ["First", "The nerve hurts."], "hi": ["पहला", "नस दुखती है।"]}),
    Section("a", "two", {"en": ["Second", "A screw broke."]}),
]
# It ends in an error of the disk when it is read, for root too.
UNREADABLE = Path("/proc/self/mem")

Damage = Callable[[Path], object]


def cut(file: Path, share: float) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: int(share * len(content))])


def flip(file: Path, share: float) -> None:
    content = bytearray(file.read_bytes())
    content[int(share * len(content))] ^= 1
    file.write_bytes(content)


def to_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "inside").touch()


def to_unreadable(file: Path) -> None:
    file.unlink()
    file.symlink_to(UNREADABLE)


def to_another(file: Path) -> None:
    """Put a whole index of other sections in its place."""
    Index(file.parent, SECTIONS[:1])
    (other,) = set(file.parent.iterdir()) - {file}
    other.replace(file)


def damaged(how: Callable[[Path, float], object], share: float) -> Damage:
    return lambda file: how(file, share)


damages: st.SearchStrategy[Damage] = st.builds(
    damaged, st.sampled_from([cut, flip]), st.floats(0, 1, exclude_max=True)
)


def answers(folder: Path) -> list[Answer]:
    index = Index(folder, SECTIONS)
    return [index.search(text) for text in ASKED]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index that nothing has damaged."""
    return tmp_path_factory.mktemp("whole") / "search"


@pytest.fixture(scope="module")
def right(whole: Path) -> list[Answer]:
    return answers(whole)


@settings(max_examples=20)
@given(damages)
@example(damaged(cut, 0))
@example(damaged(cut, 0.5))
@example(Path.unlink)
@example(to_folder)
@example(to_unreadable)
@example(to_another)
def test_after_any_damage_the_next_start_answers_like_a_new_index(
    whole: Path, right: list[Answer], damage: Damage
) -> None:
    with tempfile.TemporaryDirectory() as parent:
        folder = shutil.copytree(whole, Path(parent) / "search")
        (file,) = folder.iterdir()
        damage(file)
        assert answers(folder) == right
        # And the start after that reads what this one has kept.
        built = file.stat().st_ino
        Index(folder, SECTIONS)
        assert [path.stat().st_ino for path in folder.iterdir()] == [built]


def to_file(folder: Path) -> None:
    folder.write_text("a file where the folder belongs")


def to_loop(folder: Path) -> None:
    folder.symlink_to(folder)


@pytest.mark.parametrize("spoil", [to_file, to_loop])
def test_a_folder_that_cannot_be_used_is_told_and_the_search_works(
    right: list[Answer], tmp_path: Path, spoil: Damage, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "search"
    spoil(folder)
    assert answers(folder) == right
    told = f"The search index cannot be kept in {folder} ("
    assert [message.startswith(told) for message in caplog.messages] == [True]


@pytest.mark.parametrize("room", [0, 1000])
def test_a_full_disk_is_told_and_nothing_half_written_stays(
    right: list[Answer], tmp_path: Path, caplog: pytest.LogCaptureFixture, room: int
) -> None:
    with full_disk(room):
        assert answers(tmp_path) == right
    assert caplog.messages == [
        f"The search index cannot be kept in {tmp_path} (File too large): "
        "each start has to build it again."
    ]
    assert list(tmp_path.iterdir()) == []
    assert answers(tmp_path) == right


def test_what_killed_starts_have_left_goes(
    whole: Path, right: list[Answer], tmp_path: Path
) -> None:
    (tmp_path / ".new-abc").write_bytes(b"half a file")
    (tmp_path / ".new-killed").mkdir()
    (tmp_path / ".new-killed" / "_MAIN_1.toc").write_bytes(b"half a file")
    assert answers(tmp_path) == right
    assert [path.name for path in tmp_path.iterdir()] == [path.name for path in whole.iterdir()]


def test_what_is_kept_is_for_the_site_s_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "search"
    Index(folder, SECTIONS)
    (file,) = folder.iterdir()
    assert [path.stat().st_mode & 0o777 for path in (folder, file)] == [0o700, 0o600]
