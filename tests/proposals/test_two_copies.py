"""Before the opening nobody can tell from anything whether rivals wrote five proposals or none."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.infra.database import db
from tests.conftest import _lay_back
from tests.counting import heard
from tests.proposals.two_copies import Copy

Told = dict[str, Any]


@pytest.fixture
def both(
    app: Flask, database_url: str, still: Any, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[Copy], Told]], tuple[Told, Told]]:
    """What `tell` finds in the copy without rivals, and in the one with five."""

    def compare(tell: Callable[[Copy], Told]) -> tuple[Told, Told]:
        seen = []
        for rivals in (False, True):
            seen.append(tell(Copy(app, still, monkeypatch, rivals=rivals)))
            db.session.remove()
            _lay_back(database_url)
        return seen[0], seen[1]

    return compare


def differences(one: Any, other: Any) -> list[Any]:
    assert one.keys() == other.keys()
    return [(key, one[key], other[key]) for key in one if one[key] != other[key]]


def reported(rows: list[Any]) -> str:
    """Where the first of each begins to differ, for whoever has to find the leak."""
    lines = []
    for key, one, other in rows[:40]:
        a, b = str(one), str(other)
        at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
        lines.append(
            f"{key}\n   none: …{a[max(at - 60, 0) : at + 80]!r}\n   five: …{b[max(at - 60, 0) : at + 80]!r}"
        )
    return f"{len(rows)} answers differ\n" + "\n".join(lines)


@pytest.mark.parametrize("sealed", [False, True], ids=["open", "sealed"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_answer_is_the_same_whether_rivals_applied_or_not(both: Any, sealed: bool, method: str) -> None:
    def tell(copy: Copy) -> Told:
        if sealed:
            copy.past_the_deadline()
        return copy.ask(method)  # type: ignore[return-value]

    none, five = both(tell)
    assert len(none) > 500
    found = differences(none, five)
    assert not found, reported(found)


def test_every_mail_that_others_get_is_the_same(both: Any) -> None:
    def tell(copy: Copy) -> Told:
        copy.past_the_deadline()
        return dict(enumerate(copy.mails()))  # type: ignore[arg-type]

    none, five = both(tell)
    assert none and not differences(none, five)


def test_the_lines_of_the_log_of_a_server_do_not_count(both: Any) -> None:
    def tell(copy: Copy) -> Told:
        with heard() as lines:
            copy.past_the_deadline()
        return {"lines": [{k: v for k, v in one.items() if k != "ms"} for one in lines]}

    none, five = both(tell)
    assert none == five
