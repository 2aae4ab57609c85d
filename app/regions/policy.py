"""Names of municipalities, as people type them."""

import re
import unicodedata
from collections.abc import Sequence

from app.domain.errors import DomainError

ROLES = {"regisseur": "regisseur", "observer": "waarnemer"}
LONGEST_TOWN = 80
MOST_TOWNS = 60


def town_key(name: str) -> str:
    """The same for "Sint-Amands", "sint amands" and "SINT–AMANDS"."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(one for one in bare if not unicodedata.combining(one))
    return " ".join(re.split(r"[\W_]+", letters)).strip()


def town_names(text: str, field: str = "municipalities") -> Sequence[str]:
    """One name a line or between commas or semicolons, in the order typed, without doubles."""
    pieces = [" ".join(one.split()) for one in re.split(r"[,;\r\n]", text)]
    found = {town_key(one): one for one in reversed(pieces) if town_key(one)}
    names = list(reversed(found.values()))
    if not names:
        raise DomainError("municipalities_missing", field=field)
    if len(names) > MOST_TOWNS:
        raise DomainError("municipalities_many", field=field, most=MOST_TOWNS)
    for name in names:
        if len(name) > LONGEST_TOWN:
            raise DomainError("municipality_name_long", field=field, name=name[:30])
    return names
