"""Run a command against a PostgreSQL server of its own on loopback, removed afterwards.

    python -m tools.throwaway_postgres pytest …

Uses the server that Debian's package `postgresql` brings (installed here when it is missing and we may).
PostgreSQL refuses to run as root, so root runs it as the user `postgres`.
"""

import glob
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

INSTALLED = "/usr/lib/postgresql/*/bin/initdb"


def binaries() -> Path:
    """The folder with initdb and pg_ctl; installs Debian's package when there is none."""
    if not _found() and shutil.which("apt-get") and os.geteuid() == 0:
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", "postgresql"]):
            subprocess.run(["apt-get", "-qq", *arguments], check=False, stdout=subprocess.DEVNULL)
    found = _found()
    if found is None:
        raise SystemExit("PostgreSQL is nodig: apt-get install postgresql")
    return found


def _found() -> Path | None:
    places = sorted(glob.glob(INSTALLED)) or [path for path in [shutil.which("initdb")] if path]
    return Path(places[-1]).parent if places else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main(command: list[str]) -> int:
    tools, port = binaries(), free_port()
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="partnerwijzer-pg-"))
    if as_user:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        [*as_user, str(tools / "initdb"), "-D", str(data), "-U", "test", "-A", "trust", "-E", "UTF8"],
        **quiet,  # type: ignore[call-overload]
    )
    server = [*as_user, str(tools / "pg_ctl"), "-D", str(data), "-w"]
    try:
        subprocess.run([*server, "-o", options, "-l", str(folder / "log"), "start"], **quiet)  # type: ignore[call-overload]
        url = f"postgresql+psycopg://test@127.0.0.1:{port}/postgres"
        return subprocess.call(command, env={**os.environ, "PARTNERWIJZER_TEST_DATABASE_URL": url})
    finally:
        subprocess.run(
            [*server, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd=folder
        )
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
