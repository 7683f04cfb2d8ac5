"""Security headers, the same on every response."""

from __future__ import annotations

from flask import Flask, Response

_POLICY = {
    "default-src": "'none'",
    "object-src": "'none'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

_UNUSED_FEATURES = ("camera", "geolocation", "microphone", "payment", "usb")


def init_app(app: Flask, *, is_production: bool) -> None:
    """Add the headers, and keep them in `app.extensions["headers"]`.

    What is inlined in pages is allowed by its hash.
    """
    assets = app.extensions["assets"]
    policy = _POLICY | {
        "script-src": f"'self' {assets.script_hash()}",
        "style-src": " ".join(assets.style_hashes()),
    }
    headers = {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED_FEATURES),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    if is_production:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"

    app.extensions["headers"] = headers

    @app.after_request
    def secure(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response
