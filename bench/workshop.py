"""`make load-workshop`: a hall of phones that all write at once, against gunicorn on the embedded database.

Prints notes per second, and the median and 95th percentile beside an empty request under the same load in
the same run: read the ratios, not the milliseconds. Ends with an error when a note is lost.

    python -m bench.workshop [phones] [notes per phone]
"""

import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from urllib.parse import urlencode

from flask_migrate import upgrade
from sqlalchemy import func, select

from app import create_app
from app.domain.timeline import Phase
from app.infra.database import db
from app.workshops import services
from app.workshops.models import Note, NoteGroup, Workshop
from app.workshops.policy import NOTES_PER_MINUTE
from config import ROOT, Settings
from tests import factories as make
from tests.secrets import SECRETS, as_environment
from tools.throwaway_postgres import free_port

WORRIES = (
    "geen rijbewijs",
    "te weinig kinderopvang in de buurt",
    "lange wachtlijsten bij de psycholoog",
    "de bus rijdt niet op zondag",
    "spreekt onvoldoende Nederlands",
    "schulden bij de energieleverancier",
    "diploma wordt niet erkend",
    "huurprijzen zijn te hoog",
    "weet niet waar hulp te vinden is",
    "werkgevers willen geen deeltijds werk",
    "heeft thuis geen computer",
    "schaamte om hulp te vragen",
)
WAYS = ("{}", "Veel mensen: {}", "{} (hoor ik vaak)", "bij ons ook: {}", "{}!")


def text_of(phone: int, number: int) -> str:
    """What a phone writes; different for each number, often the same as what others write."""
    worry = WORRIES[(phone + number) % len(WORRIES)]
    way = WAYS[(phone * 3 + number) % len(WAYS)]
    return f"{way.format(worry)} {number if phone % 4 == 0 else ''}".strip()


class Server:
    """gunicorn as it runs for real, on a free port of loopback; ended when the block ends."""

    def __init__(self, database_url: str) -> None:
        self.port = free_port()
        self.environment = {
            **os.environ,
            "PARTNERWIJZER_DATABASE_URL": database_url,
            **as_environment(),
            "PARTNERWIJZER_LOG": "off",
            "PARTNERWIJZER_WORKERS": "2",
        }

    def __enter__(self) -> "Server":
        command = [str(Path(sys.executable).with_name("gunicorn")), "-c", "tools/gunicorn_conf.py"]
        self.process = subprocess.Popen(
            [*command, "-b", f"127.0.0.1:{self.port}", "wsgi:app"], cwd=ROOT, env=self.environment
        )
        for _ in range(200):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                connection.getresponse().read()
                return self
            except OSError:
                time.sleep(0.1)
        raise SystemExit("gunicorn did not start")

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


@dataclass
class Result:
    """Seconds per answer, and how often each status was given; connection errors count as 0."""

    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


