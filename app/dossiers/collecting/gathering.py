"""All parts of the dossier of a call: rows are read here, files when their turn comes."""

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import Any

from app.addenda.queries import Call
from app.decisions.queries import standing_decisions
from app.domain.dossier import KINDS
from app.dossiers.collecting import files as more
from app.dossiers.collecting.log import log_entries, still_sealed_since
from app.dossiers.collecting.parts import Dossier, Part
from app.dossiers.collecting.people import blackeners, others_of, people_in
from app.dossiers.collecting.rows import Files, Row, read_rows, rows_of
from app.infra.database import db
from tools.verify_dossier import canonical

PUBLICLY_KNOWN = ("selected", "reserve")
_ORDER = {key: number for number, key in enumerate(KINDS)}


def gather(call: Call) -> Dossier:
    """The dossier of an opened call. As many queries for one applicant as for sixty."""
    applicants = more.applicants_of(call.id)
    files = read_rows(call.id, {one.proposal_id for one in applicants})
    entries = log_entries(call.id, still_sealed_since())
    outcomes = {row.organisation_id: row.outcome for row in standing_decisions(call.id)}
    known = {one for one, outcome in outcomes.items() if outcome in PUBLICLY_KNOWN}
    names = {one.proposal_id: one.name for one in applicants}
    actors = {one["actor_id"] for one in entries if one["actor_id"] is not None}
    organisations = {one.organisation_id for one in applicants}
    who = people_in(files, call, actors | {one.submitted_by_id for one in applicants}, organisations)
    others = others_of(call.id, organisations)
    bars = blackeners(files, who, others, more.frozen_names(applicants), known)
    parts = [
        *_row_parts(files, names),
        more.opening_part(call),
        *(
            part
            for one in applicants
            for part in more.proposal_parts(
                call, one, selected=outcomes.get(one.organisation_id) == "selected"
            )
        ),
        *more.attachment_parts(call, applicants),
        *more.ranking_parts(call.id),
        *more.letter_parts(call, names),
        more.mails_part(call.id),
        Part("log/log.jsonl", "log", "Logboek", make=partial(_log, entries), at_hand=True),
        Part("namen/namen.json", "namen", "Wie bij welk nummer hoort", load=who.listed, at_hand=True),
    ]
    db.session.rollback()
    known_parts = sorted(parts, key=lambda part: (_ORDER[part.kind], _natural(part.path)))
    return Dossier(call, known_parts, entries[-1]["at"] if entries else "", bars)


def _log(entries: Iterable[Mapping[str, Any]]) -> bytes:
    return "".join(f"{canonical(one)}\n" for one in entries).encode()


def _natural(path: str) -> list[tuple[int, str]]:
    """Numbers by their size, so that 2 comes before 10."""
    pieces = path.replace(".", "/").replace("-", "/").split("/")
    return [(int(one), "") if one.isdecimal() else (-1, one) for one in pieces]


def _row_parts(files: Files, names: Mapping[int, str]) -> list[Part]:
    proposals = _proposal_of_objections(files)
    held = _untold(files)
    return [
        Part(
            f"{path}.json",
            kind,
            _label(path, tables),
            load=partial(_same, tables),
            name=names.get(_proposal(path, proposals), ""),
            proposal=_proposal(path, proposals),
            selected=kind != "kandidaturen",
            held=path in held,
            at_hand=True,
        )
        for (path, kind), tables in files.items()
    ]


def _same(tables: Mapping[str, Collection[Row]]) -> Mapping[str, Collection[Row]]:
    return tables


_LABELS = {
    "oproep/opbouw": "Inhoud van de oproep",
    "oproep/contact": "Contactpersonen",
    "oproep/feiten": "Wat wanneer gebeurde",
    "vragen/vragen": "Vragen en antwoorden",
    "opening/opening": "Wie de zegels opende",
    "ontvankelijkheid/vereisten": "Vormvereisten",
    "jury/jury": "Samenstelling van de jury",
    "jury/verklaringen": "Verklaringen over belangen",
    "jury/verdeling": "Wie wat las",
    "jury/herinneringen": "Herinneringen aan juryleden",
    "pitch/pitch": "Shortlist en planning",
    "pitch/verloop": "Hoe de pitches verliepen",
    "samenstelling/dekking": "Wat juryleden over obstakels zeiden",
    "samenstelling/ploeg": "Gekozen ploeg",
    "samenstelling/oordelen": "Oordelen over matches",
    "samenstelling/uitnodigingen": "Uitnodigingen",
    "brieven/teksten": "Teksten van de brieven",
    "weerwoorden/te-laat": "Weerwoorden die te laat kwamen",
    "partnerschap/partnerschap": "Partnerschap",
}
_FOLDERS = {
    "oproep": "Versie",
    "werksessies": "Verrijkingssessie",
    "kandidaturen": "Gelezen wijzigingen",
    "ontvankelijkheid": "Nazicht van de vorm",
    "scores": "Scorebladen",
    "consensus": "Consensus",
    "beslissingen": "Beslissing",
    "weerwoorden": "Weerwoord",
}


def _label(path: str, tables: Mapping[str, Collection[Row]]) -> str:
    if path in _LABELS:
        return _LABELS[path]
    if "reassessment" in tables:
        return "Nieuwe beoordeling"
    folder = path.partition("/")[0]
    number = f" {path.rpartition('/')[2]}" if folder == "oproep" else ""
    return f"{_FOLDERS[folder]}{number}"


def _proposal(path: str, of_objections: Mapping[int, int]) -> int:
    """The proposal that a file is about; 0 for none."""
    folder, _, rest = path.partition("/")
    number = rest.partition("/")[0].partition("-")[0]
    if folder in ("oproep", "werksessies") or not number.isdecimal():
        return 0
    return of_objections.get(int(number), 0) if folder == "weerwoorden" else int(number)


def _proposal_of_objections(files: Files) -> dict[int, int]:
    decisions = {row["id"]: row["proposal_id"] for row in rows_of(files, "decision")}
    return {row["id"]: decisions.get(row["decision_id"], 0) for row in rows_of(files, "objection")}


def _untold(files: Files) -> set[str]:
    """Objections without a ruling, and new evaluations whose decision nobody was told yet."""
    ruled = {row["objection_id"] for row in rows_of(files, "ruling")}
    told = {row["id"] for row in rows_of(files, "decision")}
    waiting = {row["id"] for row in rows_of(files, "objection")} - ruled
    running = {
        row["objection_id"] for row in rows_of(files, "reassessment") if row["decision_id"] not in told
    }
    return {f"weerwoorden/{one}" for one in waiting} | {
        f"weerwoorden/{one}-herbeoordeling" for one in running
    }
