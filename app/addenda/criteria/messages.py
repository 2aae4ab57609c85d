"""The Dutch sentences about templates of criteria."""

from app.infra.messages import register

register(
    {
        "template_name_missing": "Geef het sjabloon een naam.",
        "template_name_long": "De naam is te lang: hoogstens {most} tekens.",
        "template_name_taken": "Er is al een sjabloon met deze naam voor deze ronde. Kies een andere naam.",
        "template_empty": "Er zijn nog geen criteria om te bewaren.",
    }
)
