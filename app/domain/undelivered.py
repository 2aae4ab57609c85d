"""Why a mail did not arrive, in words for who is not a postmaster.

From what a mail server answers: enhanced status codes (RFC 3463), SMTP codes (RFC 5321), and the words that
servers use when they give no code.
"""

import re

OTHERWISE = "De mailserver van de ontvanger weigerde de mail."
_REASONS: tuple[tuple[str, str], ...] = (
    (r"email_invalid", "Dit is geen geldig e-mailadres."),
    (r"\b5\.2\.2\b|\b4\.2\.2\b|\b552\b|quota|mailbox.{0,20}full", "De mailbox van de ontvanger zit vol."),
    (r"\b5\.3\.4\b|too (large|big)|size limit", "De mail is te groot voor de mailserver van de ontvanger."),
    (
        r"\b5\.1\.\d+\b|user unknown|no such|unknown user|does not exist|mailbox (not found|unavailable)",
        "De mailserver van de ontvanger kent dit adres niet. Misschien staat er een tikfout in, of werkt die "
        "persoon er niet meer.",
    ),
    (
        r"\b5\.7\.\d+\b|\b554\b|spam|blocked|policy|blacklist",
        "De mailserver van de ontvanger hield de mail tegen, mogelijk als ongewenste reclame.",
    ),
    (
        r"\b4\.\d+\.\d+\b|\b4[25]\d\b|timed? ?out|try again",
        "De mailserver van de ontvanger bleef zeggen dat het later moest, tot we stopten met proberen.",
    ),
    (r"\b550\b", "De mailserver van de ontvanger kent dit adres niet, of neemt er geen mail voor aan."),
)


def why_undelivered(told: str | None) -> str:
    """One sentence for what a server said; never empty."""
    text = (told or "").lower()
    return next((words for pattern, words in _REASONS if re.search(pattern, text)), OTHERWISE)
