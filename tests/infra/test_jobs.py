"""What pages ask of the worker: after the commit, at most once a turn, and never the truth."""

import dataclasses
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from app import create_app
from app.infra.alone import alone
from app.infra.database import db, transaction
from app.infra.jobs import job, queue_of, run, work_off
from app.infra.sweeps import rhythm, sweep_all, turn
from app.infra.worker import Rhythm, make_anew_when_damaged
from app.notifications.models import OutboxMessage
from app.notifications.services import Recipient, enqueue
from config import ROOT, Settings
from tests.programs import needed
from tests.secrets import SECRETS, as_environment

done: list[Any] = []


@job
def note(what: str) -> None:
    done.append(what)


@job
def look() -> None:
    look.begins()
    done.append("look")


@job
def fail() -> None:
    raise RuntimeError("a text of somebody")


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("redis")
    socket = folder / "socket"
    options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder)]
    server = subprocess.Popen([needed("redis-server"), *options], stdout=subprocess.DEVNULL)
    address = f"unix://{socket}"
    with Redis.from_url(address, retry=Retry(ConstantBackoff(0.1), 100)) as client:
        client.ping()
    yield address
    server.terminate()
    server.wait(timeout=10)


@pytest.fixture
def redis(redis_server: str) -> str:
    with Redis.from_url(redis_server) as client:
        client.flushall()
    return redis_server


