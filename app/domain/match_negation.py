"""Which words of an offer are said not to be offered: "geen ervaring met verslaving", "niet voor jongeren".

Only an offer denies. "Voor wie geen rijbewijs heeft" names the people it is for, so nothing is taken away;
and a need that lacks something ("gebrek aan kinderopvang") is about exactly that.
"""

import re
from collections.abc import Sequence

from app.domain.word_forms import NEGATORS, Word

# Who the text is about, when they stand before the negator: it is their lack, not a limit of the offer.
_THEIR_LACK = frozenset(
    re.findall(
        r"\w+",
        """
        wie die mensen personen jongeren ouders gezinnen vrouwen mannen moeders vaders deelnemers kandidaten
        werkzoekenden bewoners gasten klanten clienten nieuwkomers anderstaligen iemand iedereen volwassenen
        kinderen alleenstaanden inwoners burgers huurders werknemers kwetsbaren gebruikers wanneer als omdat
        doordat indien wiens hij zij
        """,
    )
)
_OWN = frozenset({"we", "wij", "ons", "onze", "vzw", "organisatie", "vereniging", "dienst", "werking"})
# "Niet alleen", "niet enkel": the opposite of a denial. "Zonder wachtlijst", "geen wachttijd": a strength.
_NO_DENIAL = frozenset({"alleen", "enkel", "slechts", "meer", "louter", "zomaar", "altijd", "iedereen"})
_STRENGTH = frozenset(
    re.findall(
        r"\w+",
        """wachtlijst wachtlijsten wachttijd wachttijden afspraak drempel drempels oordeel vooroordeel kosten
        druk dwang verplichting verplichtingen voorwaarden inschrijving verwijsbrief probleem""",
    )
)
_TURN = frozenset({"maar", "wel", "doch", "echter", "enkel", "alleen", "daarentegen", "integendeel"})
_NEW_SUBJECT = frozenset({"we", "wij", "ze", "zij", "die", "u", "je", "dat", "dit"})


def denied(words: Sequence[Word]) -> frozenset[int]:
    """The places of the words that the offer says it is not about, the negator included."""
    places: set[int] = set()
    for place, one in enumerate(words):
        if one.folded in NEGATORS and place not in places and _denies(words, place):
            places.update(range(place, _end(words, place)))
    return frozenset(places)


def _denies(words: Sequence[Word], place: int) -> bool:
    following = words[place + 1].folded if place + 1 < len(words) else ""
    if following in _NO_DENIAL or following in _STRENGTH:
        return False
    if words[place].folded == "zonder":
        return False  # "mensen zonder papieren", "zonder rijbewijs bereikbaar"
    before = [one.folded for one in _before(words, place)]
    theirs = max((at for at, one in enumerate(before) if one in _THEIR_LACK), default=-1)
    own = max((at for at, one in enumerate(before) if one in _OWN), default=-1)
    return theirs <= own


def _before(words: Sequence[Word], place: int) -> Sequence[Word]:
    start = place
    while start and words[start - 1].clause == words[place].clause:
        start -= 1
    return words[start:place]


def _end(words: Sequence[Word], place: int) -> int:
    """Until the clause ends, or the sentence turns ("maar wel …", ", we …")."""
    for at in range(place + 1, len(words)):
        one = words[at]
        turns = one.folded in _TURN or (one.after_comma and one.folded in _NEW_SUBJECT)
        if one.clause != words[place].clause or turns:
            return at
    return len(words)
