"""Requests per second against gunicorn with two workers on loopback."""

import http.client
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

import psutil
from flask.sessions import SecureCookieSessionInterface

from bench.pages import Page
from config import ROOT
from tools.throwaway_postgres import free_port

SECONDS = 2.0


class Server:
    """A gunicorn of its own on a free port, ended when the block ends."""

    def __init__(self, database: Path) -> None:
        self.port = free_port()
        self.environment = {**os.environ, "BENCH_DATABASE": str(database)}

    def __enter__(self) -> "Server":
        command = [str(Path(sys.executable).with_name("gunicorn")), "bench.server:app", "--preload"]
        options = ["-w", "2", "-k", "gthread", "--threads", "4", "-b", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            [*command, *options, "--log-level", "error"], cwd=ROOT, env=self.environment
        )
        for _ in range(100):
            try:
                self.get("/healthz", "")
                return self
            except OSError:
                time.sleep(0.1)
        raise SystemExit("gunicorn did not start")

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, path: str, cookie: str, connection: http.client.HTTPConnection | None = None) -> int:
        connection = connection or self.connect()
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        response = connection.getresponse()
        response.read()
        return response.status

    def memory(self) -> float:
        """Megabytes of resident memory of gunicorn and its workers."""
        parent = psutil.Process(self.process.pid)
        return sum(one.memory_info().rss for one in [parent, *parent.children()]) / 1e6


def cookie_for(user: str | None) -> str:
    """A signed session cookie, as signing in would set it."""
    if user is None:
        return ""
    from bench.server import app

    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    return f"session={serializer.dumps({'_user_id': user, '_fresh': True, 'fs_cc': 'set'})}"


def throughput(server: Server, page: Page, clients: int) -> float:
    """Answered requests per second with so many clients, each on one kept-alive connection."""
    cookie, answered, stop = cookie_for(page.user), [0] * clients, time.perf_counter() + SECONDS

    def visit(index: int) -> None:
        connection = server.connect()
        while time.perf_counter() < stop:
            if server.get(page.path, cookie, connection) != 200:
                return
            answered[index] += 1

    threads = [threading.Thread(target=visit, args=(index,)) for index in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered) / SECONDS
