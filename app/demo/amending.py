"""An amendment of the open call: one obstacle in other words, and a longer second pitch day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from functools import partial
from typing import Any

from app.addenda.amending.pending import pending_of
from app.addenda.amending.services import publish_amendment
from app.addenda.drafting.drafts import load_addendum, read_section
from app.addenda.drafting.editing import save_section
from app.addenda.drafting.sections import ChallengeText, Dates, Part, Section, fingerprint
from app.demo.calls import at_work
from app.demo.ledger import Act, Cast
from app.domain.access import Actor

CALL = "open"
BEFORE, AFTER = "Rekeningen die zich opstapelen", "Rekeningen en aanmaningen die zich opstapelen"
REASON = (
    "Uit de vragen bleek dat ook aanmaningen en deurwaarders bij dit obstakel horen. De tweede "
    "pitchdag duurt langer, zodat er meer tijd is per kandidaat."
)


def amending_acts(cast: Cast, today: date) -> Iterator[Act]:
    """Prepared and published on one day, after most organisations began to write."""
    yield Act(at_work(today, -4, time(14, 10)), partial(_amend, cast))


def _amend(cast: Cast) -> None:
    call, by = cast.calls[CALL], cast.acting("regisseur")
    _save(call.id, Part("challenge", str(call.challenges[0].id)), _reworded, by)
    _save(call.id, Part("timeline"), _longer, by)
    pending = pending_of(call.id)
    assert pending is not None
    publish_amendment(call.id, reason=REASON, seen=pending.version, by=by)


def _save(call_id: int, part: Part, change: Any, by: Actor) -> None:
    stored = read_section(load_addendum(call_id), part)
    save_section(call_id, part, change(stored), seen=fingerprint(stored), by=by)


def _reworded(stored: Section) -> Section:
    assert isinstance(stored, ChallengeText)
    rows = tuple(replace(one, label=AFTER) if one.label == BEFORE else one for one in stored.obstacles)
    return replace(stored, obstacles=rows)


def _longer(stored: Section) -> Section:
    assert isinstance(stored, Dates)
    *earlier, last = stored.windows
    return replace(stored, windows=(*earlier, replace(last, end=time(13, 0))))
