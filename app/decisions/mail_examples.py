"""Samples of the mails about a decision."""

from typing import Any

from app.notifications.examples import CALL, LINK, ORGANISATION, SELECTED, Example

_UNTIL = "vrijdag 26 juni 2026, 23u59"


def examples() -> dict[str, Example]:
    """{kind: sample} (setting MAIL_EXAMPLES)."""
    about = f"de kandidatuur van {ORGANISATION}"
    letter = ("beslissing.pdf",)
    return {
        "decision": _example("decision", f"Beslissing over {about}", letter, until=_UNTIL),
        "decision.again": _example(
            "again", f"Opnieuw: beslissing over {about}", letter, until=_UNTIL, answer_until=_UNTIL
        ),
        "decision.answer_reminder": _example(
            "answer_reminder", f"Nog geen antwoord: {CALL.title}", until=_UNTIL
        ),
        "decision.answered": _example(
            "answered",
            f"Jullie antwoord voor {CALL.title}",
            accepted=True,
            received="vrijdag 12 juni 2026, 10u00",
        ),
        "decision.answer_term": _example(
            "more_time",
            f"Meer tijd om te antwoorden voor {CALL.title}",
            until=_UNTIL,
            reason="Jullie raad komt pas volgende week samen.",
        ),
    }


def _example(what: str, subject: str, attachments: tuple[str, ...] = (), **context: Any) -> Example:
    facts = {"call": CALL, "organisation": ORGANISATION, "status": SELECTED, "link": LINK, **context}
    return Example(subject, f"decisions/mail_{what}", facts, attachments=attachments)