@pytest.fixture(params=["memory", "file", "redis"])
def asked(request: pytest.FixtureRequest, app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """An application with each kind of queue."""
    if request.param == "memory":
        place = "memory"
    elif request.param == "file":
        place = str(tmp_path / "jobs.sqlite3")
    else:
        place = request.getfixturevalue("redis")
    with queue_at(app, place):
        yield app


class queue_at:
    def __init__(self, app: Flask, place: str) -> None:
        self.app, self.place, self.before = app, place, app.config["SETTINGS"]

    def __enter__(self) -> None:
        self.app.extensions.pop("jobs", None)
        self.app.config["SETTINGS"] = dataclasses.replace(self.before, jobs_url=self.place)

    def __exit__(self, *_: object) -> None:
        self.app.extensions.pop("jobs", None)
        self.app.config["SETTINGS"] = self.before


def queue_mail(to: str = "an@voorbeeld.be") -> OutboxMessage:
    with transaction() as now:
        return enqueue(
            "account.password_changed",
            to=Recipient(to),
            subject="Je wachtwoord is gewijzigd",
            template="accounts/mail_password_changed",
            at=now,
            link="https://x",
            changed_at=now,
        )


def test_what_is_asked_is_done_in_that_order(asked: Flask) -> None:
    note.later("one")
    note.later("two")
    assert done == []
    assert work_off() == 2
    assert done == ["one", "two"]
    assert work_off() == 0


def test_a_job_is_also_a_function(app: Flask) -> None:
    note("now")
    assert done == ["now"]


def test_it_is_asked_after_the_commit(asked: Flask) -> None:
    with transaction():
        note.later("one")
        assert queue_of(asked).pending_count() == 0
    assert queue_of(asked).pending_count() == 1


def test_what_is_rolled_back_is_never_asked(asked: Flask) -> None:
    with pytest.raises(RuntimeError), transaction():
        note.later("one")
        look.soon()
        raise RuntimeError
    with transaction():
        pass
    assert work_off() == 0


def test_asked_ten_times_before_it_begins_it_is_one_turn(asked: Flask) -> None:
    for _ in range(10):
        look.soon()
    assert work_off() == 1
    look.soon()
    assert work_off() == 1
    assert done == ["look", "look"]


def test_a_job_that_fails_holds_up_no_other(asked: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    fail.later()
    note.later("after")
    work_off()
    assert done == ["after"]
    assert "a text of somebody" not in capsys.readouterr().err


def test_a_job_of_an_older_version_is_left(asked: Flask) -> None:
    run(asked, "app.gone.make_tea")
    assert done == []


def test_without_a_queue_the_page_goes_on(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with queue_at(app, str(tmp_path / "file" / "jobs.sqlite3")):
        note.later("one")
        queue_mail()
    with queue_at(app, "redis://127.0.0.1:1/0"):
        note.later("one")
        queue_mail()
    assert done == []


def test_who_does_not_know_the_secret_has_no_job_done(app: Flask, tmp_path: Path) -> None:
    place = str(tmp_path / "jobs.sqlite3")
    stranger = create_app(dataclasses.replace(app.config["SETTINGS"], secret_key="x" * 32, jobs_url=place))
    with queue_at(app, place):
        with stranger.app_context():
            note.later("theirs")
        note.later("ours")
        with pytest.raises(ValueError, match="mismatch"):
            work_off()
        work_off()
    assert done == ["ours"]


def test_two_installations_with_one_redis_do_not_mix(app: Flask, redis: str) -> None:
    other = create_app(Settings(**SECRETS, database_url="sqlite:////tmp/other.sqlite3", jobs_url=redis))
    with queue_at(app, redis):
        with other.app_context():
            note.later("other")
        assert queue_of(app).pending_count() == 0


def test_a_nudge_tells_nothing_of_the_mail(app: Flask, tmp_path: Path) -> None:
    """Neither how many hand-ins there were nor whose: one and five leave the same in the queue."""
    traces = []
    for count in (1, 5):
        place = tmp_path / f"{count}.sqlite3"
        with queue_at(app, str(place)):
            for number in range(count):
                queue_mail(f"geheim{number}@voorbeeld.be")
            pending = queue_of(app).pending()
            traces.append([(task.name, task.args) for task in pending])
            assert b"geheim" not in place.read_bytes()
    assert traces[0] == traces[1] == [("job", ("app.notifications.posting.post", []))]


def test_the_nudge_delivers(app: Flask, tmp_path: Path) -> None:
    app.config["SETTINGS"] = dataclasses.replace(before := app.config["SETTINGS"], mail_folder=tmp_path)
    try:
        queue_mail()
        work_off()
    finally:
        app.config["SETTINGS"] = before
    assert len(list(tmp_path.iterdir())) == 1


def test_a_damaged_queue_is_made_anew(app: Flask, tmp_path: Path) -> None:
    place = tmp_path / "jobs.sqlite3"
    with queue_at(app, str(place)):
        note.later("one")
        make_anew_when_damaged(str(place))
        assert queue_of(app).pending_count() == 1
        queue_of(app).storage.close()
        place.write_bytes(place.read_bytes()[:200] + b"\xff" * 5000)
        make_anew_when_damaged(str(place))
        assert not place.exists()


def test_a_rhythm_begins_at_once_and_then_keeps_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    at = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: at)
    each_ten = Rhythm(timedelta(minutes=10))
    turns = []
    for minute in range(31):
        at = 1000.0 + 60.0 * minute + minute % 3  # the scheduler is not exact
        if each_ten(None):
            turns.append(minute)
    assert turns == [0, 10, 20, 30]


def test_a_sweep_that_asks_for_it_goes_on_until_nothing_is_left(app: Flask) -> None:
    left = [1, 2, 3]

    @rhythm(timedelta(minutes=1), again=True)
    def eat(_now: object) -> int:
        return left.pop() if left else 0

    assert turn(eat)
    assert left == []


def test_a_sweep_that_fails_holds_up_no_other(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(_now: object) -> None:
        raise RuntimeError

    def right(_now: object) -> None:
        done.append("right")

    monkeypatch.setitem(app.config, "SWEEPS", (wrong, right))
    sweep_all()
    assert done == ["right"]


def test_one_at_a_time_and_a_killed_holder_holds_nothing(app: Flask) -> None:
    with alone("round") as first, alone("round") as second, alone("other") as third:
        assert (first, second, third) == (True, False, True)
    with alone("round") as again:
        assert again
    holder = _holder(app)
    try:
        with alone("round") as free:
            assert not free
    finally:
        holder.kill()
        holder.wait()
    with alone("round", wait=5) as free:
        assert free


def _holder(app: Flask) -> subprocess.Popen[str]:
    program = (
        "import time\nfrom wsgi import app\nfrom app.infra.alone import alone\n"
        "with app.app_context(), alone('round'):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, env=_surroundings(app), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def _surroundings(app: Flask, **more: str) -> dict[str, str]:
    settings = app.config["SETTINGS"]
    return {
        **os.environ,
        **as_environment(),
        "PARTNERWIJZER_DATABASE_URL": settings.database_url,
        "PARTNERWIJZER_FILES": settings.files,
        "PARTNERWIJZER_LOG": "text",
        **more,
    }


@pytest.mark.parametrize("way", ["file", "redis"])
def test_the_worker_delivers_at_once_and_ends_cleanly(
    way: str, app: Flask, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = str(tmp_path / "jobs.sqlite3") if way == "file" else request.getfixturevalue("redis")
    own = _surroundings(app, PARTNERWIJZER_JOBS_URL=place, PARTNERWIJZER_MAIL_FOLDER=str(tmp_path / "mail"))
    db.session.rollback()
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work"],
        cwd=ROOT,
        env=own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert worker.stdout is not None
    try:
        for line in worker.stdout:
            if "worker_started" in line:
                break
        time.sleep(2)  # its first turns are over: what comes now waits for the nudge, or for a minute
        with queue_at(app, place):
            queue_mail()
        until = time.monotonic() + 60
        while time.monotonic() < until and not list((tmp_path / "mail").glob("*.eml")):
            time.sleep(0.1)
        assert list((tmp_path / "mail").glob("*.eml"))
        worker.send_signal(signal.SIGTERM)
        rest = worker.stdout.read()
        assert worker.wait(timeout=60) == 0
        assert "worker_stopped" in rest and "Traceback" not in rest
    finally:
        if worker.poll() is None:
            worker.kill()
            worker.wait()


def test_the_worker_refuses_a_queue_that_no_other_process_sees(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["jobs", "work"])
    assert answer.exit_code == 1 and "memory" in answer.output
