"""Finding applicants in a long list: by words of their name and by where they stand."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from flask import request

from app.infra.texts import clean

LONGEST = 100  # characters


class Asked(NamedTuple):
    """What somebody looks for; `stand` is a key of the list's own stands, or empty for all."""

    words: str = ""
    stand: str = ""

    def fits(self, name: str, stands: Collection[str]) -> bool:
        """Whether an applicant of that name, with these stands, is meant."""
        found = name.casefold()
        return all(one in found for one in self.words.casefold().split()) and (
            not self.stand or self.stand in stands
        )


def asked_here(stands: Mapping[str, str]) -> Asked:
    """What the address asks with `naam` and `stand`; a stand that the list does not know asks for all."""
    words, stand = (clean(request.args.get(name, ""))[:LONGEST] for name in ("naam", "stand"))
    return Asked(words, stand if stand in stands else "")
