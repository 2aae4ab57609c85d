"""From written to pitch, made ready for its template."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from flask import url_for

from app.addenda.queries import Call
from app.domain.criteria import Criterion
from app.domain.scoring import shown
from app.domain.shifts import AGREED, PITCH, Passed, Shift, Step, overtaken
from app.evaluation.memory import version_of
from app.evaluation.pitchday.shift_queries import Shifts, shifts_of
from app.evaluation.policy import CONFLICT_KINDS, ROUND_LABELS
from app.infra.formats import moment, number
from app.infra.remembered import remembered

FEW = 4  # names before "en nog 3"
MINIMUMS = {
    (True, False): "Haalt nu niet meer elk minimum, en staat daarom na wie dat wel doet.",
    (False, True): "Haalt nu wel elk minimum, en staat daarom voor wie dat niet doet.",
    (False, False): "Haalt niet elk minimum, en staat daarom na wie dat wel doet.",
}


def shifts_page(call: Call, *, closed: Collection[int], conflicts_shown: bool) -> dict[str, Any]:
    """The page at this version of the scores. `closed` are the organisations with which the viewer has a
    conflict: they are left out, and so are reasons that can be about them. `conflicts_shown`: the viewer may
    know who declared what."""
    key = ("shifts", frozenset(closed), conflicts_shown, version_of(call.id))
    return remembered(key, lambda: _page(shifts_of(call), frozenset(closed), conflicts_shown))


def _page(found: Shifts, closed: frozenset[int], conflicts_shown: bool) -> dict[str, Any]:
    proposals = found.standings.proposals
    shown_ids = {one for one, row in proposals.items() if row.organisation_id not in closed}
    names = {one: proposals[one].organisation_name for one in shown_ids}
    places = {one: both for one, both in found.places.items() if one in shown_ids}
    order = sorted(places, key=lambda one: (places[one][0], places[one][1], names[one]))
    passed = overtaken(
        order, {one: both[0] for one, both in places.items()}, {one: both[1] for one, both in places.items()}
    )
    tied = {one.proposal_id for one in found.standings.ranking.placed if one.tied}
    rows = [_row(found, one, names, passed.get(one, ([], [])), conflicts_shown) for one in order]
    by_end = sorted(range(len(rows)), key=lambda at: (rows[at]["after_place"], at))
    for position, at in enumerate(by_end):
        rows[at]["right_order"] = position
        rows[at]["tied"] = order[at] in tied
    rows_by_end = [rows[at] for at in by_end]
    weights = found.standings.rules.weights
    return {
        "slope": [row | {"left_order": at} for at, row in enumerate(rows)],
        "rows": rows_by_end,
        "moved": sum(row["tone"] != "same" for row in rows),
        "pitched": sum(row["pitched"] for row in rows),
        "written_share": number(weights.written),
        "pitch_share": number(weights.pitch),
        "missing": sorted(names[one] for one in shown_ids - set(places)),
        "left_out": len(proposals) - len(shown_ids),
        "acts": [
            {
                "text": f"{'sloot' if one.closed else 'heropende'} de {ROUND_LABELS[one.round]}",
                "by": one.by,
                "at": moment(one.at),
                "reason": "" if closed else one.reason,
            }
            for one in found.rounds
        ],
    }


def _row(
    found: Shifts, proposal_id: int, names: Mapping[int, str], passed: Passed, conflicts_shown: bool
) -> dict[str, Any]:
    shift = found.shifts[proposal_id]
    before, after = found.places[proposal_id]
    won, lost = before - after, after - before
    tone = "up" if won > 0 else "down" if lost > 0 else "same"
    return {
        "id": proposal_id,
        "label": names[proposal_id],
        "href": url_for("evaluation.sheets", proposal_id=proposal_id),
        "left_place": before,
        "right_place": after,
        "before_place": before,
        "after_place": after,
        "left_text": percent(shift.before),
        "right_text": percent(shift.after),
        "tone": tone,
        "shift": {"up": f"▲ {won} omhoog", "down": f"▼ {lost} omlaag", "same": "= zelfde plaats"}[tone],
        "points": signed(shift.moved),
        "minimum": MINIMUMS.get(found.passes[proposal_id], ""),
        "pitched": shift.pitched,
        "sheets": found.sheets[proposal_id],
        "steps": [_step(found, shift, one, conflicts_shown) for one in shift.steps],
        "pitch_points": _pitch_points(shift),
        "went_past": _named(passed[0], names),
        "passed_by": _named(passed[1], names),
    }


def _pitch_points(shift: Shift) -> str:
    pitch = [one.points for one in shift.steps if one.kind == PITCH and one.points is not None]
    return signed(sum(pitch, Fraction(0))) if pitch else ""


def _named(ids: Collection[int], names: Mapping[int, str]) -> tuple[list[str], int]:
    """The first few names, and how many more there are."""
    known = [names[one] for one in ids]
    return known[:FEW], max(0, len(known) - FEW)


def _step(found: Shifts, shift: Shift, one: Step, conflicts_shown: bool) -> dict[str, Any]:
    facts = {"points": signed(one.points), "name": "", "by": "", "at": "", "why": "", "kind": one.kind}
    if one.kind not in (AGREED, PITCH):
        return facts | _taken_out(found, shift, one, conflicts_shown)
    criterion = _criterion(found, one)
    if one.kind == PITCH:
        text = f"Pitch, {criterion.name}: gemiddeld {percent(one.level)} op {criterion.highest}"
        return facts | {"text": text}
    agreed = found.agreements[(shift.proposal_id, one.subject)]
    text = (
        f"Consensus over {criterion.name} ({ROUND_LABELS[one.round]}): {agreed.level} op {criterion.highest}"
    )
    return facts | {"text": text, "by": agreed.by, "at": moment(agreed.at), "why": agreed.reason}


def _taken_out(found: Shifts, shift: Shift, one: Step, conflicts_shown: bool) -> dict[str, Any]:
    organisation = found.standings.proposals[shift.proposal_id].organisation_id
    declared = found.conflicts[(one.subject, organisation)]
    text = f"Een scoreblad telt niet meer mee ({ROUND_LABELS[one.round]}): belangenconflict gemeld"
    if not conflicts_shown:
        return {"text": text, "at": moment(declared.declared_at)}
    return {
        "text": text,
        "by": found.names.get(one.subject, ""),
        "at": moment(declared.declared_at),
        "why": CONFLICT_KINDS.get(declared.kind, declared.kind),
    }


def _criterion(found: Shifts, one: Step) -> Criterion:
    rules = found.standings.rules.rounds[one.round]
    return next(criterion for criterion in rules.criteria if criterion.id == one.subject)


def percent(value: Fraction | None) -> str:
    return "–" if value is None else str(shown(value)).replace(".", ",")


def signed(value: Fraction | None) -> str:
    """ "+1,20", "−0,40", "0,00"; a dash when there is nothing to say. What rounds to nothing has no sign."""
    if value is None:
        return "–"
    text = percent(abs(value))
    return text if text == "0,00" else f"{'+' if value > 0 else '−'}{text}"
