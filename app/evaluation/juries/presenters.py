"""Rows for the page of conflicts and for the composition of the jury."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import url_for

from app.domain.conflict_hints import Hint, HintKind
from app.domain.jury_rule import TOTAL, Lack
from app.domain.timeline import local_day
from app.evaluation.juries import policy
from app.evaluation.juries.policy import FILTERS, MEMBERS, strength_word
from app.evaluation.juries.queries import Pair
from app.evaluation.juries.rules import Composition, stamp
from app.evaluation.policy import CONFLICT_KINDS, SEATS


def why(hint: Hint) -> str:
    """What points to a tie, for the chair, the regisseur and the observer."""
    words = f"‘{' '.join(hint.words)}’"
    if hint.kind is HintKind.MEMBER:
        return "heeft een account bij deze organisatie"
    if hint.kind is HintKind.MAIL:
        if len(hint.words) == 2:
            return f"mailt vanuit {hint.words[0]}, de organisatie gebruikt {hint.words[1]}"
        return f"mailt vanuit hetzelfde domein als de organisatie: {hint.words[0]}"
    if hint.kind is HintKind.PERSON:
        return f"de organisatie heeft een medewerker met de naam {words}"
    return f"in de functie van het jurylid staat {words}, wat lijkt op de naam van de organisatie"


def why_own(hint: Hint) -> str:
    """The same to the juror; of somebody with nearly the same name, not the name."""
    if hint.kind is HintKind.MEMBER:
        return "je hebt een account bij deze organisatie"
    if hint.kind is HintKind.MAIL:
        return f"je mailadres hoort bij een domein dat deze organisatie gebruikt ({hint.words[0]})"
    if hint.kind is HintKind.PERSON:
        return "een medewerker van deze organisatie heeft dezelfde of bijna dezelfde naam als jij"
    return f"bij je zetel staat ‘{' '.join(hint.words)}’, wat lijkt op de naam van deze organisatie"


def own_hints(pairs: Sequence[Pair]) -> dict[int, str]:
    """{organisation: why there may be a tie}, for the page on which a juror declares."""
    return {
        one.applicant.organisation_id: "; ".join(why_own(hint) for hint in one.unseen)
        for one in pairs
        if one.unseen
    }


class Cell(NamedTuple):
    """`more`: that there is a tie; `where`: the filter that shows it."""

    juror_id: int
    juror: str
    text: str
    tone: str
    explanation: str
    more: str
    where: str


def matrix(pairs: Sequence[Pair], veiled: Collection[int]) -> list[tuple[str, list[Cell]]]:
    """(applicant, a cell per juror). `veiled`: applicants about whom the viewer still has to declare."""
    rows: dict[int, tuple[str, list[Cell]]] = {}
    for one in pairs:
        key = one.applicant.organisation_id
        cells = rows.setdefault(key, (one.applicant.organisation_name, []))[1]
        cells.append(_cell(one, key in veiled))
    return list(rows.values())


def _cell(pair: Pair, veiled: bool) -> Cell:
    who, more, where = (pair.juror.user_id, pair.juror.name), "", ""
    if not veiled and pair.likely:
        more, where = "Mogelijk verband", policy.LIKELY
    elif not veiled and pair.dismissed and not pair.conflict:
        more, where = "Verband afgewezen", policy.DISMISSED
    if pair.declared is None:
        return Cell(*who, "Nog niet verklaard", "warning", "", more, where)
    if not pair.conflict:
        return Cell(*who, "Vrij", "success", "", more, where)
    kind = CONFLICT_KINDS.get(pair.declared.kind, "").lower()
    told = "" if veiled else pair.declared.explanation
    return Cell(*who, f"Conflict: {kind}", "danger", told, "", "")


def tabs_of(
    call_id: int, shown: str, told: Sequence[Pair], pairs: Sequence[Pair], juror_id: int
) -> list[dict[str, Any]]:
    """`told`: of the applicants about whom the viewer declared; of the others only what is missing shows."""
    mine = [one for one in told if juror_id in (0, one.juror.user_id)]
    counts = {
        policy.ALL: None,
        policy.LIKELY: sum(one.likely for one in mine),
        policy.CONFLICTS: sum(one.conflict for one in mine),
        policy.MISSING: sum(one.missing for one in pairs if juror_id in (0, one.juror.user_id)),
        policy.DISMISSED: sum(one.dismissed is not None for one in mine),
    }
    return [
        {
            "label": label,
            "href": url_for(
                "evaluation.conflicts", addendum_id=call_id, toon=key or None, jurylid=juror_id or None
            ),
            "active": key == shown,
            "count": counts[key],
        }
        for key, label in FILTERS.items()
    ]


class LikelyRow(NamedTuple):
    """`reasons`: (how strong in a word, why); `said`: what the juror declared; `earlier`: what was found in
    other calls; `key` names the fields of the row; `own`: about the viewer, who cannot judge it."""

    key: str
    juror_id: int
    organisation_id: int
    name: str
    reasons: list[tuple[str, str]]
    said: str
    earlier: Sequence[Any]
    own: bool
    typed: str
    error: str
    by: str
    at: datetime | None
    reason: str


def likely_groups(
    pairs: Sequence[Pair],
    viewer_id: int | None,
    refused: tuple[str, str, str],
    asked: Mapping[int, datetime],
    today: Any,
) -> list[dict[str, Any]]:
    """A group per juror with their open ties, in the order of the jury. `refused`: (key of the row, what was
    typed, the error) of the dismissal that just failed."""
    groups: dict[int, dict[str, Any]] = {}
    for one in pairs:
        last = asked.get(one.juror.user_id)
        group = groups.setdefault(
            one.juror.user_id,
            {
                "juror": one.juror,
                "own": one.juror.user_id == viewer_id,
                "asked": last,
                "asked_today": last is not None and local_day(last) == today,
                "rows": [],
            },
        )
        group["rows"].append(tie_row(one, viewer_id, refused))
    return sorted(groups.values(), key=lambda one: (not one["juror"].chair, one["juror"].name))


def tie_row(pair: Pair, viewer_id: int | None, refused: tuple[str, str, str] = ("", "", "")) -> LikelyRow:
    key = f"{pair.juror.user_id}-{pair.applicant.organisation_id}"
    mine = refused[0] == key
    here = pair.dismissed
    latest = next((one.reason for one in (here, *pair.earlier) if one), "")
    hints = pair.unseen if pair.likely else pair.hints
    return LikelyRow(
        key,
        pair.juror.user_id,
        pair.applicant.organisation_id,
        pair.applicant.organisation_name,
        [(strength_word(one.strength), why(one)) for one in hints],
        "Verklaarde vrij te zijn" if pair.declared else "Verklaarde nog niets",
        pair.earlier,
        pair.juror.user_id == viewer_id,
        refused[1] if mine else latest,
        refused[2] if mine else "",
        here.by if here else "",
        here.at if here else None,
        here.reason if here else "",
    )


def missing_by_juror(pairs: Sequence[Pair]) -> list[tuple[str, list[str]]]:
    found: dict[int, tuple[str, list[str]]] = {}
    for one in pairs:
        found.setdefault(one.juror.user_id, (one.juror.name, []))[1].append(one.applicant.organisation_name)
    return list(found.values())


def lack_text(lack: Lack) -> str:
    """ "geen onafhankelijk expert" or "maar 1 van de 2 gevraagde juryleden van VDAB"."""
    one, more = MEMBERS[lack.kind]
    if not lack.has:
        return f"geen {one} ({lack.wanted} gevraagd)" if lack.wanted > 1 else f"geen {one}"
    return f"maar {lack.has} van de {lack.wanted} gevraagde {more}"


def composition_part(
    state: Composition, waiting: Mapping[str, int] | None = None, typed: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """For _composition.html. `waiting`: open invitations by kind of seat."""
    waiting = waiting or {}
    numbers = {**state.rule.least, TOTAL: state.rule.total}
    labels = {**SEATS, TOTAL: "Samen"}
    rows = [
        {
            "name": kind,
            "label": labels[kind],
            "has": state.has[kind],
            "wanted": wanted,
            "waiting": sum(waiting.values()) if kind == TOTAL else waiting.get(kind, 0),
            "enough": state.has[kind] >= wanted,
            "typed": typed.get(kind, "") if typed is not None else (str(wanted) if wanted else ""),
        }
        for kind, wanted in numbers.items()
    ]
    return {
        "asks": state.rule.asks,
        "rows": rows,
        "seen": stamp(state.rule),
        "of_jury": [lack_text(one) for one in state.of_jury],
        "sits": _number(state.of_jury, "zit", "zitten"),
        "of_proposals": [(name, _left(lacks)) for name, lacks in state.of_proposals],
    }


def _left(lacks: Sequence[Lack]) -> str:
    said = " en ".join(lack_text(one) for one in lacks)
    return f"{_number(lacks, 'blijft', 'blijven')} {said} over"


def _number(lacks: Sequence[Lack], one: str, more: str) -> str:
    """The verb before what is lacking, which agrees with it: "zit maar 1 van", "zitten maar 2 van"."""
    return one if len(lacks) == 1 and lacks[0].has <= 1 else more
