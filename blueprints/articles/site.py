"""How reading joins the application."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("articles", __name__)
