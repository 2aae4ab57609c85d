"""The letter about a decision: its words as plain data, and the PDF made of exactly that data."""

from collections.abc import Iterable
from datetime import date

from app.addenda.queries import Call
from app.decisions.queries import DecisionRow
from app.decisions.wording import SENTENCES
from app.domain.motivation import OBJECTION_PARAGRAPH
from app.domain.objection import window_end
from app.domain.timeline import start_of_day
from app.infra.formats import deadline
from app.proposals.letters import (
    Correspondents,
    LetterData,
    correspondents,
    letter_data,
    letter_pdf,
    paragraphs,
)

__all__ = ["LetterData", "correspondents", "decision_letters", "letter_data", "letter_pdf", "paragraphs"]


def decision_letters(call: Call, decisions: Iterable[DecisionRow], on: date) -> dict[int, LetterData]:
    """{decision id: what its letter says} for letters that leave on the local day `on`.

    The objection window follows from that day alone, so a letter holds whatever the hour it leaves.
    """
    rows = list(decisions)
    people = correspondents(call, {row.organisation_id for row in rows})
    return {row.id: _letter(call, row, people, on) for row in rows}


def _letter(call: Call, row: DecisionRow, people: Correspondents, on: date) -> LetterData:
    until = deadline(window_end(start_of_day(on), call.objection_days))
    own_route = [
        OBJECTION_PARAGRAPH.format(days=call.objection_days),
        f"Voor jou loopt die termijn tot en met {until} (Brusselse tijd). Indienen doe je in Partnerwijzer, "
        "bij je kandidatuur.",
    ]
    return letter_data(
        people,
        organisation_id=row.organisation_id,
        reference=people.references.get(row.proposal_id, ""),
        on=on,
        subject=f"Beslissing over je kandidatuur voor {call.title}",
        opening=SENTENCES[row.outcome],
        sections=[
            ("Waarom", paragraphs(row.motivation)),
            ("Waarop deze beslissing steunt", paragraphs(row.legal_basis)),
            ("Niet akkoord? Je kan een weerwoord indienen", [[one] for one in own_route]),
            ("De wettelijke weg, los van het weerwoord", paragraphs(row.appeal_routes)),
        ],
    )
