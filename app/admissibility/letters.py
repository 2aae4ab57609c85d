"""The letter that says why a proposal is not admissible, as plain data."""

from datetime import date

from app.addenda.queries import Call
from app.admissibility.rows import Dossier
from app.proposals.letters import LetterData, correspondents, letter_data, paragraphs

OPENING = "Je kandidatuur is niet ontvankelijk. Ze wordt niet verder beoordeeld."
COMPLAINT = (
    "Zie je een vergissing, laat het dan meteen weten aan de contactpersoon hieronder. Zolang de "
    "schriftelijke ronde loopt, kan de regio deze beslissing herzien. Twee mensen beslissen daarover, met "
    "redenen."
)


def refusal_letter(call: Call, found: Dossier, on: date) -> LetterData:
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
            ("Waarop deze beslissing steunt", paragraphs(refusal.legal_basis)),
            ("Denk je dat er iets fout liep?", [[COMPLAINT]]),
            ("De wettelijke weg", paragraphs(refusal.appeal_routes)),
        ],
    )
