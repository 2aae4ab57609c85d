"""A proposed merge as an owner and as an administrator see it."""

from typing import Any

from app.domain.access import Actor
from app.infra.formats import short_day
from app.organisations import agreeing
from app.organisations.enterprise_number import shown
from app.organisations.models import MergeProposal, Organisation
from app.organisations.policy import ROLES
from app.organisations.queries import colleagues
from app.organisations.queries_admin import merge_proposals


def question(row: MergeProposal, actor: Actor) -> dict[str, Any]:
    """Both beside each other, and by name who would read what the other wrote."""
    kept, gone = agreeing.both(row)
    own = agreeing.sides_of(row, actor)
    return {
        "merge_id": row.id,
        "kept": kept.name,
        "kept_id": kept.id,
        "gone": gone.name,
        "lines": _lines(kept, gone),
        "newcomers": [_newcomers(kept, gone), _newcomers(gone, kept)],
        "state": sentence(row, kept, gone),
        "ended": not agreeing.is_open(row),
        "done": row.done_at is not None,
        "answered": all(agreeing.has_agreed(row, side) for side in own),
    }


def waiting_notices(actor: Actor) -> list[dict[str, Any]]:
    """What waits for this person's word: its id, the organisation for which and the sentence."""
    found = []
    for row, organisation_id in agreeing.asked_of(actor):
        kept, gone = agreeing.both(row)
        own = kept if kept.id == organisation_id else gone
        found.append(
            {
                "merge_id": row.id,
                "organisation_id": own.id,
                "organisation": own.name,
                "text": f"Antwoord of {gone.name} en {kept.name} dezelfde organisatie zijn",
            }
        )
    return found


def _newcomers(there: Organisation, other: Organisation) -> dict[str, Any]:
    present = {one.user_id for one in colleagues(there.id)}
    people = [f"{one.name} ({ROLES[one.role]})" for one in colleagues(other.id) if one.user_id not in present]
    return {"there": there.name, "people": people}


def _lines(kept: Organisation, gone: Organisation) -> list[tuple[str, str, str]]:
    def facts(one: Organisation) -> tuple[str, ...]:
        return one.name, shown(one.enterprise_number), one.city, short_day(one.created_at.date())

    terms = ("Naam", "Ondernemingsnummer", "Gemeente", "Geregistreerd op")
    return list(zip(terms, facts(kept), facts(gone), strict=True))


def sentence(row: MergeProposal, kept: Organisation, gone: Organisation) -> str:
    """Where it stands; the same whatever either wrote or handed in."""
    where = agreeing.state(row)
    if where == "agreed":
        side = kept if agreeing.has_agreed(row, "kept") else gone
        return f"Akkoord van {side.name}"
    return {
        "done": "Samengevoegd",
        "refused": "Geweigerd",
        "lapsed": "Vervallen",
        "proposed": "Voorgesteld",
    }[where]


def proposed_rows() -> list[dict[str, str]]:
    """For the administrator, the newest first."""
    found = []
    for row in merge_proposals():
        kept, gone = agreeing.both(row)
        found.append(
            {
                "kept": kept.name,
                "gone": gone.name,
                "since": short_day(row.proposed_at.date()),
                "state": sentence(row, kept, gone),
            }
        )
    return found
