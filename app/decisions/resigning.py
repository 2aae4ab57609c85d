"""What was signed of a ranking, to hold a recomputed one against; and which rows under it changed since."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from app.addenda.queries import load_call
from app.decisions.models import SignedRanking
from app.decisions.signing import ranking_content
from app.evaluation.firmness.recomputing import SIGNED, Signed
from app.infra.database import db

KEYS = {
    "sheets": ("score", ("proposal", "juror", "round", "criterion")),
    "consensus": ("gezamenlijke score", ("proposal", "criterion")),
    "criteria": ("criterium", ("id",)),
}
WORDS = {
    "proposal": "kandidatuur",
    "juror": "jurylid",
    "criterion": "criterium",
    "round": "ronde",
    "id": "nummer",
}


def signed_of(addendum_id: int) -> Signed | None:
    """None before the decisions of the call were communicated."""
    row = db.session.get(SignedRanking, addendum_id)
    if row is None:
        return None
    content = json.loads(row.content)
    now = ranking_content(load_call(addendum_id, row.signed_at), [], row.signed_at)
    return Signed(
        row.sha256,
        hashlib.sha256(row.content.encode()).hexdigest() == row.sha256,
        {one["proposal"]: one for one in content["ranking"]},
        list(_changes(content, json.loads(json.dumps(now)))),
    )


def _changes(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[str]:
    for part, (word, keys) in KEYS.items():
        before, after = ({tuple(one[key] for key in keys): one for one in of[part]} for of in (then, now))
        for key in sorted(before.keys() | after.keys(), key=str):
            if _numbers(before.get(key)) != _numbers(after.get(key)):
                named = ", ".join(f"{WORDS[name]} {value}" for name, value in zip(keys, key, strict=True))
                yield f"Sinds de ondertekening {_how(before.get(key), after.get(key))}: {word} ({named})."
    for how, pairs in (("kwam erbij", _pairs(now) - _pairs(then)), ("weg", _pairs(then) - _pairs(now))):
        for juror, proposal in sorted(pairs):
            who = f"jurylid {juror}, kandidatuur {proposal}"
            yield f"Sinds de ondertekening {how}: belangenconflict ({who})."
    if _numbers(then["rounds"]) != _numbers(now["rounds"]):
        yield "Sinds de ondertekening veranderde het minimum in het geheel of wat elke ronde telt."


def _numbers(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Weights and minimums by what they are worth ("34" is "34.00"); the name of a criterion moves nobody."""
    if row is None:
        return None
    exact = ("weight", "minimum", "minimum_total", "written_share")
    return {
        key: Decimal(value) if key in exact and value is not None else value
        for key, value in row.items()
        if key != "name"
    }


def _how(before: Any, after: Any) -> str:
    if before is None:
        return "kwam erbij"
    return "weg" if after is None else "veranderd"


def _pairs(content: Mapping[str, Any]) -> set[tuple[int, int]]:
    return {(juror, proposal) for juror, proposal in content["conflicts"]}


SIGNED.append(signed_of)
