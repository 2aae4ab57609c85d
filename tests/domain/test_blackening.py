"""A name is found however it is written, and a bar tells nothing of its length."""

import pytest

from app.domain.blackening import BAR, Blackener

BLACK = Blackener(
    ["Vzw De Brug", "An De Backer", "Café René", "Dr. Griet Verhoeven", "Ludo Mys", "Vroegere gebruiker 512"],
    people=["An De Backer", "Dr. Griet Verhoeven", "Ludo Mys", "Vroegere gebruiker 512"],
    free=["Ludo"],
    kept=["0428315871"],
    keys={"juror_id", "email"},
)


@pytest.mark.parametrize(
    "text",
    [
        "vzw De Brug",
        "VZW DE BRUG",
        "vzw  de\nbrug",
        "vzw ‘De Brug",
        "an de backer",
        "Backer",
        "backer",
        "Griet",
        "GRIET VERHOEVEN",
        "verhoeven",
        "Griet\n    Verhoeven",
        "Verhoe-\nven",
        "Ver\u00adhoeven",
        "Griet\u200b Verhoeven",
        "Verhoeven, Griet",
        "Mys",
        "G.V.",
        "G. V.",
        "A.D.B.",
        "a" * 64,
        "cafe rene",
        "CAFÉ RENÉ",
        "Cafe\u0301 Rene\u0301",
        "an.debacker@voorbeeld.be",
        "03 890 12 34",
        "0475/12.34.56",
        "+32 475 12 34 56",
        "0032475123456",
        "0566.988.259",
        "BE 0566.988.259",
        "0566988259",
        "www.debrug.be/contact",
        "https://debrug.be",
    ],
)
def test_this_becomes_one_bar(text: str) -> None:
    assert BLACK.text(text) == BAR
    assert BLACK.text(f"Wij schrijven: {text}, dank.") == f"Wij schrijven: {BAR}, dank."


@pytest.mark.parametrize(
    "text",
    [
        "De brug over de Schelde",
        "een griet van de markt",
        "mys",
        "Ludo belt nooit aan",
        "Vroegere gebruiker van het huis",
        "m.a.w. en d.w.z.",
        "O.C.M.W.",
        "een half-\nuur",
        "02/06/2023 om 23u59",
        "12 500 euro voor 0,5 vte",
        "2026-11-21T10:00:00+00:00",
        "2026-08-14T08:00:00.123456+00:00",
        "2026-08-14",
        "0428.315.871",
        "An",
        "",
    ],
)
def test_this_stays(text: str) -> None:
    assert BLACK.text(text) == text


def test_plain_json_is_blackened_at_every_depth() -> None:
    given = {
        "juror_id": 12,
        "email": "",
        "rows": [{"reason": "Zoals An De Backer zei", "level": 3, "email": "x@y.be"}],
        "none": None,
    }
    assert BLACK.value(given) == {
        "juror_id": BAR,
        "email": "",
        "rows": [{"reason": f"Zoals {BAR} zei", "level": 3, "email": BAR}],
        "none": None,
    }
