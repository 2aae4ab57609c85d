"""How sure the importer is of each part of the result, with the reason in Dutch."""

from collections.abc import Iterator, Sequence

from .result import Certainty, Challenge, ImportWarning, Item, ParsedAddendum

_NOT_FOUND = "Niet gevonden in het document."
_JOINED = "Punten die over regels liepen zijn samengevoegd; kijk na of het aantal klopt."
_LINE_EACH = "De lijst heeft geen opsommingstekens: elke regel is als één punt gelezen."
_BOTH = "De titel noemt meer dan één onderwerp; alles staat hier samen."

_PART_OF: dict[str, str] = {
    "deadline_time_assumed": "timeline.deadline", "deadline_from_text": "timeline.deadline",
    "written_round_incomplete": "timeline.written_round", "pitch_time_missing": "timeline.pitch_windows",
    "decision_day_included": "timeline.decision_before",
    "objection_months": "timeline.objection_days", "written_week_assumed": "timeline.written_round",
    "objection_working_days": "timeline.objection_days", "section_in_local_input": "local_input",
    "contact_name_missing": "contacts", "contact_role_missing": "contacts",
    "contact_email_missing": "contacts", "contact_phone_missing": "contacts",
}  # fmt: skip
_BY_LINE = frozenset(
    (
        "weekday_mismatch",
        "year_assumed",
        "year_unknown",
        "date_invalid",
        "timeline_conflict",
        "timeline_columns_apart",
        "timeline_from_text",
    )
)
_WHOLE_TIMELINE = (
    "launch",
    "deadline",
    "written_round",
    "pitch_windows",
    "decision_before",
    "objection_days",
)


def certainty(
    result: ParsedAddendum, warnings: Sequence[ImportWarning], sections: dict[int, str]
) -> dict[str, Certainty]:
    """`sections` gives the timeline field of a source line. Every field has an entry."""
    found = {path: Certainty("sure") if value else Certainty("missing", _NOT_FOUND)
             for path, value in _fields(result)}  # fmt: skip
    for path, items in _lists(result):
        if reason := _guessed(items):
            found[path] = Certainty("check", reason)
    for warning in warnings:
        for path in _paths(warning, sections):
            if path in found and found[path].level != "check":
                found[path] = Certainty("check", warning.message)
    for path in ("ambition", "vision", "mission"):
        if path in sections.values():
            found[path] = Certainty("check", _BOTH)
    return found


def _fields(result: ParsedAddendum) -> Iterator[tuple[str, object]]:
    for name in (
        "programme",
        "service_area",
        "municipalities",
        "ambition",
        "vision",
        "mission",
        "challenges",
    ):
        yield name, getattr(result, name)
    for index, challenge in enumerate(result.challenges):
        for name in ("personas", "introduction", "obstacles", "goals"):
            yield f"challenges[{index}].{name}", getattr(challenge, name)
    for name in ("recurring", "attention", "obstacles", "profiles"):
        yield f"enrichment.{name}", getattr(result.enrichment, name)
    yield "service_types", result.service_types
    yield "personas", [one for one in result.personas if one.story]
    yield "local_input", result.local_input
    for name in _WHOLE_TIMELINE:
        yield f"timeline.{name}", getattr(result.timeline, name)
    yield "contacts", result.contacts
    yield "submission", result.submission.email or result.submission.url


def _lists(result: ParsedAddendum) -> Iterator[tuple[str, Sequence[Item]]]:
    for index, challenge in enumerate(result.challenges):
        yield f"challenges[{index}].obstacles", challenge.obstacles
        yield f"challenges[{index}].goals", challenge.goals
    for name in ("recurring", "attention", "obstacles", "profiles"):
        yield f"enrichment.{name}", getattr(result.enrichment, name)
    yield "service_types", result.service_types


def _guessed(items: Sequence[Item]) -> str | None:
    if any(item.guess == "joined" for item in items):
        return _JOINED
    return _LINE_EACH if any(item.guess == "unmarked" for item in items) else None


def _paths(warning: ImportWarning, sections: dict[int, str]) -> Iterator[str]:
    if warning.code in _PART_OF:
        yield _PART_OF[warning.code]
    elif warning.code == "timeline_out_of_order":
        yield from (f"timeline.{name}" for name in _WHOLE_TIMELINE if name != "objection_days")
    elif warning.code in _BY_LINE and warning.line in sections:
        yield sections[warning.line]
    elif (
        warning.code in ("obstacles_assumed", "goals_assumed", "challenge_number_unexpected") and warning.line
    ):
        yield sections.get(-warning.line, "challenges")


def challenge_lines(challenges: Sequence[Challenge]) -> dict[int, str]:
    """Negative line numbers for the headings of challenges, so that they never clash with the timing's."""
    return {-one.line: f"challenges[{index}].obstacles" for index, one in enumerate(challenges) if one.line}
