"""Who may see whose scores. The phases come from the rows `score.*` of `access.PERMISSIONS`.

What the table cannot say is here: whose sheet it is, whether the viewer's own sheet for that proposal is
in, and whether the round is still open. Reasons are message codes, as in `access.may`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.access import PERMISSIONS, YES, Role, Verdict
from app.domain.timeline import Phase

BEFORE_OWN_SHEET = "score.other.view_before_own_sheet"
AFTER_OWN_SHEET = "score.other.view_after_own_sheet"
AFTER_ROUND = "score.other.view_after_round"
OWN = "score.own.view"
PROGRESS = "score.progress"
EDIT_WRITTEN = "score.own.edit_written"
EDIT_PITCH = "score.own.edit_pitch"

EXPLANATIONS: Mapping[str, str] = {
    EDIT_WRITTEN: "Een jurylid vult het eigen scoreblad in zolang de schriftelijke ronde loopt.",
    EDIT_PITCH: "Een jurylid scoort de pitch zolang de pitchronde loopt.",
    OWN: "Een jurylid ziet altijd het eigen scoreblad terug, tenzij er een belangenconflict is.",
    BEFORE_OWN_SHEET: (
        "Zolang de ronde loopt en het eigen scoreblad niet is ingediend, ziet niemand wat anderen gaven. "
        "Zo beïnvloedt niemand elkaar."
    ),
    AFTER_OWN_SHEET: (
        "Wie het eigen scoreblad voor een kandidatuur heeft ingediend, mag de scorebladen van de andere "
        "juryleden voor die kandidatuur zien."
    ),
    AFTER_ROUND: (
        "Na het sluiten van de ronde zien juryleden, voorzitter, regisseur en waarnemer alle scorebladen "
        "van die ronde."
    ),
    PROGRESS: (
        "Voorzitter, regisseur en waarnemer zien wie al indiende, maar niet welke scores er gegeven zijn."
    ),
}


@dataclass(frozen=True)
class SheetFacts:
    """One viewer and one score sheet of one proposal in one round.

    `roles` are the viewer's roles in this call (`access.roles_for`); `own_sheet_in`: the viewer handed in
    a sheet for the same proposal in the same round; `round_open`: that round, not the call.
    """

    phase: Phase
    roles: frozenset[Role]
    is_author: bool = False
    own_sheet_in: bool = False
    round_open: bool = True
    in_conflict: bool = False


def may_see_sheet(facts: SheetFacts) -> Verdict:
    """May the viewer see the levels and reasons on this sheet?

    Reasons: conflict_of_interest, own_sheet_first (a juror who still has to hand in), round_still_open
    (who may see it only afterwards), not_in_this_phase, not_your_role.
    """
    if _in_conflict(facts):
        return Verdict(False, "conflict_of_interest")
    if facts.is_author:
        return _by_table(OWN, facts)
    if not facts.round_open:
        return _by_table(AFTER_ROUND, facts)
    if facts.own_sheet_in:
        return _while_open(AFTER_OWN_SHEET, facts)
    if facts.roles & _holders(AFTER_OWN_SHEET):
        return Verdict(False, "own_sheet_first")
    return _while_open(BEFORE_OWN_SHEET, facts)


def may_see_progress(facts: SheetFacts) -> Verdict:
    """May the viewer see that a sheet is in or not, without what is on it? Reasons as `access.may`."""
    if _in_conflict(facts):
        return Verdict(False, "conflict_of_interest")
    return _by_table(PROGRESS, facts)


def may_edit_sheet(facts: SheetFacts, *, pitch: bool = False) -> Verdict:
    """May the viewer write on this sheet? `pitch`: a sheet of the pitch round instead of the written one.

    Reasons: conflict_of_interest, not_your_sheet, round_closed, not_in_this_phase, not_your_role.
    """
    if _in_conflict(facts):
        return Verdict(False, "conflict_of_interest")
    if not facts.is_author:
        return Verdict(False, "not_your_sheet")
    allowed = _by_table(EDIT_PITCH if pitch else EDIT_WRITTEN, facts)
    if allowed and not facts.round_open:
        return Verdict(False, "round_closed")
    return allowed


def _in_conflict(facts: SheetFacts) -> bool:
    return facts.in_conflict or Role.JUROR_IN_CONFLICT in facts.roles


def _holders(action: str) -> frozenset[Role]:
    return frozenset(role for role, phases in PERMISSIONS[action].items() if phases)


def _while_open(action: str, facts: SheetFacts) -> Verdict:
    """A refusal during the round names the round when the same person may look once it is closed."""
    verdict = _by_table(action, facts)
    if not verdict and facts.roles & _holders(AFTER_ROUND) and not facts.roles & _holders(action):
        return Verdict(False, "round_still_open")
    return verdict


def _by_table(action: str, facts: SheetFacts) -> Verdict:
    row = PERMISSIONS[action]
    if any(facts.phase in row[role] for role in facts.roles):
        return YES
    ever = any(row[role] for role in facts.roles)
    return Verdict(False, "not_in_this_phase" if ever else "not_your_role")
