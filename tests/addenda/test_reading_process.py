"""The process that reads: whatever happens to it, whoever waits hears why and nothing else is harmed."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.addenda.reading import ReadingRefused, limits
from app.addenda.reading.process import CHILD, run
from app.addenda.reading.sample import sample_document

LIMITED = f"import runpy; child = runpy.run_path({str(CHILD)!r}); "
LIMITED += "child['_bare_packages'](); child['_limit'](); "


def refused_by(code: str, *, seconds: float = 60.0, limited: bool = False) -> str:
    """The refusal that comes of a reader with this code."""
    with pytest.raises(ReadingRefused) as refused:
        command = [sys.executable, "-I", "-c", (LIMITED if limited else "") + code]
        run(command, sample_document(), lambda *_: None, seconds=seconds)
    return refused.value.code


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.kill(os.getpid(), 9)",
        "import os; os.kill(os.getpid(), 11)",
        "import os; os.abort()",
        "import sys; sys.exit(3)",
        "raise SystemError",
        'print(\'{"frame": "result"}\')',
        'print(\'{"frame": "result", "text": 3, "kind": "pdf", "parsed": {}}\')',
        'print(\'{"frame": "result", "text": "", "kind": "exe", "parsed": {}}\')',
        'print(\'{"frame": "refused", "code": "<script>"}\')',
        "print('onzin'); print('[1]'); print('3')",
    ],
    ids=["killed", "segfault", "abort", "exit", "error", "half", "number", "kind", "code", "nonsense"],
)
def test_a_reader_that_dies_or_talks_nonsense_is_a_clear_refusal(code: str) -> None:
    assert refused_by(code) == "reader_died"


def test_a_reader_that_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    code = (
        "import subprocess, sys, time; child = subprocess.Popen([sys.executable, '-c', 'import time; "
        f"time.sleep(600)']); open({str(mark)!r}, 'w').write(str(child.pid)); time.sleep(600)"
    )
    assert refused_by(code, seconds=3.0) == "too_slow"
    with pytest.raises(ProcessLookupError):
        _wait_until_gone(int(mark.read_text()))


def _wait_until_gone(pid: int) -> None:
    for _ in range(3000):
        if Path(f"/proc/{pid}/stat").exists() and ") Z " in Path(f"/proc/{pid}/stat").read_text():
            raise ProcessLookupError  # dead; whoever adopted it has not asked after it yet
        os.kill(pid, 0)
        threading.Event().wait(0.02)


def test_a_reader_that_eats_memory_is_stopped() -> None:
    assert refused_by("child['_send'](frame='x'); x = b'x' * (2 * 1024 ** 3)", limited=True) == "reader_died"


def test_a_document_that_eats_memory_says_so() -> None:
    code = (
        "import app.addenda.reading.extract as e; e.extract = lambda *_: bytearray(2 * 1024 ** 3); "
        "child['main'].__globals__['_bare_packages'] = lambda: None; child['main']()"
    )
    assert refused_by(code, limited=True) == "too_much_memory"


def test_a_reader_that_computes_without_end_is_stopped_by_its_own_limit() -> None:
    code = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 5))\nwhile True: pass"
    assert refused_by(code) == "too_slow"


def test_a_reader_that_never_stops_talking_is_stopped() -> None:
    assert refused_by("while True: print('{}' * 10000)") == "too_large"


def test_a_reader_cannot_write_a_file(tmp_path: Path) -> None:
    target = tmp_path / "x"
    assert refused_by(f"open({str(target)!r}, 'w').write('x' * 100)", limited=True) == "reader_died"
    assert not target.exists() or target.stat().st_size == 0


def test_the_reader_sees_neither_database_nor_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNERWIJZER_SECRET_KEY", "k" * 40)
    code = (
        "import json, os, sys; seen = sorted(os.environ); import app.addenda.reading.extract; "
        "heavy = [one for one in ('flask', 'sqlalchemy', 'config') if one in sys.modules]; "
        "fds = [fd for fd in os.listdir('/proc/self/fd') if int(fd) > 2]; "
        "ok = not [one for one in seen if 'PARTNERWIJZER' in one] and not heavy and len(fds) <= 1; "
        "child['_send'](frame='refused', code='scan' if ok else 'rtf')"
    )
    assert refused_by(code, limited=True) == "scan"


def test_progress_is_heard_while_it_reads_and_a_sign_of_life_when_it_thinks() -> None:
    heard: list[tuple[str, int, int]] = []
    code = (
        "import time, json; print(json.dumps({'frame': 'progress', 'stage': 'pages', 'done': 3, "
        "'total': 9}), flush=True); time.sleep(2.5); print(json.dumps({'frame': 'refused', 'code': 'scan'}))"
    )
    with pytest.raises(ReadingRefused):
        run([sys.executable, "-I", "-c", code], b"x", lambda *said: heard.append(said))
    assert heard[0] == ("pages", 3, 9) and len(heard) >= 2 and set(heard) == {("pages", 3, 9)}


def test_pages_are_counted_for_whoever_watches() -> None:
    from app.addenda.reading import read_document
    from tests.addenda.documents import stored

    heard: list[tuple[str, int, int]] = []
    read_document(stored("layout.pdf"), progress=lambda *said: heard.append(said))
    total = heard[-1][2] or next(said[2] for said in heard if said[0] == "pages")
    assert [said for said in heard if said[0] == "pages"] == [
        ("pages", number, total) for number in range(1, total + 1)
    ]


def test_an_upload_beyond_the_limit_starts_nothing() -> None:
    from app.addenda.reading import read_document

    with pytest.raises(ReadingRefused) as refused:
        read_document(b"x" * (limits.UPLOAD + 1))
    assert refused.value.code == "too_large"


def test_the_reader_ends_with_whoever_started_it(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    reader = LIMITED.replace("child['_limit'](); ", "") + (
        f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); child['_limit'](); "
        f"open({str(mark)!r} + '.ready', 'x'); time.sleep(600)"
    )
    code = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', sys.argv[1]]).wait()"
    parent = subprocess.Popen([sys.executable, "-c", code, reader], start_new_session=True)
    for _ in range(3000):
        if Path(f"{mark}.ready").exists():
            break
        threading.Event().wait(0.02)
    parent.kill()
    parent.wait()
    with pytest.raises(ProcessLookupError):
        _wait_until_gone(int(mark.read_text()))
