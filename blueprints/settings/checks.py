"""What a value must be like; each check says what would do instead."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import click
import idna
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from blueprints import private

_HOST = re.compile(r"[\w.-]+|\[[0-9a-f:.]+\]", re.ASCII)
_HOST_AND_PORT = re.compile(r"^(.*?)((?::\d+)?)$")


class SettingsError(click.ClickException):
    """A setting has a value that cannot work; the message names it and says what would.

    Like all that can stop a start, click prints it as one sentence, without a traceback.
    """


def refuse_unknown(environ: Mapping[str, str], known: Collection[str]) -> None:
    for name in sorted(environ):
        if name.startswith("REEDH_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else f": {', '.join(sorted(known))} are."
            raise SettingsError(f"{name} is no setting{hint}")


def whole_number(
    environ: Mapping[str, str], name: str, default: int, *, lowest: int = 1, highest: int
) -> int:
    text = environ.get(name) or str(default)
    if not (re.fullmatch(r"[0-9]{1,9}", text) and lowest <= int(text) <= highest):
        raise SettingsError(f"{name} is {text!r}: give a whole number from {lowest} to {highest}.")
    return int(text)


def one_of(environ: Mapping[str, str], name: str, default: str, known: Collection[str]) -> str:
    text = environ.get(name) or default
    if text not in known:
        raise SettingsError(f"{name} is {text!r}: give {' or '.join(sorted(known))}.")
    return text


def switch(environ: Mapping[str, str], name: str) -> bool:
    return one_of(environ, name, "on", {"on", "off"}) == "on"


def private_folder(
    environ: Mapping[str, str], name: str, default: Path, also_kept: Collection[str]
) -> Path:
    """The folder, made if it is missing, and closed to other users of the machine.

    `also_kept` are files of the site that it may hold beside the usual ones.
    """
    folder = Path(environ.get(name) or default)
    try:
        folder = folder.resolve()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        private.close_folder(folder, also_kept)
        is_effective = os.access in os.supports_effective_ids
        is_usable = os.access(folder, os.R_OK | os.W_OK | os.X_OK, effective_ids=is_effective)
    except (OSError, RuntimeError):  # RuntimeError: links that lead in a circle
        is_usable = False
    if not is_usable:
        raise SettingsError(f"{name} is '{folder}': give a folder that can be written.")
    return folder


def origin(environ: Mapping[str, str], name: str, default: str) -> str:
    """The address in ASCII: a host such as रीढ़.भारत as it stands in the domain name system."""
    text = (environ.get(name) or default).rstrip("/")
    try:
        parts = urlsplit(text)
        host, port = _HOST_AND_PORT.findall(parts.netloc)[0]
        ascii_host = _ascii_host(host)
        valid = (
            parts.scheme in {"http", "https"}
            and text.lower() == f"{parts.scheme}://{parts.netloc}".lower()
            and bool(_HOST.fullmatch(ascii_host))
            and (parts.port or 1) > 0
        )
    except idna.IDNAError as error:
        raise SettingsError(f"{name} is {text!r}: no host can have that name ({error}).") from error
    except ValueError:
        valid = False
    if not valid:
        raise SettingsError(
            f"{name} is {text!r}: give an address such as https://reedh.example, without a path."
        )
    return f"{parts.scheme}://{ascii_host}{port}"


def database(environ: Mapping[str, str], name: str, default: str) -> str:
    text = environ.get(name) or default
    # The short form names SQLAlchemy's older driver.
    text = re.sub(r"^postgres(?:ql)?://", "postgresql+psycopg://", text)
    try:
        valid = make_url(text).drivername in {"sqlite", "postgresql+psycopg"}
    except ArgumentError:
        valid = False
    if not valid:  # the value may hold a password, so it is not repeated
        raise SettingsError(
            f"{name}: give an address such as postgresql://user:password@host/name, "
            "or sqlite:////folder/file."
        )
    return text


def limits(environ: Mapping[str, str], name: str, processes: int) -> str:
    text = environ.get(name) or "memory://"
    if not re.fullmatch(r"memory://|(?:redis|rediss|valkey)://\S+", text):
        raise SettingsError(f"{name}: give an address such as redis://host:6379, or memory://.")
    if processes > 1 and text == "memory://":
        raise SettingsError(
            f"{name} is memory://, which one process alone can count in: "
            "with REEDH_PROCESSES above 1 give an address such as redis://host:6379."
        )
    return text


def smtp(environ: Mapping[str, str], name: str) -> str:
    text = environ.get(name) or ""
    try:
        parts = urlsplit(text)
        valid = parts.scheme in {"smtp", "smtps"} and parts.hostname and (parts.port or 1) > 0
    except ValueError:
        valid = False
    if text and not (valid and not parts.path.strip("/") and not parts.query):
        # The value may hold a password, so it is not repeated.
        raise SettingsError(f"{name}: give an address such as smtp://user:password@host:587.")
    return text


def mail_address(environ: Mapping[str, str], name: str, default: str) -> str:
    """The address with its domain in ASCII, as not every mail server takes another."""
    text = environ.get(name) or default
    mailbox, _, domain = text.partition("@")
    try:
        domain = _ascii_host(domain)
    except idna.IDNAError:
        domain = ""
    if not (re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", f"{mailbox}@{domain}") and mailbox.isascii()):
        raise SettingsError(
            f"{name} is {text!r}: give an address such as reedh@reedh.example, "
            "with Latin letters before the @."
        )
    return f"{mailbox}@{domain}"


def _ascii_host(host: str) -> str:
    """The host as it stands in the domain name system (IDNA 2008).

    Raises:
        IDNAError: there can be none of that name.
    """
    if not host.isascii():
        return idna.encode(host, uts46=True).decode()
    if "xn--" in host.lower():
        idna.decode(host)
    return host.lower()
