"""What happened to each call before today, replayed in the order of time."""

from datetime import date, time

from app.accounts.actors import actor_for
from app.demo.calls import on_day
from app.demo.cast import data
from app.demo.ledger import Cast
from app.demo.writing import write_proposals
from app.domain.access import Actor
from app.infra import clock
from app.proposals.unsealing import sign_opening


def replay(cast: Cast, today: date) -> None:
    """The three calls, oldest first."""
    for key in ("partnership", "evaluation", "open"):
        write_proposals(key, cast, today)
        offsets = next(one for one in data("calls") if one["key"] == key)["offsets"]
        if offsets["opened"] is not None:
            _open(key, cast, today, offsets["opened"])


def acting(cast: Cast, key: str) -> Actor:
    """One of the people of the demo, with the roles of this moment."""
    return actor_for(cast.people[key].id)


def _open(key: str, cast: Cast, today: date, day: int) -> None:
    call = cast.calls[key]
    clock.set_to(on_day(today, day, time(9, 4, 12)))
    sign_opening(call.id, by=acting(cast, "regisseur"))
    clock.set_to(on_day(today, day, time(9, 6, 41)))
    sign_opening(call.id, by=acting(cast, "regisseur2"))
