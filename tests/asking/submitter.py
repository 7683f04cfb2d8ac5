"""Phones in threads: each sends its question again, the same, until the server says it has it."""

from __future__ import annotations

import json
import random
import secrets
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address
from threading import Event, Thread
from urllib.parse import urlencode

from blueprints.questions import receipts

JSON = {"Accept": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ANSWER_SECONDS = 15
WAIT_SECONDS = 0.05
HANGS_UP = 0.05


class Connection:
    """A connection with the cookie and the token that a form needs."""

    def __init__(self, port: int) -> None:
        self._http = HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
        self._cookie = {"Cookie": ""}
        self._token = ""

    def fetch_token(self) -> None:
        self._http.request("GET", "/token", headers=JSON)
        answer = self._http.getresponse()
        body = answer.read()
        if answer.status == 200:
            self._cookie["Cookie"] = (answer.headers["Set-Cookie"] or "").partition(";")[0]
            self._token = json.loads(body)["csrf_token"]

    def send(self, receipt: str, text: str) -> None:
        fields = {"question": text, "consent": "y", "receipt": receipt, "csrf_token": self._token}
        # Behind a proxy, each question is from a network of its own, and none is too many.
        network = {"X-Forwarded-For": str(IPv4Address(secrets.randbits(32)))}
        headers = JSON | FORM | self._cookie | network
        self._http.request("POST", "/en/ask", urlencode(fields), headers)

    def answer(self) -> tuple[int, bytes]:
        answer: HTTPResponse = self._http.getresponse()
        return answer.status, answer.read()

    def close(self) -> None:
        self._http.close()


class Submitter(Thread):
    """Asks one question after the other; `acknowledged` has the text for each receipt's hash."""

    def __init__(self, port: int, seed: str) -> None:
        super().__init__()
        self.acknowledged: dict[str, str] = {}
        self.answers: Counter[int] = Counter()
        self._chance = random.Random(seed)  # noqa: S311 (a failure can be repeated)
        self._connection = Connection(port)
        self._is_over = Event()

    def run(self) -> None:
        while not self._is_over.is_set():
            receipt = receipts.make()
            text = f"{receipt} {'दर्द ' * self._chance.randrange(400)}".strip()
            while not (self._is_over.is_set() or self._is_taken(receipt, text)):
                self._is_over.wait(WAIT_SECONDS)
        self._connection.close()

    def stop(self) -> None:
        self._is_over.set()
        self.join()

    def _is_taken(self, receipt: str, text: str) -> bool:
        try:
            self._connection.fetch_token()
            self._connection.send(receipt, text)
            if self._chance.random() < HANGS_UP:
                time.sleep(self._chance.uniform(0, WAIT_SECONDS))
                self._connection.close()
                return False
            status, body = self._connection.answer()
        except (OSError, HTTPException):
            self._connection.close()
            return False
        self.answers[status] += 1
        receipt_hash = receipts.hash_of(receipt)
        if status not in {200, 201} or json.loads(body)["receipt_hash"] != receipt_hash:
            return False
        self.acknowledged[receipt_hash] = text
        return True
