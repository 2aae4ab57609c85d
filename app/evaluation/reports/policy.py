"""The parts of a jury report, and what each of the files is for."""

from collections.abc import Iterable
from typing import NamedTuple


class Part(NamedTuple):
    """`chosen`: ticked unless somebody says otherwise."""

    key: str
    label: str
    hint: str
    chosen: bool


PARTS = (
    Part("jury", "Jury en zetels", "Wie in de jury zit, namens wie, en wie voorzitter is.", True),
    Part("belangen", "Belangenverklaringen", "Per jurylid wat verklaard is, en wie een band heeft.", True),
    Part("criteria", "Criteria en gewichten", "Met de minimums en de beschreven niveaus.", True),
    Part("rangschikking", "Rangschikking", "Met gelijke plaatsen, minimums en hoe vast ze staan.", True),
    Part("totalen", "Totalen en spreiding per kandidaat", "Per criterium, zonder namen van juryleden.", True),
    Part("beraad", "Consensus", "Het niveau, de reden en wie erbij was.", True),
    Part("opmerkingen", "Opmerkingen voor de kandidaten", "Wat de kandidaat mag lezen.", True),
    Part("scores", "Elke score met haar reden", "Per jurylid, met naam. Dit maakt het verslag lang.", False),
    Part(
        "toelichting",
        "Toelichting bij elke band",
        "Wat een jurylid over die band schreef.",
        False,
    ),
    Part("intern", "Interne opmerkingen", "Niet voor de kandidaten: dat staat dan op elke bladzijde.", False),
)
INTERNAL = frozenset({"scores", "toelichting", "intern"})
"""Parts that are not meant for applicants."""
CHOSEN = frozenset(one.key for one in PARTS if one.chosen)


def chosen_parts(asked: Iterable[str]) -> frozenset[str]:
    """The parts that exist among what was asked for."""
    return frozenset(asked) & {one.key for one in PARTS}
