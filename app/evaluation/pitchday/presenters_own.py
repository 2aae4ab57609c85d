"""The pitch day for one juror or one applicant, who cannot come, and the versions of the plan."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from app.domain.access import Actor
from app.evaluation.pitchday.planning import DayFacts
from app.evaluation.pitchday.policy import Moment, differences
from app.evaluation.pitchday.presenters import absence_text
from app.evaluation.pitchday.queries import AbsenceRow, absences_of, local, versions_of
from app.evaluation.pitchday.telling import HIDDEN, UNDECLARED, said_of
from app.evaluation.queries import declarations_of, in_conflict_with
from app.infra.formats import counted, day, hour
from app.infra.formats import moment as in_words

CLOSED = "een kandidaat die niet voor jou is"


def absence_rows(rows: Iterable[AbsenceRow]) -> list[dict[str, Any]]:
    return [
        {"id": one.id, "when": absence_text(local(one.starts_at), local(one.ends_at)), "by": one.by}
        for one in rows
    ]


def slot_text(moment: Moment) -> dict[str, str]:
    """One moment in words: its day, hours, length and room."""
    starts, ends = local(moment.starts), local(moment.ends)
    minutes = int((moment.ends - moment.starts).total_seconds()) // 60
    return {
        "day": day(starts.date()),
        "hours": f"{hour(starts.time())} tot {hour(ends.time())}",
        "minutes": counted(minutes, "minuut", "minuten"),
        "room": moment.room,
    }


def juror_day(facts: DayFacts, juror_id: int) -> list[dict[str, Any]]:
    """The day in order of time. `out`: the juror leaves the room; of those, and of whom nothing was declared
    about, no name."""
    said = {one.organisation_id: one for one in declarations_of(facts.call.id, juror_id)}
    found = []
    for one, moment in sorted(facts.moments.items(), key=lambda pair: pair[1]):
        row = facts.rows[one]
        word = said.get(row.organisation_id)
        out = word is not None and word.in_conflict
        name = row.organisation_name if word and not out else HIDDEN if out else UNDECLARED
        shown = name[:1].upper() + name[1:] if out or word is None else name
        found.append({**slot_text(moment), "name": shown, "out": out, "known": word is not None})
    return found


def behalf_groups(
    facts: DayFacts, away: Collection[int]
) -> tuple[list[Any], list[Any], list[tuple[str, str]]]:
    """Jurors and applicants with when they cannot come, and the choices of the form; without who is closed
    to the viewer."""
    of_juror: dict[int | None, list[AbsenceRow]] = {}
    of_proposal: dict[int | None, list[AbsenceRow]] = {}
    for absence in facts.absences:
        of_juror.setdefault(absence.juror_id, []).append(absence)
        of_proposal.setdefault(absence.proposal_id, []).append(absence)
    jurors: list[dict[str, Any]] = [
        {"key": f"juror-{one.user_id}", "name": one.name, "rows": absence_rows(of_juror.get(one.user_id, ()))}
        for one in facts.jurors
    ]
    organisations: list[dict[str, Any]] = [
        {
            "key": f"proposal-{one}",
            "name": row.organisation_name,
            "rows": absence_rows(of_proposal.get(one, ())),
        }
        for one, row in sorted(facts.rows.items(), key=lambda pair: pair[1].organisation_name.casefold())
        if row.organisation_id not in away
    ]
    return jurors, organisations, [(one["key"], one["name"]) for one in [*jurors, *organisations]]


def version_rows(facts: DayFacts, actor: Actor, away: Collection[int]) -> Sequence[dict[str, Any]]:
    """Each version with what it changed, newest first."""
    outside = in_conflict_with(actor, facts.call.id)
    found = []
    for version, changed in differences(versions_of(facts.call.id)):
        lines = []
        for one, (old, new) in changed.items():
            row = facts.rows.get(one)
            if row is None:
                name = "een kandidaat die niet meer meedoet"
            elif row.organisation_id in outside | set(away):
                name = CLOSED
            else:
                name = row.organisation_name
            lines.append((name, said_of(old, new)))
        found.append(
            {
                "number": version.number,
                "at": in_words(version.at),
                "by": version.by,
                "lines": lines,
                "count": counted(len(version.moments), "pitch", "pitches"),
            }
        )
    return found


def own_absences(addendum_id: int, **of: int) -> list[dict[str, Any]]:
    return absence_rows(absences_of(addendum_id, **of))
