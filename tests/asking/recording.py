"""What SQLite does to files, in its order, recorded below everything that is ours.

Driver, engine, pragmas and SQLite itself are production's: the recorder is registered in the very
library that Python's driver uses, as a copy of its own file layer in which opening, deleting,
writing, truncating and synchronising go through here.
"""

from __future__ import annotations

import _sqlite3
import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, addressof, byref, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Write:
    file: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """From here on, all that was done to the file before is on the disk."""

    file: str


@dataclass(frozen=True, slots=True)
class Delete:
    file: str
    is_synced: bool


Step = Write | Truncate | Sync | Delete

OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class Layer(ctypes.Structure):
    """sqlite3_vfs, https://www.sqlite.org/c3ref/vfs.html: how files are opened and deleted."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", OPEN),
        ("delete", DELETE),
        ("others", c_void_p * 14),
    )


class Methods(ctypes.Structure):
    """sqlite3_io_methods, https://www.sqlite.org/c3ref/io_methods.html: those of an open file."""

    _fields_ = (
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", WRITE),
        ("truncate", TRUNCATE),
        ("sync", SYNC),
        ("others", c_void_p * 13),
    )


@contextmanager
def recording(folder: Path) -> Iterator[list[Any]]:
    """Record what is done in `folder` to files opened from now on; close them before the end."""
    recorder = _recorder()
    recorder.folder, recorder.steps = folder, []
    recorder.become_default()
    try:
        yield recorder.steps
    finally:
        recorder.step_back()


class Recorder:
    def __init__(self) -> None:
        self.folder = Path()
        self.steps: list[Any] = []
        self._names: dict[int, str] = {}
        # SQLite knows the tables by address only; here they stay alive.
        self._tables: dict[int, Methods] = {}
        self._sqlite = ctypes.CDLL(_sqlite3.__file__)
        self._sqlite.sqlite3_vfs_find.restype = POINTER(Layer)
        self._below: Layer = self._sqlite.sqlite3_vfs_find(None).contents
        assert self._below.version == 3, "another SQLite than this was written for"
        self._layer = Layer.from_buffer_copy(self._below)
        self._layer.name = b"recorder"
        self._layer.open = OPEN(self._open)
        self._layer.delete = DELETE(self._delete)

    def become_default(self) -> None:
        self._sqlite.sqlite3_vfs_register(byref(self._layer), 1)

    def step_back(self) -> None:
        self._sqlite.sqlite3_vfs_register(byref(self._below), 1)

    def _open(self, _layer: int, path: int, file: int, flags: int, chosen: int) -> int:
        failed: int = self._below.open(addressof(self._below), path, file, flags, chosen)
        methods = c_void_p.from_address(file)  # the first field of any open file
        if methods.value and path:
            self._names[file] = ctypes.string_at(path).decode()
            if methods.value not in self._tables:
                self._tables[methods.value] = self._recorded(methods.value)
            methods.value = addressof(self._tables[methods.value])
        return failed

    def _recorded(self, address: int) -> Methods:
        below = Methods.from_address(address)
        table = Methods.from_buffer_copy(below)

        def write(file: int, data: int, size: int, offset: int) -> int:
            failed: int = below.write(file, data, size, offset)
            self._record(failed, self._names[file], Write, offset, ctypes.string_at(data, size))
            return failed

        def truncate(file: int, size: int) -> int:
            failed: int = below.truncate(file, size)
            self._record(failed, self._names[file], Truncate, size)
            return failed

        def sync(file: int, flags: int) -> int:
            failed: int = below.sync(file, flags)
            self._record(failed, self._names[file], Sync)
            return failed

        table.write, table.truncate, table.sync = WRITE(write), TRUNCATE(truncate), SYNC(sync)
        return table

    def _delete(self, _layer: int, path: bytes, is_synced: int) -> int:
        failed: int = self._below.delete(addressof(self._below), path, is_synced)
        self._record(failed, path.decode(), Delete, bool(is_synced))
        return failed

    def _record(self, failed: int, path: str, step: type[Step], *rest: object) -> None:
        if not failed and Path(path).parent == self.folder:
            self.steps.append(step(Path(path).name, *rest))  # type: ignore[arg-type]


@cache
def _recorder() -> Recorder:
    """The one of this process: SQLite may keep a file's methods as long as it runs."""
    return Recorder()
