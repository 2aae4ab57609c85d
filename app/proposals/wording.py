"""What a proposal asks: the names of its parts, in the code and on the screen."""

import re
from typing import NamedTuple

TEXT_LIMIT = 20_000  # characters a field can hold; far beyond what anyone should read


class Expectation(NamedTuple):
    """Something the region expects of every partner (addendum, "wat verwachten wij")."""

    key: str
    label: str
    hint: str


class AnswerPart(NamedTuple):
    key: str
    label: str
    hint: str
    words: int


EXPECTATIONS = (
    Expectation("outreaching", "Outreachend werken", "Hoe gaan jullie naar mensen toe?"),
    Expectation("tailored", "Werken op maat", "Hoe stemmen jullie af op wat deze persoon nodig heeft?"),
    Expectation("sharing_information", "Informatie delen", "Wat delen jullie met de partners, en hoe?"),
    Expectation(
        "time_to_experiment", "Tijd om te experimenteren", "Welke ruimte maken jullie om te proberen?"
    ),
    Expectation(
        "culture_sensitive", "Cultuursensitief werken", "Hoe houden jullie rekening met ieders achtergrond?"
    ),
    Expectation("complementing", "Elkaar aanvullen", "Hoe vullen jullie andere organisaties aan?"),
)
ANSWER_PARTS = (
    AnswerPart("approach", "Aanpak", "Wat doen jullie, met wie en in welke stappen?", 300),
    AnswerPart("expertise", "Ervaring en deskundigheid", "Waaruit blijkt dat jullie dit kunnen?", 200),
    AnswerPart(
        "reach", "Hoe bereiken jullie deze mensen?", "Waar en hoe komen jullie met hen in contact?", 200
    ),
)
SUMMARY_WORDS = 300
EXPECTATION_WORDS = 150
_WORD = re.compile(r"[^\W_]")


def words(text: str) -> int:
    """How many words: stretches between white space with a letter or a digit in them, so that the marks of
    Markdown do not count. app/static/js/wordcount.js counts the same."""
    return sum(bool(_WORD.search(one)) for one in text.split())


def word_line(text: str, limit: int) -> str:
    """What stands under a field; the same words as app/static/js/wordcount.js."""
    left = limit - words(text)
    many = f"{abs(left)} {'woord' if abs(left) == 1 else 'woorden'}"
    return f"nog {many} (van {limit})" if left >= 0 else f"{many} te veel (van {limit})"
