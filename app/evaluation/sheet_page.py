"""The score sheet and the sheets beside each other, made ready for their templates."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.domain.criteria import Criterion, RoundRules
from app.domain.errors import DomainError
from app.domain.scoring import Sheet, sheet_total
from app.evaluation.policy import NOT_APPLICABLE, ROUND_LABELS, SKIPPED, level_text
from app.evaluation.reading import SheetState
from app.infra.formats import number
from app.infra.messages import say
from app.matching.coverage.queries import ClaimedRow

Typed = Mapping[str, str]
CONFIRMATIONS = {"yes": "ja", "partly": "deels", "no": "nee", "": "geen oordeel"}
NOTHING: Typed = {}
REMARKS = (
    (
        "remark_applicant",
        "Opmerking voor de kandidaat",
        "De kandidaat kan dit lezen na de mededeling van de beslissing.",
    ),
    (
        "remark_internal",
        "Interne opmerking",
        "Alleen de jury, de regisseur en de waarnemer lezen dit. De kandidaat ziet dit niet.",
    ),
)


def sheet_fields(
    rules: RoundRules,
    sheet: SheetState,
    *,
    typed: Typed = NOTHING,
    problems: Sequence[DomainError] = (),
    theirs: Typed = NOTHING,
) -> dict[str, Any]:
    """Criteria and remarks with what stands in their fields: what was typed, else what is stored."""
    errors: dict[str, str] = {}
    for problem in problems:
        errors.setdefault(problem.field or "", say(problem))
    criteria = [_criterion(one, sheet, typed, errors, theirs) for one in rules.criteria]
    remarks = [
        {
            "name": name,
            "label": label,
            "hint": hint,
            "text": typed.get(name, getattr(sheet, name)),
            "error": errors.get(name, ""),
            "theirs": theirs.get(name),
        }
        for name, label, hint in REMARKS
    ]
    return {"criteria": criteria, "remarks": remarks, "errors": _summary(problems)}


def _criterion(
    one: Criterion, sheet: SheetState, typed: Typed, errors: Mapping[str, str], theirs: Typed
) -> dict[str, Any]:
    level, reason = f"level-{one.id}", f"reason-{one.id}"
    stored = sheet.levels.get(one.id)
    chosen = typed.get(level, level_text(stored, one.id in sheet.skipped))
    known = [str(step.value) for step in one.levels] + [NOT_APPLICABLE] * one.may_be_skipped
    return {
        "id": one.id,
        "name": one.name,
        "weight": number(one.weight),
        "level": level,
        "reason": reason,
        "levels": [(str(step.value), step.description, chosen == str(step.value)) for step in one.levels],
        "may_be_skipped": one.may_be_skipped,
        "skipped": chosen == NOT_APPLICABLE and one.may_be_skipped,
        "off_scale": "" if chosen in known else chosen,
        "text": typed.get(reason, sheet.reasons.get(one.id, "")),
        "level_error": errors.get(level, ""),
        "reason_error": errors.get(reason, ""),
        "their_level": _in_words(theirs.get(level)),
        "their_reason": theirs.get(reason),
    }


def _in_words(sent: str | None) -> str | None:
    return SKIPPED if sent == NOT_APPLICABLE else sent


def confirmed_fields(
    claimed: Iterable[ClaimedRow],
    said: Mapping[int, str],
    typed: Typed = NOTHING,
    problems: Sequence[DomainError] = (),
    theirs: Typed = NOTHING,
) -> list[dict[str, Any]]:
    """The obstacles that the proposal takes up, per challenge, with what this juror says of them."""
    errors = {one.field: say(one) for one in problems}
    groups: dict[int, list[dict[str, Any]]] = {}
    for row in claimed:
        name = f"confirm-{row.id}"
        chosen = typed.get(name, said.get(row.id, ""))
        groups.setdefault(row.number, []).append(
            {
                "id": row.id,
                "name": name,
                "label": row.label,
                "answers": [(value, label, value == chosen) for value, label in CONFIRMATIONS.items()],
                "says": CONFIRMATIONS.get(chosen, CONFIRMATIONS[""]),
                "said": bool(chosen),
                "error": errors.get(name, ""),
                "theirs": CONFIRMATIONS.get(theirs[name], "") if name in theirs else None,
            }
        )
    return [
        {"number": number, "rows": rows, "done": sum(one["said"] for one in rows)}
        for number, rows in groups.items()
    ]


def _summary(problems: Iterable[DomainError]) -> list[dict[str, str]]:
    """Links to the fields; a group of levels is reached at its first radio button."""
    return [{"text": say(one), "href": f"#{one.field}" if one.field else ""} for one in problems]


def typed_lines(rules: RoundRules, typed: Typed) -> list[tuple[str, str, str]]:
    """(criterion or remark, level in words, text) of what was sent, without what was left empty."""
    lines = [
        (one.name, _typed_level(one, typed.get(f"level-{one.id}", "")), typed.get(f"reason-{one.id}", ""))
        for one in rules.criteria
    ]
    lines += [(label, "", typed.get(name, "")) for name, label, _ in REMARKS]
    return [line for line in lines if line[1] or line[2].strip()]


def _typed_level(criterion: Criterion, sent: str) -> str:
    for step in criterion.levels:
        if sent == str(step.value):
            return f"{sent} op {criterion.highest}: {step.description}"
    return _in_words(sent) or ""


def own_levels(rules: RoundRules, sheet: SheetState | None) -> list[tuple[str, str, str]]:
    """(criterion, level, reason) of an own sheet of the other round, to have beside."""
    if sheet is None:
        return []
    return [(one.name, _level(sheet, one), sheet.reasons.get(one.id, "")) for one in rules.criteria]


def _level(sheet: SheetState, criterion: Criterion) -> str:
    level = sheet.levels.get(criterion.id)
    if criterion.id in sheet.skipped:
        return SKIPPED
    return "–" if level is None else f"{level} op {criterion.highest}"


def rounds_beside(
    rules: Mapping[str, RoundRules], sheets: Sequence[SheetState], conflicted: Iterable[int]
) -> list[dict[str, Any]]:
    """Per round a table of criteria by jurors, with the totals; a sheet that does not count says so."""
    away = set(conflicted)
    return [
        _beside(name, rules[name], [sheet for sheet in sheets if sheet.round == name], away)
        for name in rules
        if any(sheet.round == name for sheet in sheets)
    ]


def _beside(name: str, rules: RoundRules, sheets: Sequence[SheetState], away: set[int]) -> dict[str, Any]:
    return {
        "label": ROUND_LABELS[name].capitalize(),
        "jurors": [(sheet.juror, sheet.juror_id not in away) for sheet in sheets],
        "criteria": [
            (
                one.name,
                number(one.weight),
                [(sheet.juror, _level(sheet, one), sheet.reasons.get(one.id, "")) for sheet in sheets],
            )
            for one in rules.criteria
        ],
        "totals": [(sheet.juror, _total(rules, sheet)) for sheet in sheets],
        "remarks": [
            (label, sheet.juror, getattr(sheet, key))
            for key, label, _ in REMARKS
            for sheet in sheets
            if getattr(sheet, key)
        ],
    }


def _total(rules: RoundRules, sheet: SheetState) -> str:
    levels: Sheet = {
        one: level for one, level in sheet.levels.items() if level is not None or one in sheet.skipped
    }
    try:
        return number(sheet_total(rules, levels))
    except DomainError:
        return "–"
