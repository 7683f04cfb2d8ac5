"""The cookies of people who sign in. Readers get none of them."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, current_app, request


def read(purpose: str) -> str:
    return request.cookies.get(_name(purpose), "")


def write(response: Response, purpose: str, value: str, keep: timedelta) -> None:
    response.set_cookie(
        _name(purpose),
        value,
        max_age=keep,
        path="/",
        secure=_is_production(),
        httponly=True,
        samesite="Strict",
    )


def remove(response: Response, purpose: str) -> None:
    response.delete_cookie(
        _name(purpose), path="/", secure=_is_production(), httponly=True, samesite="Strict"
    )


def _name(purpose: str) -> str:
    # By this prefix a browser takes it from this very host alone, over https, for all paths.
    return f"__Host-reedh-{purpose}" if _is_production() else f"reedh-{purpose}"


def _is_production() -> bool:
    return bool(current_app.config["REEDH"].is_production)
