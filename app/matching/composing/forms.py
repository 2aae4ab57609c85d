"""What the page of the composer is asked, from its address: a team can be sent to a colleague as a link."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import TextAreaField

from app.infra.forms import Form, cleaned, stripped

_AMOUNT = re.compile(r"[0-9]{1,9}(,[0-9]{1,2})?")
_COUNT = re.compile(r"[1-9][0-9]{0,2}")
LISTS = ("moet", "niet", "dubbel")
TEXTS = ("budget", "partners", "score")
TICKS = ("gemeenten", "coordinator")
WRONG = {
    "budget": "Vul een bedrag in euro in, bijvoorbeeld 120.000.",
    "partners": "Vul een aantal van 1 tot 999 in.",
    "score": "Vul een percentage van 0 tot 100 in.",
    "moet": "Een kandidaat kan niet tegelijk moeten en niet mogen.",
}


class ChoiceForm(Form):
    reason = TextAreaField(
        "Waarom kiezen jullie dit team?",
        filters=[stripped, cleaned],
        description="In woorden: deze uitleg staat naast het voorstel in het verslag.",
    )


@dataclass(frozen=True)
class Asked:
    """`limits` as `team compose` takes them; `typed` to fill the form in again; `errors` by field; `chosen`
    the ticked proposals, None when nobody ticked yet. `link` are the values of the address."""

    limits: dict[str, Any]
    typed: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)
    chosen: tuple[int, ...] | None = None

    @property
    def link(self) -> dict[str, Any]:
        return {name: value for name, value in self.typed.items() if value}


def asked(
    sent: MultiDict[str, str], proposals: Collection[int], obstacles: Collection[int], towns: Collection[str]
) -> Asked:
    """Read the limits; what is unknown is left out, what is wrong is told and kept as it was typed."""
    typed: dict[str, Any] = {name: sent.get(name, "").strip()[:40] for name in TEXTS}
    typed |= {name: "1" if sent.get(name) == "1" else "" for name in TICKS}
    typed |= {name: _known(sent, name, obstacles if name == "dubbel" else proposals) for name in LISTS}
    budget, count, score = _amount(typed["budget"]), typed["partners"], _amount(typed["score"])
    errors = {
        name: WRONG[name]
        for name, wrong in (
            ("budget", typed["budget"] and budget is None),
            ("partners", count and not _COUNT.fullmatch(count)),
            ("score", typed["score"] and (score is None or score > 100)),
            ("moet", set(typed["moet"]) & set(typed["niet"])),
        )
        if wrong
    }
    limits = {
        "budget": budget,
        "max_partners": int(count) if count and "partners" not in errors else None,
        "min_score": score if "score" not in errors else None,
        "must": typed["moet"],
        "must_not": [one for one in typed["niet"] if one not in typed["moet"]],
        "critical": {str(one): 2 for one in typed["dubbel"]},
        "municipalities": list(towns) if typed["gemeenten"] else [],
        "coordinator": bool(typed["coordinator"]),
    }
    chosen = tuple(_known(sent, "samen", proposals)) if "samen" in sent else None
    return Asked(limits, typed, errors, chosen)


def _known(sent: MultiDict[str, str], name: str, ids: Collection[int]) -> list[int]:
    wanted = {text for text in sent.getlist(name) if len(text) < 12}
    return [one for one in ids if str(one) in wanted]


def _amount(text: str) -> Decimal | None:
    """ "120.000" or "€ 1 500,50"; None for what is no amount."""
    bare = re.sub(r"[€%\s]", "", text)
    bare = re.sub(r"\.(?=[0-9]{3}(?![0-9]))", "", bare).replace(".", ",")
    return Decimal(bare.replace(",", ".")) if _AMOUNT.fullmatch(bare) else None
