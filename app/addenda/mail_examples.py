"""Samples of the mails about a call."""

from types import SimpleNamespace

from app.notifications.examples import CALL, LATER, LINK, ORGANISATION, PERSON, STATUS, Example
from app.notifications.services import Recipient

_CHANGED = SimpleNamespace(
    kind="changed",
    label="Uitdaging 2, obstakel “Mobiliteit”",
    before="Mobiliteit",
    after="Mobiliteit buiten de stad",
)


def examples() -> dict[str, Example]:
    """{kind: sample} (setting MAIL_EXAMPLES)."""
    return {
        "call.amended": Example(
            f"Oproep gewijzigd: {CALL.title}",
            "addenda/mail_amended",
            {
                "title": CALL.title,
                "number": 2,
                "reason": "Het overleg met de gemeenten bracht een nieuw inzicht.",
                "changes": [_CHANGED],
                "deadline": LATER,
                "extended": True,
                "only_dates": False,
                "confirm": True,
                "follows": False,
                "own": [SimpleNamespace(organisation=ORGANISATION, status=STATUS)],
                "link": LINK,
                "own_link": f"{LINK}/kandidaturen",
            },
        ),
        "call.follow": Example(
            f"Bevestig dat je deze oproep wil volgen: {CALL.title}",
            "addenda/mail_follow",
            {"title": CALL.title, "link": LINK},
            to=Recipient(PERSON.email),
        ),
        "publication_asked": Example(
            f"Wil je de oproep {CALL.title} publiceren?",
            "addenda/mail_publication_asked",
            {"title": CALL.title, "asked_by": "Rik De Regisseur", "link": LINK},
        ),
    }
