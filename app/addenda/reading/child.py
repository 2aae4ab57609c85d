"""The process that reads one document: bytes on standard input, JSON lines on standard output.

Run as a script with `python -I`. It limits itself before it looks at the bytes, knows neither the
database nor any secret, and skips the start-up of the application: `app` and `app.addenda` are bare
packages here (0.1 instead of 2.6 seconds).
"""

import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[3]


def _bare_packages() -> None:
    sys.path.insert(0, str(ROOT))
    for name in ("app", "app.addenda"):
        package = ModuleType(name)
        package.__path__ = [str(ROOT / name.replace(".", "/"))]
        sys.modules[name] = package


def _limit() -> None:
    """Own limits, and an end as soon as the parent ends (Linux)."""
    from app.addenda.reading import limits

    caps = {
        resource.RLIMIT_AS: limits.MEMORY,
        resource.RLIMIT_CPU: limits.CPU_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: limits.FILES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in caps.items():
        above = 5 if kind == resource.RLIMIT_CPU else 0  # so that the signal comes that says why
        _, hard = resource.getrlimit(kind)
        hard = most + above if hard == resource.RLIM_INFINITY else min(most + above, hard)
        resource.setrlimit(kind, (min(most, hard), hard))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _send(**frame: Any) -> None:
    line = json.dumps(frame, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    view = memoryview(line)
    while view:
        view = view[os.write(1, view) :]


def _progress(stage: str, done: int, total: int) -> None:
    _send(frame="progress", stage=stage, done=done, total=total)


def main() -> None:
    _bare_packages()
    _limit()
    try:
        _send(frame="result", **_read(sys.stdin.buffer.read()))
    except MemoryError:
        _refuse("too_much_memory")


def _read(data: bytes) -> dict[str, Any]:
    from app.addenda.importing import ImportRefused, parse_addendum
    from app.addenda.reading.extract import extract
    from app.addenda.reading.unread import with_unread
    from app.addenda.reading.values import to_plain

    try:
        kind, text, pictures = extract(data, _progress)
        _progress("understanding", 0, 0)
        return {"kind": kind, "text": text, "parsed": to_plain(with_unread(parse_addendum(text), pictures))}
    except ImportRefused as refused:
        _refuse(refused.code)


def _refuse(code: str) -> NoReturn:
    _send(frame="refused", code=code)
    sys.exit(0)


if __name__ == "__main__":
    main()
