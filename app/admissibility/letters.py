"""The letter that says why a proposal is not admissible, as plain data."""

from datetime import date

from app.addenda.queries import Call
from app.admissibility.rows import Cell, Dossier
from app.domain.timeline import local_day
from app.infra.formats import day as in_words
from app.infra.formats import deadline, moment
from app.proposals.letters import LetterData, correspondents, letter_data, paragraphs

OPENING = "Je kandidatuur is niet ontvankelijk. Ze wordt niet verder beoordeeld."
COMPLAINT = (
    "Zie je een vergissing, laat het dan meteen weten aan de contactpersoon hieronder. Zolang de "
    "schriftelijke ronde loopt, kan de regio deze beslissing herzien. Twee mensen beslissen daarover, met "
    "redenen."
)


def decided_by(found: Dossier, confirmed_by: str, on: date) -> str:
    """Who proposed and who confirmed, in a sentence; as long as nobody confirmed only the first."""
    if found.refusal is None:
        return ""
    proposed = (
        f"{found.refusal.proposed_by} stelde dit voor op {in_words(local_day(found.refusal.proposed_at))}."
    )
    return f"{proposed} {confirmed_by} bevestigde het op {in_words(on)}." if confirmed_by else proposed


def asked_before(found: Dossier) -> list[list[str]]:
    """Paragraphs, each a list of lines: every question to complete, and what came of what was asked."""
    texts = {cell.item.number: cell.requirement.text for cell in found.cells}
    asked = [
        [
            f"Op {moment(one.asked_at)} vroeg de regio dit aan te vullen, tot en met {deadline(one.until)}:",
            *(f"– {texts[number]}" for number in one.numbers),
            *(line for line in one.message.split("\n") if line.strip()),
        ]
        for one in found.requests
    ]
    return asked + [_came_in(cell) for cell in found.cells if cell.asked]


def _came_in(cell: Cell) -> list[str]:
    asked = cell.asked
    if asked is None or asked.answered_at is None:
        return [f"{cell.requirement.text}: daarop kwam niets binnen."]
    lines = [f"{cell.requirement.text}: daarop kwam een antwoord binnen op {moment(asked.answered_at)}."]
    if asked.file:
        lines.append(f"Bestand: {asked.file.name}")
    return [*lines, *(line for line in asked.text.split("\n") if line.strip())]


def refusal_letter(call: Call, found: Dossier, on: date, *, confirmed_by: str = "") -> LetterData:
    """What the letter says that leaves on the local day `on`. Three queries."""
    refusal = found.refusal
    if refusal is None:
        raise LookupError(found.proposal_id)
    people = correspondents(call, [found.organisation_id])
    reasons = [
        [f"{cell.requirement.text}:", *refusal.reasons[cell.item.number].split("\n")]
        for cell in found.cells
        if cell.item.number in refusal.reasons
    ]
    return letter_data(
        people,
        organisation_id=found.organisation_id,
        reference=found.receipt_number,
        on=on,
        subject=f"Je kandidatuur voor {call.title} is niet ontvankelijk",
        opening=OPENING,
        sections=[
            ("Waarom", [[line for line in lines if line.strip()] for lines in reasons]),
            *([("Wat gevraagd is en wat er kwam", asked)] if (asked := asked_before(found)) else []),
            ("Wie dit besliste", [[decided_by(found, confirmed_by, on)]]),
            ("Waarop deze beslissing steunt", paragraphs(refusal.legal_basis)),
            ("Denk je dat er iets fout liep?", [[COMPLAINT]]),
            ("De wettelijke weg", paragraphs(refusal.appeal_routes)),
        ],
    )
