"""The settings an operator may give, read from the environment and checked at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

from blueprints.settings import checks, keys

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, with its environment variable and meaning beside it."""

    public_url: str = field(
        metadata={
            "variable": "REEDH_PUBLIC_URL",
            "default": "http://localhost:PORT",
            "meaning": "Address under which readers reach the site, without a path. "
            "https here means production.",
        }
    )
    instance_path: Path = field(
        metadata={
            "variable": "REEDH_INSTANCE_PATH",
            "default": "instance/ beside app.py",
            "meaning": "Folder for everything the running site writes.",
        }
    )
    host: str = field(
        metadata={
            "variable": "REEDH_HOST",
            "default": "127.0.0.1",
            "meaning": "Network address to listen on; 0.0.0.0 lets other machines reach it.",
        }
    )
    port: int = field(
        metadata={"variable": "PORT", "default": "8000", "meaning": "Port to listen on."}
    )
    processes: int = field(
        metadata={
            "variable": "REEDH_PROCESSES",
            "default": "1",
            "meaning": "Server processes, each with its own copy of the edition.",
        }
    )
    threads: int = field(
        metadata={
            "variable": "REEDH_THREADS",
            "default": "4",
            "meaning": "Threads of each process for live pages; half as many more "
            "take what readers send. The edition needs none.",
        }
    )
    service_worker: bool = field(
        metadata={
            "variable": "REEDH_SERVICE_WORKER",
            "default": "on",
            "meaning": "`off` takes the worker and the saved copy back from every phone "
            "that next opens the site.",
        }
    )

    database_url: str = field(
        metadata={
            "variable": "REEDH_DATABASE_URL",
            "default": "a SQLite file in the instance folder",
            "meaning": "Where questions are kept: "
            "postgresql://user:password@host/name for PostgreSQL.",
        }
    )
    secret_key: str = field(
        repr=False,
        metadata={
            "variable": "REEDH_SECRET_KEY",
            "default": "made at the first start, in the instance folder",
            "meaning": "Signs cookies and form tokens: at least 32 characters, "
            "the same on every node.",
        },
    )
    grievance_contact: str = field(
        metadata={
            "variable": "REEDH_GRIEVANCE_CONTACT",
            "default": "none",
            "meaning": "Whom readers may complain to about their data: a name with a phone number "
            "or an address. Without it a production site takes no questions.",
        }
    )

    retention_days: int = field(
        metadata={
            "variable": "REEDH_RETENTION_DAYS",
            "default": "365",
            "meaning": "How many days the text of a question is kept after its decision. "
            "The running site erases daily what is older.",
        }
    )

    queue_limit: int = field(
        metadata={
            "variable": "REEDH_QUEUE_LIMIT",
            "default": "20000",
            "meaning": "How many questions may wait for a decision, half of them held as spam. "
            "Above that, askers are told to send later, and phones keep the text.",
        }
    )
    free_disk_mb: int = field(
        metadata={
            "variable": "REEDH_FREE_DISK_MB",
            "default": "100",
            "meaning": "Megabytes that must be free on SQLite's disk. With less, no question is "
            "taken; readers and moderators are served as before.",
        }
    )

    limits_url: str = field(
        metadata={
            "variable": "REEDH_LIMITS_URL",
            "default": "memory://",
            "meaning": "Where requests are counted: redis://host:6379 for more than one process.",
        }
    )
    trusted_proxies: int = field(
        metadata={
            "variable": "REEDH_TRUSTED_PROXIES",
            "default": "0",
            "meaning": "How many proxies stand before the site and tell, by X-Forwarded-For, "
            "where a request comes from.",
        }
    )

    smtp_url: str = field(
        repr=False,
        metadata={
            "variable": "REEDH_SMTP_URL",
            "default": "none",
            "meaning": "The server that takes mail to askers: smtp://user:password@host:587, "
            "or smtps://. Without it the form asks for no e-mail address.",
        },
    )
    mail_from: str = field(
        metadata={
            "variable": "REEDH_MAIL_FROM",
            "default": "reedh@ the host of REEDH_PUBLIC_URL",
            "meaning": "Address that the mail comes from.",
        }
    )
    queue_mail: str = field(
        metadata={
            "variable": "REEDH_QUEUE_MAIL",
            "default": "daily",
            "meaning": "When moderators are told by mail that questions wait: `immediate`, `daily` "
            "or `off`. The mail says how many, and nothing of what was asked.",
        }
    )
    contact_keys: tuple[str, ...] = field(
        repr=False,
        metadata={
            "variable": "REEDH_CONTACT_KEYS",
            "default": "made at the first start, in the instance folder",
            "meaning": "Encrypt e-mail addresses: keys of `flask mail new-key` with commas "
            "between, the newest first, the same on every node.",
        },
    )

    @property
    def is_production(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def takes_questions(self) -> bool:
        """Whether there is somebody to complain to, which only a site on trial may lack."""
        return bool(self.grievance_contact) or not self.is_production


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read and check the settings.

    Raises:
        SettingsError: naming the variable, its value and what is expected.
    """
    checks.refuse_unknown(environ, {setting.metadata["variable"] for setting in fields(Settings)})
    port = checks.whole_number(environ, "PORT", 8000, highest=65535)
    # A SQLite file of another name may lie there as well.
    database_file = (environ.get("REEDH_DATABASE_URL") or "").rpartition("/")[2].partition("?")[0]
    instance = checks.private_folder(
        environ, "REEDH_INSTANCE_PATH", ROOT / "instance", {database_file} - {""}
    )
    processes = checks.whole_number(environ, "REEDH_PROCESSES", 1, highest=64)
    public_url = checks.origin(environ, "REEDH_PUBLIC_URL", f"http://localhost:{port}")
    sqlite = f"sqlite:///{instance / 'reedh.sqlite3'}"
    return Settings(
        public_url=public_url,
        instance_path=instance,
        host=environ.get("REEDH_HOST") or "127.0.0.1",
        port=port,
        processes=processes,
        threads=checks.whole_number(environ, "REEDH_THREADS", 4, highest=256),
        service_worker=checks.switch(environ, "REEDH_SERVICE_WORKER"),
        database_url=checks.database(environ, "REEDH_DATABASE_URL", sqlite),
        secret_key=keys.secret(environ, "REEDH_SECRET_KEY", instance / "secret-key"),
        grievance_contact=(environ.get("REEDH_GRIEVANCE_CONTACT") or "").strip(),
        retention_days=checks.whole_number(environ, "REEDH_RETENTION_DAYS", 365, highest=36500),
        queue_limit=checks.whole_number(environ, "REEDH_QUEUE_LIMIT", 20000, highest=99999),
        free_disk_mb=checks.whole_number(
            environ, "REEDH_FREE_DISK_MB", 100, lowest=0, highest=10**8
        ),
        limits_url=checks.limits(environ, "REEDH_LIMITS_URL", processes),
        trusted_proxies=checks.whole_number(
            environ, "REEDH_TRUSTED_PROXIES", 0, lowest=0, highest=9
        ),
        smtp_url=checks.smtp(environ, "REEDH_SMTP_URL"),
        mail_from=checks.mail_address(
            environ, "REEDH_MAIL_FROM", f"reedh@{urlsplit(public_url).hostname}"
        ),
        queue_mail=checks.one_of(
            environ, "REEDH_QUEUE_MAIL", "daily", {"immediate", "daily", "off"}
        ),
        contact_keys=keys.fernet_keys(environ, "REEDH_CONTACT_KEYS", instance / "contact-keys"),
    )
