"""Dutch sentences for the refusals of this feature."""

from app.infra.messages import register

register({"email_invalid": "Dit is geen geldig e-mailadres. Een voorbeeld: naam@organisatie.be."})
