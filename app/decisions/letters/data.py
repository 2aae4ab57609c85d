"""The letter about a decision: its words as plain data, and the PDF made of exactly that data.

Fixed are the outcome, the reasons, the legal basis, the objection and the routes; the region writes the words
around them once for every outcome.
"""

from collections.abc import Iterable
from datetime import date

from app.addenda.queries import Call
from app.decisions.letters.queries import words_of
from app.decisions.letters.wording import NEXT_STEPS, Words
from app.decisions.queries import DecisionRow
from app.decisions.wording import SENTENCES
from app.domain.letter_texts import fill
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


IN_THE_PLACE_OF = (
    "Deze beslissing komt in de plaats van wat je eerder werd meegedeeld. De eerdere beslissing blijft "
    "bewaard zoals ze genomen werd."
)


def decision_letters(call: Call, decisions: Iterable[DecisionRow], on: date) -> dict[int, LetterData]:
    """{decision id: what its letter says} for letters that leave on the local day `on`.

    The objection window follows from that day alone, so a letter holds whatever the hour it leaves.
    """
    rows = list(decisions)
    people = correspondents(call, {row.organisation_id for row in rows})
    words = {outcome: stored.words for outcome, stored in words_of(call.id).items()}
    return {row.id: decision_letter(call, row, people, words[row.outcome], on) for row in rows}


def decision_letter(
    call: Call, row: DecisionRow, people: Correspondents, words: Words, on: date
) -> LetterData:
    until = deadline(window_end(start_of_day(on), call.objection_days))
    reference = people.references.get(row.proposal_id, "")
    values = {
        "organisatie": row.organisation_name,
        "oproep": call.title,
        "regio": call.service_area,
        "kenmerk": reference,
        "weerwoord_tot": until,
        "antwoord_tot": deadline(window_end(start_of_day(on), call.acceptance_days)),
    }
    opening, next_steps, closing = (paragraphs(fill(text, values)) for text in words)
    own_route = [
        OBJECTION_PARAGRAPH.format(days=call.objection_days),
        f"Voor jou loopt die termijn tot en met {until} (Brusselse tijd). Indienen doe je in Partnerwijzer, "
        "bij je kandidatuur.",
    ]
    return letter_data(
        people,
        organisation_id=row.organisation_id,
        reference=reference,
        on=on,
        subject=f"Beslissing over je kandidatuur voor {call.title}",
        opening=SENTENCES[row.outcome],
        introduction=opening,
        closing=closing,
        sections=[
            *([("Een nieuwe beslissing", [[IN_THE_PLACE_OF]])] if row.number > 1 else []),
            ("Waarom", paragraphs(row.motivation)),
            *([(NEXT_STEPS, next_steps)] if next_steps else []),
            ("Waarop deze beslissing steunt", paragraphs(row.legal_basis)),
            ("Niet akkoord? Je kan een weerwoord indienen", [[one] for one in own_route]),
            ("De wettelijke weg, los van het weerwoord", paragraphs(row.appeal_routes)),
        ],
    )