class Phone:
    """A browser of few words: cookies, a token, and sending again when the line drops."""

    def __init__(self, port: int, code: str, number: int) -> None:
        self.port, self.code, self.number = port, code, number
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.result = Result()
        self.connection: http.client.HTTPConnection | None = None

    def request(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            self.connection.request(method, path, urlencode(fields or {}), headers)
            answer = self.connection.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            raise
        for value in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.split(";")[0]
        return answer.status, text

    def again(self, method: str, path: str, fields: dict[str, str] | None = None) -> int:
        """Until there is an answer: the same request, so the same key of the note."""
        for _ in range(50):
            begin = time.perf_counter()
            try:
                status, text = self.request(method, path, fields)
            except (OSError, http.client.HTTPException):
                self.result.statuses[0] += 1
                time.sleep(0.05)
                continue
            self.result.times.append(time.perf_counter() - begin)
            self.result.statuses[status] += 1
            if token := re.search(r'name="csrf_token" value="([^"]+)"', text):
                self.token = token[1]
            if status != 429:
                return status
            time.sleep(5)
        raise RuntimeError("no answer")

    def join(self) -> None:
        path = f"/s/{self.code}"
        self.again("GET", path)
        self.again("POST", path, {"csrf_token": self.token, "name": f"Telefoon {self.number}"})
        self.result = Result()

    def write(self, topics: list[int], notes: int, *, twice: bool) -> None:
        for number in range(notes):
            fields = {
                "csrf_token": self.token,
                "text": text_of(self.number, number),
                "client_key": f"telefoon-{self.number}-{number}",
            }
            path = f"/s/{self.code}/u/{topics[(self.number + number) % len(topics)]}"
            for _ in range(2 if twice else 1):
                status = self.again("POST", path, fields)
                if status != 200:
                    raise RuntimeError(f"a note was answered {status}")


def all_at_once(phones: list[Phone], act: str, *arguments: object, **options: object) -> float:
    """Every phone in a thread of its own, started together; seconds until the last is done."""
    barrier, errors = threading.Barrier(len(phones) + 1), list[BaseException]()

    def run(phone: Phone) -> None:
        barrier.wait()
        try:
            twice = {"twice": phone.number % 3 == 0} if act == "write" else {}
            getattr(phone, act)(*arguments, **options, **twice)
        except BaseException as error:  # noqa: B036 - shown by the caller's thread
            errors.append(error)

    threads = [threading.Thread(target=run, args=(phone,)) for phone in phones]
    for thread in threads:
        thread.start()
    barrier.wait()
    begin = time.perf_counter()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return time.perf_counter() - begin


def collected(phones: list[Phone]) -> Result:
    found = Result()
    for phone in phones:
        found.times += phone.result.times
        found.statuses += phone.result.statuses
        phone.result = Result()
    return found


def open_workshop() -> tuple[int, str, list[int]]:
    """A draft with an open session: (workshop id, code, ids of its topics)."""
    region = make.make_region()
    by = make.actor(make.make_regisseur(region))
    call = make.make_call(region, Phase.DRAFT, challenges=4)
    topics = [challenge.id for challenge in call.challenges] + [0]
    made = services.create(call.id, "Proef met een volle zaal", "", by=by)
    services.open_session(call.id, made, by=by)
    code = db.session.scalar(select(Workshop.code).where(Workshop.id == made))
    db.session.rollback()
    assert code is not None
    return made, code, topics


def stored(workshop_id: int) -> tuple[int, int, int]:
    """(notes, different ones by person and words, groups)"""
    notes = (
        select(Note.participant_id, Note.text)
        .join(NoteGroup, NoteGroup.id == Note.group_id)
        .where(NoteGroup.workshop_id == workshop_id)
    )
    rows = db.session.execute(notes).all()
    groups = db.session.scalar(
        select(func.count()).select_from(NoteGroup).where(NoteGroup.workshop_id == workshop_id)
    )
    db.session.rollback()
    return len(rows), len(set(rows)), groups or 0


def _line(name: str, times: list[float], floor: list[float]) -> None:
    middle, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    base, base_high = statistics.median(floor), statistics.quantiles(floor, n=20)[-1]
    print(
        f"{name:<16}{middle * 1000:>9.1f}{high * 1000:>9.1f}{middle / base:>10.2f}{high / base_high:>10.2f}"
    )


def load(database_url: str, count: int, notes: int) -> int:
    made, code, topics = open_workshop()
    with Server(database_url) as server:
        phones = [Phone(server.port, code, number) for number in range(count)]
        all_at_once(phones, "join")
        collected(phones)
        seconds = all_at_once(phones, "write", topics, notes)
        written = collected(phones)
        for _ in range(5):
            all_at_once(phones, "again", "GET", "/healthz")
        empty = collected(phones)
    kept, different, groups = stored(made)
    print(f"{count} phones x {notes} notes, a third of them sent twice, on {database_url.split(':')[0]}")
    print(f"{'':<16}{'p50 ms':>9}{'p95 ms':>9}{'p50 x':>10}{'p95 x':>10}")
    _line("empty request", empty.times, empty.times)
    _line("note", written.times, empty.times)
    print(f"{kept / seconds:.0f} notes/s; answers {dict(written.statuses)}; {groups} groups")
    print(f"kept {kept} of {count * notes} ({different} different)")
    return 0 if kept == different == count * notes else 1


def main(arguments: list[str]) -> int:
    count, notes = [int(one) for one in arguments] + [60, 10][len(arguments) :]
    if notes > NOTES_PER_MINUTE:
        print(f"more than {NOTES_PER_MINUTE} notes a minute from one phone have to wait")
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{Path(folder) / 'load.sqlite3'}"
        app = create_app(Settings(**SECRETS, database_url=url))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            try:
                return load(url, count, notes)
            finally:
                db.session.remove()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
