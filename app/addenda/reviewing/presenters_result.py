"""What was made of a document, section by section, and how sure the importer is of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.addenda.drafting.difference_parts import plain, shown_lines
from app.addenda.drafting.sections import Draft, Part, Section, fingerprint
from app.addenda.editor.presenters import part_href
from app.addenda.reviewing import certainty
from app.addenda.reviewing.certainty import Certainty
from app.addenda.reviewing.content import ANALYSIS
from app.addenda.reviewing.places import BASICS, DATES, FINDINGS, Atlas, anchor
from app.addenda.reviewing.report import Report
from app.infra.formats import day, moment

_LEVELS = {
    certainty.SURE: ("zeker", "success"),
    certainty.CHECK: ("kijk na", "warning"),
    certainty.MISSING: ("niet gevonden", "danger"),
}


@dataclass(frozen=True)
class ItemView:
    """One value of the result. `kind` says which correction fits: text, line, email, day, deadline, round,
    days, contact, or "" for none in place."""

    at: str
    text: str
    lines: tuple[int, ...] = ()
    label: str = ""
    kind: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        return anchor(self.at)


@dataclass(frozen=True)
class GroupView:
    title: str
    items: tuple[ItemView, ...]
    shape: str = "list"  # list, fields or prose


@dataclass(frozen=True)
class SectionView:
    """`accepted` reads "Ans Peeters, maandag 5 juni 2023, 10u12"; `outdated` when it changed since;
    `version` is the fingerprint of the page of the editor, `fingerprint` that of what is accepted."""

    key: str
    title: str
    word: str
    tone: str
    reasons: tuple[tuple[str, int | None], ...]
    groups: tuple[GroupView, ...]
    lines: int
    accepted: str
    outdated: bool
    fingerprint: int
    version: int
    href: str

    @property
    def anchor(self) -> str:
        return anchor(self.key, "deel")

    @property
    def open(self) -> bool:
        return not self.accepted or self.outdated


def section_views(
    call_id: int, report: Report, atlas: Atlas, towns: Mapping[int, str], names: Mapping[int, str]
) -> tuple[list[SectionView], list[dict[str, Any]]]:
    """Every section in the order of the call, and the warnings that belong to none."""
    found, loose = certainty.certainties(report, atlas)
    lines = atlas.items(report.places)
    views = [
        _section(call_id, key, found[key], report, atlas, _groups(atlas, key, lines, towns), lines, names)
        for key in atlas.sections()
    ]
    return views, loose


def _section(
    call_id: int,
    key: str,
    sure: Certainty,
    report: Report,
    atlas: Atlas,
    groups: tuple[GroupView, ...],
    lines: Mapping[str, tuple[int, ...]],
    names: Mapping[int, str],
) -> SectionView:
    word, tone = _LEVELS[sure.level]
    part = part_of_section(key)
    now, said = atlas.fingerprint(key), report.accepted.get(key)
    accepted = ""
    if said:
        who = names.get(said.by_id or 0, "een collega")
        accepted = f"{who}, {moment(datetime.fromisoformat(said.at))}"
    return SectionView(
        key=key,
        title=atlas.title(key),
        word=word,
        tone=tone,
        reasons=sure.reasons,
        groups=groups,
        lines=len(
            {
                one
                for at, rows in lines.items()
                if atlas.section_of(at.partition("#")[0]) == key
                for one in rows
            }
        ),
        accepted=accepted,
        outdated=said is not None and said.fingerprint != now,
        fingerprint=now,
        version=fingerprint(section_at(atlas.draft, part)),
        href=part_href(call_id, part),
    )


def part_of_section(key: str) -> Part:
    """The page of the editor where a section of the review is."""
    kind, _, row = key.partition(":")
    return Part({"contact": "basics", "submission": "basics"}.get(kind, kind), row)


def section_at(draft: Draft, part: Part) -> Section:
    """The content of that page."""
    if part.kind == "persona":
        return draft.personas[int(part.key)]
    if part.kind == "challenge":
        return draft.challenges[int(part.key)][1]
    sections: dict[str, Section] = {
        "basics": draft.basics,
        "timeline": draft.dates,
        "analysis": draft.analysis,
    }
    return sections[part.kind]


def _groups(
    atlas: Atlas, key: str, lines: Mapping[str, tuple[int, ...]], towns: Mapping[int, str]
) -> tuple[GroupView, ...]:
    kind, _, row = key.partition(":")
    if kind == "challenge":
        return _challenge(atlas, int(row), lines)
    if kind == "persona":
        return _persona(atlas, key, lines)
    makers = {"basics": _basics, "timeline": _timeline, "contact": _contact, "submission": _submission}
    if kind in makers:
        return makers[kind](atlas.draft, lines, towns)
    return tuple(
        GroupView(
            FINDINGS[name],
            tuple(
                _text(f"analysis.{name}#{place}", text, lines)
                for place, text in enumerate(getattr(atlas.draft.analysis, name))
            ),
        )
        for name in ANALYSIS
    )


def _text(
    at: str, text: str, lines: Mapping[str, tuple[int, ...]], label: str = "", kind: str = "text"
) -> ItemView:
    return ItemView(at, text, lines.get(at, ()), label, kind, {"text": text})


def _challenge(atlas: Atlas, key: int, lines: Mapping[str, tuple[int, ...]]) -> tuple[GroupView, ...]:
    _, text = atlas.draft.challenges[key]
    names = ", ".join(atlas.draft.personas[one].name for one in text.personas)
    heading = lines.get(f"challenge:{key}", ())
    head = (
        ItemView(f"challenge:{key}", names, heading, "Persona’s"),
        ItemView(f"introduction:{key}", text.introduction, lines.get(f"introduction:{key}", ()), "Inleiding"),
    )
    return (
        GroupView("", head, "prose"),
        GroupView(
            "Obstakels", tuple(_text(f"obstacle:{one.key}", one.label, lines) for one in text.obstacles)
        ),
        GroupView("Doelen", tuple(_text(f"goal:{one.key}", one.text, lines) for one in text.goals)),
    )


def _persona(atlas: Atlas, key: str, lines: Mapping[str, tuple[int, ...]]) -> tuple[GroupView, ...]:
    one = atlas.draft.personas[int(key.partition(":")[2])]
    story = ItemView(key, one.story, lines.get(key, ()), f"Verhaal, {one.age} jaar" if one.age else "Verhaal")
    return (GroupView("", (story,), "prose"),)


def _basics(
    draft: Draft, lines: Mapping[str, tuple[int, ...]], towns: Mapping[int, str]
) -> tuple[GroupView, ...]:
    basics = draft.basics
    names = ", ".join(sorted(towns.get(one, "") for one in basics.municipalities))
    fields = [
        _text(name, getattr(basics, name), lines, BASICS[name], "line") for name in ("title", "programme")
    ]
    fields.append(
        ItemView("municipalities", names, lines.get("municipalities", ()), BASICS["municipalities"])
    )
    prose = [
        ItemView(name, getattr(basics, name), lines.get(name, ()), BASICS[name])
        for name in ("ambition", "vision", "mission", "local_input")
    ]
    return GroupView("", tuple(fields), "fields"), GroupView("", tuple(prose), "prose")


def _timeline(
    draft: Draft, lines: Mapping[str, tuple[int, ...]], _towns: Mapping[int, str]
) -> tuple[GroupView, ...]:
    dates = draft.dates
    last = dates.deadline
    both = dates.written_from, dates.written_until
    rows: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("launch", day(dates.launch) if dates.launch else "", "day", {"day": dates.launch}),
        (
            "questions_until",
            day(dates.questions_until) if dates.questions_until else "",
            "day",
            {"day": dates.questions_until},
        ),
        (
            "deadline",
            f"{day(last.date())}, {last.hour}u{last:%M}" if last else "",
            "deadline",
            {"day": last.date() if last else None, "clock": f"{last:%H:%M}" if last else "23:59"},
        ),
        (
            "written_from",
            f"{day(both[0])} tot en met {day(both[1])}" if any(both) else "",
            "round",
            {"day": both[0], "last": both[1]},
        ),
        ("windows", "\n".join(shown_lines(dates.windows)), "", {}),
        (
            "decision_before",
            f"voor {day(dates.decision_before)}" if dates.decision_before else "",
            "day",
            {"day": dates.decision_before},
        ),
        ("objection_days", f"{plain(dates.objection_days)} dagen", "days", {"days": dates.objection_days}),
    )
    items = (
        ItemView(at, text, lines.get(at, ()), DATES[at], kind, values) for at, text, kind, values in rows
    )
    return (GroupView("", tuple(items), "fields"),)


def _contact(
    draft: Draft, lines: Mapping[str, tuple[int, ...]], _towns: Mapping[int, str]
) -> tuple[GroupView, ...]:
    found = lines.get("contacts", ())
    items = (
        ItemView(f"contacts#{place}", text, found, "", "contact", vars(one))
        for place, (one, text) in enumerate(
            zip(draft.basics.contacts, shown_lines(draft.basics.contacts), strict=True)
        )
    )
    return (GroupView("", tuple(items)),)


def _submission(
    draft: Draft, lines: Mapping[str, tuple[int, ...]], _towns: Mapping[int, str]
) -> tuple[GroupView, ...]:
    basics, found = draft.basics, lines.get("submission", ())
    items = (
        ItemView(
            "submission_email",
            basics.submission_email,
            found,
            "E-mailadres",
            "email",
            {"text": basics.submission_email},
        ),
        ItemView(
            "submission_url", basics.submission_url, (), "Webadres", "line", {"text": basics.submission_url}
        ),
    )
    return (GroupView("", items, "fields"),)
