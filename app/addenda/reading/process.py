"""Reading in a process of its own, and what becomes of that process."""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

from app.addenda.importing import ParsedAddendum

from . import limits
from .document import ReadDocument
from .refusals import ReadingRefused
from .values import from_plain

CHILD = Path(__file__).with_name("child.py")
BEAT_SECONDS = 1.0

Progress = Callable[[str, int, int], None]
"""stage (a word of stages.STAGES), done, total; also called, with the last values, about once a second."""


def read_document(data: bytes, name: str = "", progress: Progress | None = None) -> ReadDocument:
    """Read a document of any kind; `name` never decides anything. Raises ReadingRefused, whatever happens
    to the process that reads."""
    if len(data) > limits.UPLOAD:
        raise ReadingRefused("too_large")
    if not data.strip():
        raise ReadingRefused("empty")
    return run([sys.executable, "-I", "-B", str(CHILD)], data, progress or _nobody)


def _nobody(stage: str, done: int, total: int) -> None:
    """Nobody is watching."""


def run(command: list[str], data: bytes, progress: Progress, *, seconds: float = limits.WALL_SECONDS) -> Any:
    """Start `command` with the document on its standard input and follow it to its end."""
    with tempfile.TemporaryFile() as source:
        source.write(data)
        source.seek(0)
        child = subprocess.Popen(
            command,
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
            cwd="/",
            start_new_session=True,
        )
    try:
        answer = _follow(child, progress, monotonic() + seconds)
    finally:
        _end(child)
    if answer is None:
        raise ReadingRefused(_cause(child.returncode))
    return _document(answer)


def _follow(child: "subprocess.Popen[bytes]", progress: Progress, until: float) -> dict[str, Any] | None:
    """The last frame: a result or a refusal. None when the process ended without one."""
    last: tuple[str, int, int] = ("starting", 0, 0)
    for line in _lines(child, until):
        frame = _frame(line)
        if frame.get("frame") == "progress":
            last = (str(frame.get("stage", "")), _number(frame, "done"), _number(frame, "total"))
        elif frame:
            return frame
        progress(*last)
    return None


def _lines(child: "subprocess.Popen[bytes]", until: float) -> Iterator[bytes]:
    """Lines as they come; an empty one about once a second, as a sign of life. Raises ReadingRefused when it
    takes too long or says too much."""
    assert child.stdout is not None
    rest, heard = bytearray(), 0
    with selectors.DefaultSelector() as waiting:
        waiting.register(child.stdout, selectors.EVENT_READ)
        while True:
            left = until - monotonic()
            if left <= 0:
                raise ReadingRefused("too_slow")
            if not waiting.select(min(left, BEAT_SECONDS)):
                yield b""
                continue
            part = os.read(child.stdout.fileno(), 65536)
            if not part:
                return
            heard += len(part)
            if heard > limits.ANSWER:
                raise ReadingRefused("too_large")
            rest += part
            if b"\n" in part:
                *whole, tail = bytes(rest).split(b"\n")
                rest = bytearray(tail)
                yield from whole


def _frame(line: bytes) -> dict[str, Any]:
    """What the child says is data like any other: a frame that is none counts for nothing."""
    try:
        frame = json.loads(line) if line else {}
    except ValueError:
        return {}
    return frame if isinstance(frame, dict) else {}


def _number(frame: dict[str, Any], name: str) -> int:
    value = frame.get(name)
    return value if isinstance(value, int) and 0 <= value < 10**6 else 0


def _end(child: "subprocess.Popen[bytes]") -> None:
    """The child with whatever it started, gone and reaped. It is unreaped until here, so that the number of
    its process group cannot be somebody else's."""
    assert child.stdout is not None
    child.stdout.close()
    try:
        child.wait(timeout=0.5)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _cause(status: int) -> str:
    return "too_slow" if status == -signal.SIGXCPU else "reader_died"


def _document(answer: dict[str, Any]) -> ReadDocument:
    if answer.get("frame") != "result":
        raise ReadingRefused(str(answer.get("code", "")))
    try:
        parsed = from_plain(ParsedAddendum, answer["parsed"])
        text, kind = answer["text"], answer["kind"]
    except (KeyError, ValueError, TypeError):
        raise ReadingRefused("reader_died") from None
    if not isinstance(text, str) or kind not in ("pdf", "docx", "odt", "text"):
        raise ReadingRefused("reader_died")
    return ReadDocument(text, parsed, kind)
