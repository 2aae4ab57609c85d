"""What still moves once a partnership is formed: a decision that had to be told again gives its applicant the
own days back, and what comes of that may ask the region to look at the partnership anew. It never changes by
itself (docs/decisions/0023)."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from app.addenda.guard import may_here
from app.addenda.queries import Call
from app.decisions.queries import DecisionRow, standing_decisions
from app.domain.objection import window_state
from app.infra import clock
from app.infra.formats import deadline
from app.objections.queries import ObjectionRow, filed_objections
from app.partnerships.queries import PartnershipRow, members_of

READ = "decision.other.view_with_motivation"


@dataclass(frozen=True)
class Change:
    """About one applicant; `asks`: the region has to decide about the partnership again."""

    name: str
    text: str
    href: str
    asks: bool = False


def changes_since(call: Call, partnership: PartnershipRow) -> list[Change]:
    """By name, those that ask something first; without the applicants this person is in conflict with."""
    members = {one.id for one in members_of(call.id)}
    standing = standing_decisions(call.id)
    found = [
        *(
            change
            for row in standing
            for change in _of_decision(call, row, partnership, row.organisation_id in members)
        ),
        *_of_objections(call, {row.organisation_id: row for row in standing}),
    ]
    return sorted(found, key=lambda one: (not one.asks, one.name))


def _of_decision(call: Call, row: DecisionRow, partnership: PartnershipRow, member: bool) -> Iterator[Change]:
    if not may_here(call, READ, row.organisation_id):
        return
    href = url_for("decisions.other", addendum_id=call.id)
    window = window_state(row.notified_at, call.objection_days, clock.now())
    if window.is_open:
        text = f"kreeg de beslissing later; weerwoord kan tot en met {deadline(window.ends_at)}."
        yield Change(row.organisation_name, text, href)
    selected = row.outcome == "selected"
    if member and not selected:
        text = "is niet meer geselecteerd, maar zit in het partnerschap."
        yield Change(row.organisation_name, text, href, asks=True)
    told_after = row.number > 1 and row.notified_at is not None and row.notified_at > partnership.formed_at
    if selected and not member and told_after:
        text = "is nu geselecteerd, na een weerwoord, maar zit niet in het partnerschap."
        yield Change(row.organisation_name, text, href, asks=True)


def _of_objections(call: Call, standing: dict[int, DecisionRow]) -> Iterator[Change]:
    """Those about what stands: once a new decision was told, that is what counts."""
    for row in filed_objections(call.id):
        about = standing.get(row.organisation_id)
        if about is None or row.decision_id != about.id or not may_here(call, READ, row.organisation_id):
            continue
        text = _objection_text(row)
        if text:
            href = url_for("objections.listing", addendum_id=call.id)
            yield Change(row.organisation_name, text, href, asks=row.ruling is not None)


def _objection_text(row: ObjectionRow) -> str:
    if row.ruling is None:
        return "diende weerwoord in. Een uitspraak volgt nog."
    if row.reassess:
        return "kreeg gelijk in zijn weerwoord. De kandidatuur wordt opnieuw beoordeeld."
    return ""
