"""Lighthouse on every page of the edition, mobile, median of five runs.

`make lighthouse` prints, for each page: the four scores, LCP and TBT in milliseconds, CLS.
Paths given as arguments are the only ones measured. Exits 1 if a page misses the goals of
docs/architecture.md.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from app import create_app
from blueprints import edition
from tests.browsing import chromium
from tests.serving import serving

HERE = Path(__file__).parent

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = {
    "LCP": "largest-contentful-paint",
    "TBT": "total-blocking-time",
    "CLS": "cumulative-layout-shift",
}
GOALS = {"LCP": 1000, "TBT": 20, "CLS": 0}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def main() -> int:
    runs = int(os.environ.get("RUNS", "5"))
    pages = [
        path
        for path, made in edition.publisher(create_app()).edition.resources.items()
        if made.content_type.startswith("text/html") and path in (sys.argv[1:] or [path])
    ]
    print(f"{'page':44}" + "".join(f"{name[:13]:>15}" for name in (*CATEGORIES, *METRICS)))
    met = True
    with serving() as address:
        for path in pages:
            results = [_measure(address + path) for _ in range(runs)]
            median = {name: statistics.median(run[name] for run in results) for name in results[0]}
            met &= _meets_goals(median)
            print(
                f"{path:44}" + "".join(f"{value:>15.4g}" for value in median.values()), flush=True
            )
    return 0 if met else 1


def _measure(url: str) -> dict[str, float]:
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        found = _audit(url, Path(report.name))
    scores = {name: 100 * found["categories"][name]["score"] for name in CATEGORIES}
    timings = {name: found["audits"][audit]["numericValue"] for name, audit in METRICS.items()}
    return scores | timings


def _audit(url: str, report: Path, attempts: int = 3) -> dict[str, Any]:
    """Run Lighthouse; where Chromium failed to record a trace, again."""
    command = [
        str(HERE / "node_modules/.bin/lighthouse"),
        url,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--chrome-flags={FLAGS}",
        f"--only-categories={','.join(CATEGORIES)}",
    ]
    environment = os.environ | {"CHROME_PATH": chromium()}
    for _ in range(attempts):
        ended = subprocess.run(command, check=False, env=environment, capture_output=True)
        if ended.returncode == 0:
            found: dict[str, Any] = json.loads(report.read_text())
            return found
    raise RuntimeError(ended.stderr.decode())


def _meets_goals(median: dict[str, float]) -> bool:
    perfect = all(median[name] == 100 for name in CATEGORIES)
    return perfect and all(median[name] <= goal for name, goal in GOALS.items())


if __name__ == "__main__":
    sys.exit(main())
