"""What the pages about terms and destruction show."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for

from app.addenda.queries import Call
from app.domain.retention import CLASSES, CONFIRM, GROUND_LABELS, START_LABELS, Ground, last_day
from app.domain.timeline import local_day
from app.dossiers.keeping.certificate import holds, statement_of
from app.dossiers.keeping.queries import Kept
from app.dossiers.keeping.rules import RULES
from app.infra.formats import counted, enumeration, moment, short_day
from app.infra.signing import public_key

NOTHING = ("Er is niets om te vernietigen", "neutral")
UNTOLD = "drafts"
"""How many organisations began without handing in stays theirs."""
_TABLES = {
    "acceptance": "antwoorden op een selectie",
    "acceptance_term": "verlengde antwoordtermijnen",
    "admissibility_check": "nazicht van vormvereisten",
    "admissibility_reason": "redenen van een weigering",
    "admissibility_refusal": "weigeringen om de vorm",
    "amendment_confirmation": "gelezen wijzigingen",
    "answer": "antwoorden per obstakel",
    "completion_extension": "verlengde aanvultermijnen",
    "completion_item": "aanvullingen",
    "completion_request": "vragen om aan te vullen",
    "conflict_hint_dismissal": "uitleg bij mogelijke conflicten",
    "decision_notice": "kennisgevingen",
    "pitch_hearing": "notities van pitches",
    "prepared_letter": "klaargemaakte brieven",
    "proposal": "werkversies",
    "proposal_service_type": "gekozen diensten",
    "reassessment": "nieuwe beoordelingen",
    "reassessment_score": "scores van een nieuwe beoordeling",
    "reassessment_sheet": "scorebladen van een nieuwe beoordeling",
    "reminder": "herinneringen",
    "ruling": "uitspraken",
    "score": "scores",
    "score_sheet_version": "vroegere versies van scorebladen",
    "section_save": "wie wanneer bewaarde",
    "shortlisting": "redenen bij de shortlist",
    "submitted_file": "lijsten van bijlagen",
}
_COLUMNS = {
    "id": "nummer",
    "objection_id": "weerwoord",
    "decision_id": "beslissing",
    "proposal_id": "kandidatuur",
    "number": "volgnummer",
    "outcome": "uitkomst",
    "receipt_number": "ontvangstbewijs",
    "size": "bytes",
    "content_sha256": "SHA-256",
    "sha256": "SHA-256",
}
"""In the order in which a row of the certificate says them."""
_OUTCOMES = {
    "selected": "geselecteerd",
    "reserve": "reserve",
    "not_selected": "niet geselecteerd",
    "inadmissible": "niet ontvankelijk",
    "upheld": "gegrond",
    "partly": "deels gegrond",
    "dismissed": "ongegrond",
}
Counts = Mapping[str, Mapping[str, int]]


def overview(
    call: Call, kept: Sequence[Kept], counts: Counts, own: Mapping[str, int], rows: Any, today: date
) -> Any:
    return {
        "classes": [_class(call, one, counts, own, today) for one in kept],
        "others": [one for one in CLASSES.values() if not one.of_a_call],
        "due": sum(one.due(today) for one in kept),
        "destructions": [_listed(call, row) for row in rows],
        "confirm": CONFIRM,
    }


def _class(call: Call, one: Kept, counts: Counts, own: Mapping[str, int], today: date) -> dict[str, Any]:
    assert one.record_class.start is not None
    return {
        "label": one.record_class.label,
        "term": f"{one.years} jaar na {START_LABELS[one.record_class.start]}",
        "own": one.key in own,
        "state": NOTHING if _is_empty(one, counts) else _state(one, today),
        "href": _address(call, one.destroyed.id) if one.destroyed else None,
        "count": "" if one.destroyed else count_text(one.key, counts.get(one.key, {})),
        "why": one.record_class.why,
        "gone": one.record_class.gone,
        "stays": one.record_class.stays,
    }


def _is_empty(one: Kept, counts: Counts) -> bool:
    """Nothing left that people count; of drafts nobody is told."""
    return one.destroyed is None and one.key != UNTOLD and not any(counts.get(one.key, {}).values())


def _state(one: Kept, today: date) -> tuple[str, str]:
    """(what to say, tone)."""
    if one.destroyed is not None:
        day = short_day(local_day(one.destroyed.approved_at))
        return f"Vernietigd op {day} (attest nr. {one.destroyed.id})", "neutral"
    if one.start is None or one.from_day is None:
        return "De termijn is nog niet begonnen", "info"
    if one.due(today):
        return f"Mag weg sinds {short_day(one.from_day)}", "warning"
    return f"Bewaren tot en met {short_day(last_day(one.start, one.years))}", "success"


def count_text(key: str, counts: Mapping[str, int]) -> str:
    """ "12 scorebladen, 3 verklaringen"; nothing about drafts."""
    if key == UNTOLD:
        return "Hoeveel er zijn, blijft van de kandidaten."
    words = {rule.table.name: rule.words for rule in RULES[key] if rule.words[0]}
    found = [counted(number, *words[table]) for table, number in counts.items() if number and table in words]
    return enumeration(found)


def _address(call: Call, number: int) -> str:
    return url_for("dossiers.destruction", addendum_id=call.id, destruction_id=number)


def status_of(row: Any) -> tuple[str, str]:
    """(words, tone) of a proposal to destroy."""
    if row.approved_at is not None:
        return "Vernietigd", "neutral"
    return ("Vervallen", "info") if row.dropped_at is not None else ("Wacht op goedkeuring", "warning")


def _listed(call: Call, row: Any) -> dict[str, Any]:
    return {
        "number": row.id,
        "href": _address(call, row.id),
        "labels": "; ".join(CLASSES[key].label for key in row.classes),
        "proposed": f"{moment(row.proposed_at)}",
        "by": row.proposed_by,
        "status": status_of(row),
    }


def choices(kept: Iterable[Kept], today: date) -> list[tuple[str, str]]:
    """What can be proposed: all that is not destroyed, with when its term is over."""
    return [
        (one.key, f"{one.record_class.label} – {_state(one, today)[0].lower()}")
        for one in kept
        if one.destroyed is None
    ]


def destruction_facts(row: Any, applicants: Mapping[int, str]) -> dict[str, Any]:
    """One proposal, approved or not; `applicants` are names by proposal."""
    whose = row.facts.get("applicant")
    ground = GROUND_LABELS[Ground(row.facts["ground"])]
    about = [("Kandidaat", applicants.get(whose, f"kandidatuur {whose}"))] if whose else []
    ending = [("Vervallen op", moment(row.dropped_at))] if row.dropped_at else []
    if row.approved_at:
        ending = [("Goedgekeurd door", f"{row.approved_by}, {moment(row.approved_at)}")]
    return {
        "row": row,
        "status": status_of(row),
        "waiting": row.approved_at is None and row.dropped_at is None,
        "facts": [
            ("Grond", ground.capitalize()),
            *about,
            ("Reden", row.reason),
            ("Voorgesteld door", f"{row.proposed_by}, {moment(row.proposed_at)}"),
            *ending,
        ],
        "classes": [
            {
                "label": CLASSES[key].label,
                "count": count_text(key, row.facts["counts"].get(key, {})),
                "gone": CLASSES[key].gone,
                "stays": CLASSES[key].stays,
            }
            for key in row.classes
        ],
        "sound": row.certificate is not None and holds(row.certificate),
    }


def certificate_document(row: Any) -> dict[str, Any]:
    """Plain JSON for `dossiers/certificate.typ`, from what was signed and from nothing else."""
    told = statement_of(row.certificate)
    return {
        "number": told["number"],
        "call": told["call"]["title"],
        "region": told["call"]["service_area"],
        "facts": [
            ["Grond", GROUND_LABELS[Ground(told["ground"])].capitalize()],
            *([["Kandidatuur", str(told["applicant"])]] if told["applicant"] else []),
            ["Reden", told["reason"]],
            ["Voorgesteld door", f"{told['proposed']['name']}, {moment(row.proposed_at)}"],
            ["Goedgekeurd en vernietigd door", f"{told['approved']['name']}, {moment(row.approved_at)}"],
        ],
        "classes": [_certified(key, one) for key, one in told["classes"].items()],
        "sha256": row.sha256,
        "public_key": public_key(),
    }


def _certified(key: str, one: Mapping[str, Any]) -> dict[str, Any]:
    words = {rule.table.name: rule.words for rule in RULES[key]}
    done = {"deleted": "gewist", "emptied": "leeggemaakt"}
    term = one["term"]
    start = f", geteld vanaf {short_day(date.fromisoformat(term['start']))}" if term["start"] else ""
    return {
        "label": one["label"],
        "term": f"{term['years']} jaar{start}",
        "rows": [
            [words[table][1] or _TABLES.get(table, table), str(what["rows"]), done[what["done"]]]
            for table, what in one["destroyed"].items()
        ],
        "listed": [_one_row(row) for what in one["destroyed"].values() for row in what.get("listed", ())],
    }


def _one_row(row: Mapping[str, Any]) -> str:
    said = sorted(row.keys() - {"addendum_id"}, key=[*_COLUMNS, *row].index)
    return " · ".join(f"{_COLUMNS.get(name, name)} {_OUTCOMES.get(row[name], row[name])}" for name in said)
