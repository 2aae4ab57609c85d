"""Sheets as they were: kept at every handing in and taking back, and now and then while one writes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select

from app.accounts.models import User
from app.addenda.drafting.difference_parts import word_changes
from app.domain.criteria import RoundRules
from app.evaluation.models import ScoreSheet, SheetVersion
from app.evaluation.policy import NOT_APPLICABLE, SKIPPED, level_text
from app.infra.database import db

SAVED, SUBMITTED, REOPENED = "saved", "submitted", "reopened"
BETWEEN = timedelta(minutes=10)
KINDS = {SAVED: "Bewaard", SUBMITTED: "Ingediend", REOPENED: "Heropend"}
TONES = {SAVED: "neutral", SUBMITTED: "success", REOPENED: "warning"}
REMARKS = {"remark_applicant": "Opmerking voor de kandidaat", "remark_internal": "Interne opmerking"}


class VersionRow(NamedTuple):
    juror_id: int
    juror: str
    round: str
    version: int
    kind: str
    content: Mapping[str, Any]
    at: datetime


def keep_version(sheet: ScoreSheet, kind: str, now: datetime) -> None:
    """Inside the transaction that changed the sheet. While one writes at most one per `BETWEEN`."""
    if kind == SAVED:
        last = db.session.scalar(select(func.max(SheetVersion.at)).where(SheetVersion.sheet_id == sheet.id))
        if last is not None and now - last < BETWEEN:
            return
    db.session.add(
        SheetVersion(sheet_id=sheet.id, version=sheet.version, kind=kind, content=content_of(sheet), at=now)
    )


def content_of(sheet: ScoreSheet) -> dict[str, Any]:
    """What is on a sheet, by criterion id as text; a criterion without an answer is left out."""
    levels = {str(one.criterion_id): level_text(one.level, one.not_applicable) for one in sheet.scores}
    return {
        "levels": {key: text for key, text in levels.items() if text},
        "reasons": {str(one.criterion_id): one.reason for one in sheet.scores if one.reason},
        **{name: getattr(sheet, name) for name in REMARKS},
    }


def own_versions(proposal_id: int, juror_id: int, round_name: str) -> list[VersionRow]:
    """All of one's own sheet, oldest first, and what is on it now where that is newer. Two queries."""
    sheet = db.session.scalar(
        select(ScoreSheet).where(
            ScoreSheet.proposal_id == proposal_id,
            ScoreSheet.juror_id == juror_id,
            ScoreSheet.round == round_name,
        )
    )
    if sheet is None:
        return []
    rows = _versions(SheetVersion.sheet_id == sheet.id)
    if not rows or rows[-1].version < sheet.version:
        now = content_of(sheet)
        rows.append(VersionRow(juror_id, "", round_name, sheet.version, SAVED, now, sheet.updated_at))
    return rows


def sent_versions(proposal_id: int, shown: Collection[tuple[int, str]]) -> list[VersionRow]:
    """What others handed in and took back, of the sheets in `shown` (juror id, round): never what was only
    saved on the way. Oldest first. One query."""
    rows = _versions(ScoreSheet.proposal_id == proposal_id, SheetVersion.kind.in_((SUBMITTED, REOPENED)))
    return [row for row in rows if (row.juror_id, row.round) in shown]


def _versions(*conditions: Any) -> list[VersionRow]:
    rows = db.session.execute(
        select(
            ScoreSheet.juror_id,
            User.name,
            ScoreSheet.round,
            SheetVersion.version,
            SheetVersion.kind,
            SheetVersion.content,
            SheetVersion.at,
        )
        .join(ScoreSheet, ScoreSheet.id == SheetVersion.sheet_id)
        .join(User, User.id == ScoreSheet.juror_id)
        .where(*conditions)
        .order_by(ScoreSheet.round.desc(), User.name, ScoreSheet.id, SheetVersion.version)
    )
    return [VersionRow(*row) for row in rows]


def version_lines(rules: RoundRules, versions: Sequence[VersionRow]) -> list[dict[str, Any]]:
    """Newest first: when, what happened, and every field that changed since the version before, in words."""
    lines = []
    before: Mapping[str, str] = {}
    for row in versions:
        after = _fields(rules, row.content)
        lines.append(
            {
                "version": row.version,
                "at": row.at,
                "kind": KINDS[row.kind],
                "tone": TONES[row.kind],
                "changes": list(_changes(before, after)),
            }
        )
        before = after
    return lines[::-1]


def by_sheet(versions: Iterable[VersionRow]) -> dict[tuple[int, str], list[VersionRow]]:
    found: dict[tuple[int, str], list[VersionRow]] = {}
    for row in versions:
        found.setdefault((row.juror_id, row.round), []).append(row)
    return found


def _fields(rules: RoundRules, content: Mapping[str, Any]) -> dict[str, str]:
    """What each field of a sheet says, by the name people know it by."""
    found = {}
    for one in rules.criteria:
        sent = content["levels"].get(str(one.id), "")
        found[f"{one.name}: niveau"] = SKIPPED if sent == NOT_APPLICABLE else sent
        found[f"{one.name}: reden"] = content["reasons"].get(str(one.id), "")
    return found | {label: content.get(name, "") for name, label in REMARKS.items()}


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    for label, text in after.items():
        was = before.get(label, "")
        if was != text:
            kind = "gewijzigd" if was and text else "toegevoegd" if text else "geschrapt"
            yield {"label": label, "kind": kind, "words": word_changes(was, text)}
