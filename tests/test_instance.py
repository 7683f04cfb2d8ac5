"""The files that the site keeps: for its user alone, and one sentence where one is broken."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from app import create_app
from blueprints import database, private, settings
from blueprints.database import db
from blueprints.settings import SettingsError
from tests.full_disk import full_disk
from tests.ordinary_user import ordinary_user

KEYS = {"REEDH_SECRET_KEY": "secret-key", "REEDH_CONTACT_KEYS": "contact-keys"}


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    yield
    os.umask(before)


@contextmanager
def running(environ: dict[str, str]) -> Iterator[None]:
    """A site that has opened its database, so that its log and the log's index are there."""
    app = create_app(environ)
    with app.app_context():
        database.upgrade()
        yield
        db.engine.dispose()


def modes(*folders: Path) -> set[tuple[str, int]]:
    """Folder or file, and mode, of everything that is there."""
    found = [path for folder in folders for path in [folder, *folder.rglob("*")]]
    return {
        ("folder" if path.is_dir() else "file", stat.S_IMODE(path.stat().st_mode)) for path in found
    }


PRIVATE = {("folder", 0o700), ("file", 0o600)}


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_files_are_for_the_site_s_user_alone_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    instance = tmp_path / "made" / "instance"
    with umask(mask), running({"REEDH_INSTANCE_PATH": str(instance)}):
        names = {path.name for path in instance.iterdir()}
        assert {"reedh.sqlite3", "reedh.sqlite3-wal", "reedh.sqlite3-shm"} <= names
        assert {*KEYS.values(), "search", "translations"} <= names
        assert modes(instance) == PRIVATE


def test_modes_that_were_open_are_mended_at_start(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    environ = {"REEDH_INSTANCE_PATH": str(instance)}
    with running(environ):
        for path in [instance, *instance.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        with running(environ):
            assert modes(instance) == PRIVATE


def test_what_its_own_user_may_not_read_is_mended() -> None:
    with ordinary_user(), tempfile.TemporaryDirectory() as instance:
        environ = {"REEDH_INSTANCE_PATH": instance}
        settings.from_environment(environ)
        (Path(instance) / "search").mkdir()
        for path in Path(instance).iterdir():
            path.chmod(0o000)
        settings.from_environment(environ)
        assert modes(Path(instance)) == PRIVATE


def test_a_database_outside_the_instance_folder_is_closed_and_its_folder_left(
    tmp_path: Path,
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    elsewhere.chmod(0o755)
    environ = {
        "REEDH_INSTANCE_PATH": str(tmp_path / "instance"),
        "REEDH_DATABASE_URL": f"sqlite:///{elsewhere}/questions.db",
    }
    with umask(0), running(environ):
        assert len(list(elsewhere.iterdir())) == 3
        assert modes(elsewhere) == {("folder", 0o755), ("file", 0o600)}


def test_a_database_of_another_name_is_no_file_of_others(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "lost+found").mkdir()
    environ = {"REEDH_INSTANCE_PATH": str(tmp_path), "REEDH_DATABASE_URL": "sqlite:///other.db"}
    with running(environ), running(environ):
        assert (tmp_path / "other.db-wal").exists()
        assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_a_folder_that_others_use_is_not_closed_and_that_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "of-somebody-else").touch()
    settings.from_environment({"REEDH_INSTANCE_PATH": str(tmp_path)})
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert [f"in {tmp_path}, which is not for the site alone" in said for said in caplog.messages]


def test_a_mode_that_cannot_be_changed_is_said(caplog: pytest.LogCaptureFixture) -> None:
    with ordinary_user():
        private.close(Path("/etc/passwd"))
    assert caplog.messages == [
        "Other users of this machine may be able to read /etc/passwd, and its mode cannot be set: "
        "Operation not permitted."
    ]


def of_zeros(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def to_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def to_unreadable(file: Path) -> None:
    file.unlink()
    file.symlink_to("/proc/self/mem")


BROKEN: list[Callable[[Path], object]] = [
    lambda file: file.write_bytes(b""),
    lambda file: file.write_bytes(b"\n"),
    lambda file: file.write_bytes(file.read_bytes()[:20]),
    lambda file: file.write_bytes(b"\xff\xfe\x00" * 20),
    lambda file: file.write_text("नमस्ते", encoding="utf-8"),
    of_zeros,
    to_folder,
    to_unreadable,
]


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("setting", KEYS)
def test_a_broken_key_file_is_named_with_its_setting_and_not_repeated(
    tmp_path: Path, setting: str, broken: Callable[[Path], object]
) -> None:
    environ = {"REEDH_INSTANCE_PATH": str(tmp_path)}
    made = settings.from_environment(environ)
    file = tmp_path / KEYS[setting]
    broken(file)
    with pytest.raises(SettingsError) as refused:
        settings.from_environment(environ)
    assert refused.value.message.startswith(f"{setting}: {file} ")
    for key in (made.secret_key, *made.contact_keys):
        assert key[:20] not in refused.value.message


def test_keys_are_made_once_and_leave_nothing_beside(tmp_path: Path) -> None:
    environ = {"REEDH_INSTANCE_PATH": str(tmp_path)}
    first = settings.from_environment(environ)
    (tmp_path / ".secret-key-killed").write_text("half")
    again = settings.from_environment(environ)
    assert (again.secret_key, again.contact_keys) == (first.secret_key, first.contact_keys)
    assert {path.name for path in tmp_path.iterdir()} == set(KEYS.values())


def test_several_keys_are_read_with_a_line_for_each(tmp_path: Path) -> None:
    keys = [Fernet.generate_key().decode() for _ in range(2)]
    (tmp_path / "contact-keys").write_text("\n".join(keys))
    made = settings.from_environment({"REEDH_INSTANCE_PATH": str(tmp_path)})
    assert made.contact_keys == tuple(keys)


def test_a_full_disk_at_the_first_start_is_told(tmp_path: Path) -> None:
    with full_disk(), pytest.raises(SettingsError) as refused:
        create_app({"REEDH_INSTANCE_PATH": str(tmp_path)})
    assert refused.value.message == (
        f"REEDH_SECRET_KEY: {tmp_path}/secret-key cannot be read or made (File too large). Mend "
        "it, give REEDH_SECRET_KEY itself, or give another folder as REEDH_INSTANCE_PATH."
    )
    assert list(tmp_path.iterdir()) == []


def circle(folder: Path) -> None:
    folder.symlink_to(folder)


@pytest.mark.parametrize("spoil", [Path.touch, circle])
def test_an_instance_folder_that_is_none_is_named(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    instance = tmp_path / "instance"
    spoil(instance)
    for path in (instance, instance / "below"):
        with pytest.raises(SettingsError, match=r"^REEDH_INSTANCE_PATH is '.*': give a folder"):
            create_app({"REEDH_INSTANCE_PATH": str(path)})


def test_an_instance_folder_of_another_user_is_named() -> None:
    with ordinary_user(), pytest.raises(SettingsError, match=r"^REEDH_INSTANCE_PATH is '/usr'"):
        settings.from_environment({"REEDH_INSTANCE_PATH": "/usr"})
