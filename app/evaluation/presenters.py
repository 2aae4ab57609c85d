"""Rows for the pages of the jury, made ready for plain loops."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import url_for

from app.addenda.queries import Call
from app.domain.timeline import BRUSSELS, Phase, end_of_day
from app.evaluation.policy import JurorTasks
from app.evaluation.queries import Declaration, JurorRow, ReadingRow
from app.infra.formats import counted, days_left, short_day
from app.proposals.queries import StandingRow

READING_STATES = {
    "declare": ("Eerst je belangen verklaren", "warning"),
    "conflict": ("Belangenconflict: niet voor jou", "neutral"),
    "waiting": ("Leesbaar na de opening", "neutral"),
    "other": ("Voor andere juryleden", "neutral"),
    "read": ("Nog te lezen en te scoren", "info"),
    "begun": ("Begonnen, nog niet ingediend", "info"),
    "done": ("Ingediend", "success"),
}


def declaration_rows(
    proposals: Sequence[StandingRow],
    declarations: Sequence[Declaration],
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    hints: Mapping[int, str],
) -> list[dict[str, Any]]:
    """One line per applicant: what was typed just now, else what was declared before. `hints`: why there may
    be a tie."""
    known = {one.organisation_id: one for one in declarations}
    rows = []
    for row in sorted(proposals, key=lambda one: one.organisation_name.casefold()):
        said, key = known.get(row.organisation_id), row.organisation_id
        choice = "" if said is None else ("conflict" if said.in_conflict else "free")
        rows.append(
            {
                "id": key,
                "name": row.organisation_name,
                "hint": hints.get(key, ""),
                "choice": typed.get(f"choice-{key}", choice),
                "kind": typed.get(f"kind-{key}", said.kind if said else ""),
                "explanation": typed.get(f"explanation-{key}", said.explanation if said else ""),
                "errors": {
                    part: errors.get(f"{part}-{key}", "") for part in ("choice", "kind", "explanation")
                },
            }
        )
    return rows


def reading_lines(call: Call, rows: Sequence[ReadingRow], round_name: str) -> list[tuple[str, ...]]:
    """(address, organisation, state, tone, what to do) per proposal, in the juror's own order."""
    before, _, after = url_for("evaluation.sheet", proposal_id=0, round_name=round_name).partition("0")
    declare = url_for("evaluation.declare", addendum_id=call.id)
    read_before, _, read_after = url_for("proposals.read", proposal_id=0).partition("0")
    verbs = {
        "declare": "Verklaar",
        "read": "Lees en scoor",
        "begun": "Werk verder",
        "done": "Bekijk",
        "other": "Lees",
    }
    lines: list[tuple[str, ...]] = []
    for row in rows:
        verb = verbs.get(row.state, "")
        href = f"{before}{row.proposal_id}{after}" if verb else ""
        if row.state == "declare":
            href = f"{declare}#kandidaat-{row.organisation_id}"
        if row.state == "other":
            href = f"{read_before}{row.proposal_id}{read_after}"
        lines.append((href, row.organisation_name, *READING_STATES[row.state], verb))
    return lines


def juror_task(call: Call, tasks: JurorTasks, now: datetime) -> dict[str, str]:
    """The one thing a juror has to do now, with the date; empty when there is nothing."""
    if tasks.to_declare:
        what = counted(
            tasks.to_declare, "belangenverklaring in te vullen", "belangenverklaringen in te vullen"
        )
        return {
            "text": f"Nog {what}.",
            "href": url_for("evaluation.declare", addendum_id=call.id),
            "label": "Verklaar je belangen",
            "tone": "warning",
        }
    if tasks.to_score and call.phase >= Phase.WRITTEN:
        return {
            "text": _scoring_text(call, tasks.to_score, now),
            "href": url_for("evaluation.next_sheet", addendum_id=call.id),
            "label": "Naar het volgende",
            "tone": "info",
        }
    return {}


def _scoring_text(call: Call, number: int, now: datetime) -> str:
    """ "Nog 3 dagen om 4 scorebladen in te dienen (tot en met 14 juni 2023)." """
    sheets = counted(number, "scoreblad", "scorebladen")
    last = call.written_until if call.phase is Phase.WRITTEN else call.pitch_until
    if last is None:
        return f"Nog {sheets} in te dienen."
    end = end_of_day(last)
    if end <= now:
        return f"Nog {sheets} in te dienen: de laatste dag was {short_day(last)}."
    left = days_left(end, now)
    return f"{left[:1].upper()}{left[1:]} om {sheets} in te dienen (tot en met {short_day(last)})."


class ProgressRow(NamedTuple):
    """`cells`: (juror, text, tone) in the order of the jurors."""

    name: str
    cells: list[tuple[str, str, str]]
    received: int
    expected: int


def progress_rows(
    proposals: Sequence[StandingRow],
    jurors: Sequence[JurorRow],
    conflicts: Collection[tuple[int, int]],
    received: Collection[tuple[int, int]],
    asked: Collection[tuple[int, int]] | None = None,
) -> list[ProgressRow]:
    """Juror x proposal, in or not; never what was scored. `conflicts` are (juror, organisation), `asked`
    (juror, proposal) when the proposals were divided."""
    rows = []
    for row in sorted(proposals, key=lambda one: one.organisation_name.casefold()):
        cells, count, expected = [], 0, 0
        for juror in jurors:
            if (juror.user_id, row.organisation_id) in conflicts:
                cells.append((juror.name, "Conflict", "neutral"))
                continue
            if (juror.user_id, row.proposal_id) in received:
                expected, count = expected + 1, count + 1
                cells.append((juror.name, "Binnen", "success"))
            elif asked is not None and (juror.user_id, row.proposal_id) not in asked:
                cells.append((juror.name, "Leest niet", "neutral"))
            else:
                expected += 1
                cells.append((juror.name, "Nog niet", "warning"))
        rows.append(ProgressRow(row.organisation_name, cells, count, expected))
    return rows


def clock_time(moment: datetime) -> str:
    """ "14:03:22" in Brussels time."""
    return f"{moment.astimezone(BRUSSELS):%H:%M:%S}"
