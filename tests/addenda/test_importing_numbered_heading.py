"""A numbered heading after a list of questions ends that list: its last question is a point too."""

import pytest

from app.addenda.importing import parse_addendum

TEXT = """Lokaal addendum Denderdal
1. Werkingsgebied
Gemeenten: Ninove, Geraardsbergen
5. Regio-uitdagingen
Regio-uitdaging 1 gebaseerd op persona Fatima
Obstakels
• geen opvang
• geen auto
Doelen
• Hoe kunnen we opvang organiseren?
• Hoe kunnen we vervoer regelen?
{heading}
• Vertrouwenspersoon
"""


@pytest.mark.parametrize(
    "heading", ["6. Types dienstverlening", "6. Contact", "6. Verrijkingssessie", "6. Lokale timing"]
)
def test_the_last_question_is_kept(heading: str) -> None:
    [challenge] = parse_addendum(TEXT.format(heading=heading)).challenges
    assert [goal.text.rstrip("?") for goal in challenge.goals] == [
        "Hoe kunnen we opvang organiseren",
        "Hoe kunnen we vervoer regelen",
    ]
