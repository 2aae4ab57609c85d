"""Settings from the environment, typed and checked once at start-up.

`instance/local.env` (made by `make setup`, never committed) fills in what the environment does not say, so
that a local start needs no exports. In production everything comes from the environment.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent
INSTANCE = ROOT / "instance"
MEMORY = "memory"


class SettingsError(SystemExit):
    """Start-up stops here, with a sentence an operator can act on."""


@dataclass(frozen=True)
class Settings:
    """What an installation can choose. `clock_start` is naive Brussels time, for demonstrations only.

    `seal_key` wraps the keys of sealed proposals, `signing_key` is the seed of the Ed25519 key that signs
    receipts and heads: 32 bytes each, in hex. `files` is a folder or a bucket ("s3://name/prefix"); `clamd`
    is "" (no virus scanner), "host:port" or the path of a socket. `jobs_url` is where work for the worker
    waits: a file, "redis://…", or MEMORY (in this process, for tests).
    """

    secret_key: str
    password_salt: str
    seal_key: str
    signing_key: str
    database_url: str
    production: bool = False
    clock_start: datetime | None = None
    mail_backend: str = "folder"
    mail_folder: Path = INSTANCE / "mail"
    mail_sender: str = "Partnerwijzer <noreply@partnerwijzer.example>"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_starttls: bool = False
    base_url: str = "http://127.0.0.1:8000"
    files: str = str(INSTANCE / "files")
    clamd: str = ""
    log: str = "off"
    jobs_url: str = MEMORY


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from PARTNERWIJZER_* variables; raises SettingsError naming what is missing or wrong."""
    given = _local_file() | dict(os.environ if environ is None else environ)

    def read(name: str, default: str = "") -> str:
        return given.get(f"PARTNERWIJZER_{name}", default)

    production = read("ENV", "local") == "production"
    backend = read("MAIL_BACKEND", "folder")
    if backend not in {"folder", "smtp"}:
        raise SettingsError("PARTNERWIJZER_MAIL_BACKEND must be 'folder' or 'smtp'.")
    log = read("LOG", "json" if production else "text")
    if log not in {"json", "text", "off"}:
        raise SettingsError("PARTNERWIJZER_LOG must be 'json', 'text' or 'off'.")
    database_url = read("DATABASE_URL", f"sqlite:///{INSTANCE / 'partnerwijzer.sqlite3'}")
    return Settings(
        secret_key=_required(read("SECRET_KEY"), "SECRET_KEY"),
        password_salt=_required(read("PASSWORD_SALT"), "PASSWORD_SALT"),
        seal_key=_key(read("SEAL_KEY"), "SEAL_KEY"),
        signing_key=_key(read("SIGNING_KEY"), "SIGNING_KEY"),
        database_url=database_url,
        production=production,
        clock_start=_clock(read("CLOCK"), production),
        mail_backend=backend,
        mail_folder=Path(read("MAIL_FOLDER", str(INSTANCE / "mail"))),
        mail_sender=read("MAIL_SENDER", Settings.mail_sender),
        smtp_host=read("SMTP_HOST", Settings.smtp_host),
        smtp_port=_port(read("SMTP_PORT", "25")),
        smtp_user=read("SMTP_USER"),
        smtp_password=read("SMTP_PASSWORD"),
        smtp_starttls=read("SMTP_STARTTLS") == "1",
        base_url=read("BASE_URL", Settings.base_url).rstrip("/"),
        files=read("FILES", Settings.files),
        clamd=read("CLAMD"),
        log=log,
        jobs_url=read("JOBS_URL") or _queue_beside(database_url),
    )


def _queue_beside(database_url: str) -> str:
    """Each SQLite file has its queue beside it: a worker never finds the jobs of another installation."""
    scheme, _, path = database_url.partition(":///")
    if scheme != "sqlite" or not path or path == ":memory:":
        return str(INSTANCE / "jobs.sqlite3")
    return str(Path(path).with_suffix(".jobs.sqlite3"))


def _local_file() -> dict[str, str]:
    path = INSTANCE / "local.env"
    if not path.exists():
        return {}
    pairs = (line.partition("=") for line in path.read_text().splitlines() if "=" in line)
    return {name.strip(): value.strip() for name, _, value in pairs}


def _required(value: str, name: str) -> str:
    if len(value) < 32:
        raise SettingsError(
            f"PARTNERWIJZER_{name} is missing or shorter than 32 characters. "
            "Run 'make setup' for local use, or set it in the environment."
        )
    return value


def _key(value: str, name: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", value):
        raise SettingsError(
            f"PARTNERWIJZER_{name} must be 64 hexadecimal characters (32 bytes). "
            "Run 'make setup' for local use; in production keep it apart from the database and its copies."
        )
    return value


def _clock(value: str, production: bool) -> datetime | None:
    if not value:
        return None
    if production:
        raise SettingsError("PARTNERWIJZER_CLOCK is for demonstrations; it is refused in production.")
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise SettingsError("PARTNERWIJZER_CLOCK must look like 2023-06-01T10:00.") from None


def _port(value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise SettingsError("PARTNERWIJZER_SMTP_PORT must be a port number.")
    return int(value)
