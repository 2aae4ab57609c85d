"""Samples of the mails about the formal check."""

from typing import Any

from app.notifications.examples import AT, CALL, JUDGED, LATER, LINK, ORGANISATION, Example

_STATUTES = "De statuten van de organisatie zijn toegevoegd"
_REASON = "De statuten kwamen na het einde van de termijn aan."


def examples() -> dict[str, Example]:
    """{kind: sample} (setting MAIL_EXAMPLES)."""
    return {
        "admissibility.requested": _example(
            "requested",
            "Vul je kandidatuur aan",
            items=[_STATUTES],
            message="De laatste versie is genoeg.",
            until=LATER,
        ),
        "admissibility.extended": _example(
            "extended",
            "Meer tijd om aan te vullen",
            until=LATER,
            reason="Het secretariaat is een week gesloten.",
        ),
        "admissibility.answered": _example(
            "answered",
            "Je aanvulling is aangekomen",
            received_at=AT,
            lines=[(_STATUTES, "statuten.pdf")],
            until=LATER,
        ),
        "admissibility.refused": _example(
            "refused",
            "Je kandidatuur is niet ontvankelijk",
            attachments=("beslissing.pdf",),
            reasons=[(_STATUTES, _REASON)],
            asked=[[f"{_STATUTES}: gevraagd op 12 juni 2026.", "Daarop kwam niets binnen."]],
            decided="Voorgesteld door Rik De Regisseur, bevestigd door An Peeters op 29 juni 2026.",
        ),
        "admissibility.revoked": _example(
            "revoked",
            "Je kandidatuur doet weer mee",
            reason="De statuten waren wel op tijd aangekomen.",
        ),
    }


def _example(what: str, subject: str, attachments: tuple[str, ...] = (), **context: Any) -> Example:
    facts = {"call": CALL, "organisation": ORGANISATION, "status": JUDGED, "link": LINK, **context}
    return Example(f"{subject}: {CALL.title}", f"admissibility/mail_{what}", facts, attachments=attachments)
