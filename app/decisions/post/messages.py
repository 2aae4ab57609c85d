"""The Dutch sentences for refusals about mail that did not arrive."""

from app.infra.messages import register

register(
    {
        "mail_address_unknown": "Kies een van de adressen die hier staan.",
        "mail_how_missing": "Schrijf hoe en wanneer dit anders bezorgd werd.",
        "mail_how_too_long": "Houd het kort: hoogstens {maximum} tekens.",
    }
)
