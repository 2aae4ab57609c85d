"""What happened to each call before today, replayed in the order of time.

The acts of all calls are put in one order before the first is done: the log of the demo then runs on, as
that of a region does.
"""

from collections.abc import Iterator
from datetime import date, time
from functools import partial
from operator import attrgetter

from app.audit.heads import publish_head
from app.demo.amending import amending_acts
from app.demo.asking import asking_acts
from app.demo.calls import on_day, publication
from app.demo.cast import call_data, data
from app.demo.checking import checking_acts
from app.demo.deciding import deciding_acts
from app.demo.judging import judging_acts
from app.demo.ledger import Act, Cast
from app.demo.preparing import preparing_acts
from app.demo.writing import proposal_acts
from app.infra import clock
from app.proposals.seal.unsealing import sign_opening


def replay(cast: Cast, today: date) -> None:
    """Everything that people did for the calls, oldest first."""
    acts = [act for row in data("calls") for act in _acts(row["key"], cast, today)]
    acts += [*amending_acts(cast, today), *preparing_acts(cast, today)]
    for act in sorted(acts, key=attrgetter("at")):
        if clock.read() < act.at:  # two acts at one moment happen one after the other
            clock.set_to(act.at)
        act.do()
        publish_head()


def _acts(key: str, cast: Cast, today: date) -> Iterator[Act]:
    row = call_data(key)
    yield publication(row, cast, today)
    yield from proposal_acts(key, cast, today)
    yield from asking_acts(key, cast, today)
    opened = row["offsets"]["opened"]
    if opened is not None:
        yield Act(on_day(today, opened, time(9, 4, 12)), partial(_sign, key, cast, "regisseur"))
        yield Act(on_day(today, opened, time(9, 6, 41)), partial(_sign, key, cast, "regisseur2"))
        yield from checking_acts(key, cast, today)
        yield from judging_acts(key, cast, today)
        yield from deciding_acts(key, cast, today)


def _sign(key: str, cast: Cast, person: str) -> None:
    sign_opening(cast.calls[key].id, by=cast.acting(person))
