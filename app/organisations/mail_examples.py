"""Samples of the mails about organisations."""

from app.notifications.examples import LINK, ORGANISATION, Example

_BOTH = {"kept": ORGANISATION, "gone": "De Brug Bornem vzw", "link": LINK}


def examples() -> dict[str, Example]:
    """{kind: sample} (setting MAIL_EXAMPLES)."""
    return {
        "organisation.account_exists": Example(
            "Je hebt al een account",
            "organisations/mail_account_exists",
            {"organisation": ORGANISATION, "link": LINK},
        ),
        "organisation.join_asked": Example(
            f"Iemand wil bij {ORGANISATION} komen in Partnerwijzer",
            "organisations/mail_join_asked",
            {"asker": "Jef Claes", "email": "jef@voorbeeld.be", "organisation": ORGANISATION, "link": LINK},
        ),
        "organisation.join_refused": Example(
            "Je vraag om bij een organisatie te komen",
            "organisations/mail_join_refused",
            {"organisation": ORGANISATION},
        ),
        "organisation.handed_over": Example(
            f"Het eigenaarschap van {ORGANISATION} is overgedragen",
            "organisations/mail_handed_over",
            {
                "new": True,
                "organisation": ORGANISATION,
                "successor": "Mia Maes",
                "former": "Jef Claes",
                "link": LINK,
            },
        ),
        "organisation.merged": Example(
            f"De Brug Bornem vzw en {ORGANISATION} zijn samengevoegd", "organisations/mail_merged", _BOTH
        ),
        **{f"organisation.merge_{what}": _merge(what) for what in ("proposed", "agreed", "refused")},
    }


def _merge(what: str) -> Example:
    return Example(
        f"Samenvoegen van De Brug Bornem vzw en {ORGANISATION}",
        "organisations/mail_merge",
        {"what": what, "who": "Jef Claes", **_BOTH},
    )
