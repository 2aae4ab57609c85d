"""Samples of the mails about questions."""

from app.notifications.examples import CALL, LINK, PERSON, Example
from app.notifications.services import Recipient

_ASKED = [
    (
        "Mag een organisatie van buiten de regio meedoen?",
        "Ja. Wel moet ze kunnen tonen hoe ze de mensen in de regio bereikt.",
    ),
    ("Moet er een kostenraming bij?", "Nee, voor deze oproep niet."),
]


def examples() -> dict[str, Example]:
    """{kind: sample} (setting MAIL_EXAMPLES)."""
    return {
        "question.answers": Example(
            f"Vragen beantwoord: {CALL.title}",
            "questions/mail_answers",
            {"title": CALL.title, "questions": _ASKED, "link": LINK, "follows": False, "own": ()},
        ),
        "question.confirm": Example(
            f"Bevestig je vraag over {CALL.title}",
            "questions/mail_confirm",
            {"title": CALL.title, "link": LINK},
            to=Recipient(PERSON.email),
        ),
    }
