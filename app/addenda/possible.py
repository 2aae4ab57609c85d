"""When what cannot be done now can be done: the sentence for somebody whose role it is, at another time."""

from app.addenda.queries import Call
from app.domain.access import Verdict, require
from app.domain.errors import Forbidden
from app.domain.timeline import Phase, local_day
from app.infra import clock
from app.infra.formats import deadline, short_day

_AFTER = {
    Phase.OPEN: "na de publicatie",
    Phase.SEALED: "na de uiterste indiendatum",
    Phase.WRITTEN: "na de opening",
    Phase.PITCH: "na het sluiten van de schriftelijke ronde",
    Phase.DECIDED: "na het sluiten van de pitchronde",
    Phase.COMMUNICATED: "nadat de beslissingen zijn meegedeeld",
    Phase.OBJECTIONS: "na de termijn voor een weerwoord",
    Phase.PARTNERSHIP: "na het weerwoord",
}
_UNTIL = {
    Phase.DRAFT: "tot de publicatie",
    Phase.OPEN: "tot de uiterste indiendatum",
    Phase.SEALED: "tot de opening",
    Phase.WRITTEN: "tot het sluiten van de schriftelijke ronde",
    Phase.PITCH: "tot het sluiten van de pitchronde",
    Phase.DECIDED: "tot de beslissingen werden meegedeeld",
    Phase.COMMUNICATED: "tot het einde van de termijn voor een weerwoord",
    Phase.OBJECTIONS: "tot de weerwoorden beoordeeld waren",
}


def require_now(verdict: Verdict, call: Call) -> None:
    """As `require`, but who may at another time reads when, with the way back to a published call. Dates of a
    draft are told to nobody here."""
    published = None if call.phase is Phase.DRAFT else call
    if verdict.opens is not None:
        raise Forbidden("not_yet", when=_when(call, verdict.opens), call=published)
    if verdict.closed is not None:
        raise Forbidden("no_longer", until=_UNTIL[verdict.closed], call=published)
    require(verdict)


def _when(call: Call, phase: Phase) -> str:
    """ "vanaf vrijdag 2 juni 2023, 23u59 (na de opening)", or without a day when none is to come."""
    if call.phase is Phase.OPEN and phase in (Phase.SEALED, Phase.WRITTEN) and call.deadline:
        return f"vanaf {deadline(call.deadline)} ({_AFTER[phase]})"
    day = {Phase.PITCH: call.written_until, Phase.DECIDED: call.pitch_until}.get(phase)
    if call.phase is Phase.DRAFT or day is None or day < local_day(clock.now()):
        return _AFTER[phase]
    return f"{_AFTER[phase]} (gepland op {short_day(day)})"
