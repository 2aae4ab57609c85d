"""Rules of a jury that need neither database nor screen."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.domain.criteria import RoundRules
from app.domain.errors import DomainError
from app.domain.timeline import Phase
from app.domain.visibility import EDIT_PITCH, EDIT_WRITTEN

WRITTEN, PITCH = "written", "pitch"
ROUND_OF_PHASE = {Phase.WRITTEN: WRITTEN, Phase.PITCH: PITCH}
EDIT_ROW = {WRITTEN: EDIT_WRITTEN, PITCH: EDIT_PITCH}
ROUND_LABELS = {WRITTEN: "schriftelijke ronde", PITCH: "pitchronde"}
CONFLICT_KINDS = {
    "employer": "Werkgever",
    "board": "Lid van het bestuur",
    "family": "Familie of partner",
    "financial": "Financieel belang",
    "other": "Andere band",
}
SEATS = {"vdab": "VDAB", "local_authority": "Lokaal bestuur", "independent": "Onafhankelijk expert"}
TEXT_LIMIT = 5_000
NOT_APPLICABLE = "na"  # what a form sends instead of a level
SKIPPED = "n.v.t."


class SheetRefused(DomainError):
    """A sheet that cannot be saved or handed in as it is; `problems` belong to its fields."""

    def __init__(self, problems: Iterable[DomainError]) -> None:
        super().__init__("sheet_refused")
        self.problems = tuple(problems)


class JurorTasks(NamedTuple):
    """How far a juror is in the round that runs (in the written one before it opens)."""

    to_declare: int
    to_score: int
    scored: int
    in_conflict: int


def reading_order(juror_id: int, proposal_ids: Iterable[int]) -> list[int]:
    """The proposals in an order of each juror's own, always the same: so that it is not the same proposal
    that everybody reads when tired. A new proposal finds its place without moving the others."""

    def place(proposal_id: int) -> bytes:
        return hashlib.blake2b(f"{juror_id}:{proposal_id}".encode(), digest_size=8).digest()

    return sorted(proposal_ids, key=place)


def round_is_open(round_name: str, phase: Phase) -> bool:
    return ROUND_OF_PHASE.get(phase) == round_name


def round_is_closed(round_name: str, phase: Phase) -> bool:
    return phase > (Phase.WRITTEN if round_name == WRITTEN else Phase.PITCH)


def missing_parts(
    rules: RoundRules,
    levels: Mapping[int, int | None],
    reasons: Mapping[int, str],
    least_reason: int = 0,
) -> list[DomainError]:
    """What a sheet still needs before it can be handed in: of every criterion a level, or that it does not
    apply (None), and a reason of at least `least_reason` characters; and at least one level in all."""
    found = []
    for one in rules.criteria:
        if one.id not in levels:
            found.append(DomainError("level_missing", field=f"level-{one.id}", name=one.name))
        written = reason_length(reasons.get(one.id, ""))
        if not written:
            found.append(DomainError("reason_missing", field=f"reason-{one.id}", name=one.name))
        elif written < least_reason:
            facts = {"name": one.name, "least": least_reason, "written": written}
            found.append(DomainError("reason_too_short", field=f"reason-{one.id}", **facts))
    if not found and all(levels[one.id] is None for one in rules.criteria):
        found.append(DomainError("sheet_without_level"))
    return found


def level_text(level: int | None, not_applicable: bool) -> str:
    """A level as a form sends it; "" as long as nothing was chosen."""
    if not_applicable:
        return NOT_APPLICABLE
    return "" if level is None else str(level)


def reason_length(text: str) -> int:
    """Characters, a run of blanks as one: the page counts in the same way (scoresheet.js)."""
    return len(" ".join(text.split()))
