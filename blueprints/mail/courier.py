"""Sends what waits in the database, beside the requests."""

from __future__ import annotations

import time
from threading import Thread

from flask import Flask

from blueprints.mail import delivery, notices, smtp

_EVERY_SECONDS = 15


def start(app: Flask) -> None:
    """Look for mail that is due from now on, if there is a server to give it to."""
    if app.config["REEDH"].smtp_url:
        Thread(target=_work, args=(app,), name="mail", daemon=True).start()


def _work(app: Flask) -> None:
    while True:
        with app.app_context():
            try:
                smtp.get_to_know(app.config["REEDH"].smtp_url)
                delivery.deliver_due()
                notices.tell_moderators()
            except Exception as error:
                # Its text may repeat an address; its kind tells a closed port from a refusal.
                app.logger.warning("The mail waits: %s", type(error).__name__)
        time.sleep(_EVERY_SECONDS)
