"""The settings an operator may give, read from the environment and checked at start."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

import click

ROOT = Path(__file__).resolve().parent.parent

_HOST = re.compile(r"[\w.-]+|\[[0-9a-f:.]+\]", re.IGNORECASE)


class SettingsError(click.ClickException):
    """A setting has a value that cannot work; the message names it and says what would.

    Like all that can stop a start, click prints it as one sentence, without a traceback.
    """


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, with its environment variable and meaning beside it."""

    public_url: str = field(
        metadata={
            "variable": "REEDH_PUBLIC_URL",
            "default": "http://localhost:PORT",
            "meaning": "Address under which readers reach the site, without a path. "
            "https here means production.",
        }
    )
    instance_path: Path = field(
        metadata={
            "variable": "REEDH_INSTANCE_PATH",
            "default": "instance/ beside app.py",
            "meaning": "Folder for everything the running site writes.",
        }
    )
    host: str = field(
        metadata={
            "variable": "REEDH_HOST",
            "default": "127.0.0.1",
            "meaning": "Network address to listen on; 0.0.0.0 lets other machines reach it.",
        }
    )
    port: int = field(
        metadata={"variable": "PORT", "default": "8000", "meaning": "Port to listen on."}
    )
    processes: int = field(
        metadata={
            "variable": "REEDH_PROCESSES",
            "default": "1",
            "meaning": "Server processes, each with its own copy of the edition.",
        }
    )
    threads: int = field(
        metadata={
            "variable": "REEDH_THREADS",
            "default": "4",
            "meaning": "Blocking threads of each process: a request that waits "
            "holds up one of them, not the readers.",
        }
    )
    service_worker: bool = field(
        metadata={
            "variable": "REEDH_SERVICE_WORKER",
            "default": "on",
            "meaning": "`off` takes the worker and the saved copy back from every phone "
            "that next opens the site.",
        }
    )

    @property
    def is_production(self) -> bool:
        return self.public_url.startswith("https://")


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read and check the settings.

    Raises:
        SettingsError: naming the variable, its value and what is expected.
    """
    _refuse_unknown(environ)
    port = _whole_number(environ, "PORT", 8000, highest=65535)
    return Settings(
        public_url=_origin(environ, "REEDH_PUBLIC_URL", f"http://localhost:{port}"),
        instance_path=_writable_folder(environ, "REEDH_INSTANCE_PATH", ROOT / "instance"),
        host=environ.get("REEDH_HOST") or "127.0.0.1",
        port=port,
        processes=_whole_number(environ, "REEDH_PROCESSES", 1, highest=64),
        threads=_whole_number(environ, "REEDH_THREADS", 4, highest=256),
        service_worker=_switch(environ, "REEDH_SERVICE_WORKER"),
    )


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = {setting.metadata["variable"] for setting in fields(Settings)}
    for name in sorted(environ):
        if name.startswith("REEDH_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else f": {', '.join(sorted(known))} are."
            raise SettingsError(f"{name} is no setting{hint}")


def _whole_number(environ: Mapping[str, str], name: str, default: int, highest: int) -> int:
    text = environ.get(name) or str(default)
    if not (re.fullmatch(r"[0-9]{1,5}", text) and 1 <= int(text) <= highest):
        raise SettingsError(f"{name} is {text!r}: give a whole number from 1 to {highest}.")
    return int(text)


def _switch(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name) or "on"
    if text not in {"on", "off"}:
        raise SettingsError(f"{name} is {text!r}: give on or off.")
    return text == "on"


def _writable_folder(environ: Mapping[str, str], name: str, default: Path) -> Path:
    folder = Path(environ.get(name) or default).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if not writable:
        raise SettingsError(f"{name} is '{folder}': give a folder that can be written.")
    return folder


def _origin(environ: Mapping[str, str], name: str, default: str) -> str:
    text = (environ.get(name) or default).rstrip("/")
    try:
        parts = urlsplit(text)
        valid = (
            parts.scheme in {"http", "https"}
            and text == f"{parts.scheme}://{parts.netloc}"
            and bool(_HOST.fullmatch(re.sub(r":\d+$", "", parts.netloc)))
            and (parts.port or 1) > 0
        )
    except ValueError:
        valid = False
    if not valid:
        raise SettingsError(
            f"{name} is {text!r}: give an address such as https://reedh.example, without a path."
        )
    return text
