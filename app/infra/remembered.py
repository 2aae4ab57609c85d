"""What was worked out before, kept by a key that changes whenever the answer could.

Each worker process has its own memory; nothing depends on it but speed.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

ROOM = 48
T = TypeVar("T")
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def remembered(key: Hashable, work_out: Callable[[], T], keep: Callable[[T], bool] = lambda _: True) -> T:
    """The answer that belongs to `key`, worked out when it is not known. One that is not to `keep` (it was
    cut short, say) is worked out again the next time."""
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            found: T = _kept[key]
            return found
    answer = work_out()  # outside the lock: two threads may do it twice, none waits for the other
    if keep(answer):
        with _lock:
            _kept[key] = answer
            while len(_kept) > ROOM:
                _kept.popitem(last=False)
    return answer


def forget() -> None:
    """Start anew, as a process that just began (for tests and benchmarks)."""
    with _lock:
        _kept.clear()
