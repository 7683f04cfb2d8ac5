"""The tables of the analysis: one file, read here and by the browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "rules.json"
RULES: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
