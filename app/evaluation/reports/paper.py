"""The jury report: its words as plain data, and the PDF made of exactly that data."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.domain.outcome import Outcome
from app.domain.ranking import Placed
from app.domain.scoring import ProposalScore
from app.domain.timeline import Phase, local_day
from app.evaluation.firmness.presenters import firm_sentences
from app.evaluation.firmness.services import firm_of
from app.evaluation.policy import CONFLICT_KINDS, PITCH, SEATS, WRITTEN
from app.evaluation.reports.policy import INTERNAL
from app.evaluation.reports.queries import Agreement, Material, SheetRow, levels_by_criterion
from app.evaluation.reports.words import (
    NO_PLACES,
    ROUND_NAMES,
    firmness_sentence,
    level_text,
    missed,
    percent,
    places,
    rounds_of,
    sheet_range,
)
from app.infra.documents import render_pdf
from app.infra.formats import counted, enumeration, moment, number, short_day
from app.proposals.queries import StandingRow

TEMPLATE = "evaluation/report.typ"
Data = dict[str, Any]


def report_pdf(material: Material, sheets: Sequence[SheetRow], parts: Collection[str]) -> bytes:
    """PDF/UA-1; under a second for sixty proposals, a few with every score."""
    return render_pdf(TEMPLATE, report_data(material, sheets, parts))


def report_data(material: Material, sheets: Sequence[SheetRow], parts: Collection[str]) -> Data:
    """Plain data for the template. A part that was not asked for is empty."""
    internal = bool(INTERNAL & set(parts))
    made = {
        "jury": _jury,
        "belangen": lambda given: _conflicts(given, "toelichting" in parts),
        "criteria": _rounds,
        "rangschikking": _ranking,
    }
    return {
        "title": material.call.title,
        "region": material.call.service_area,
        "made": moment(material.made_at),
        "day": short_day(local_day(material.made_at)),
        "left_out": material.left_out,
        "internal": internal,
        "embargo": material.call.phase is Phase.DECIDED,
        "facts": _facts(material, sheets),
        **{name: draw(material) if name in parts else None for name, draw in made.items()},
        "proposals": _proposals(material, sheets, parts),
        "remarks": _remarks(material, sheets, "remark_applicant") if "opmerkingen" in parts else None,
        "internal_remarks": _remarks(material, sheets, "remark_internal") if "intern" in parts else None,
    }


def _facts(material: Material, sheets: Sequence[SheetRow]) -> list[list[str]]:
    rules = material.standings.rules
    counting = [one for one in sheets if not one.outside]
    received = Counter(one.round for one in counting)
    rounds = [f"{ROUND_NAMES[name]}: {received[name]}" for name in (WRITTEN, PITCH)]
    weights = f"{number(rules.weights.written)} % schriftelijk, {number(rules.weights.pitch)} % pitch"
    outside = len(sheets) - len(counting)
    return [
        ["Kandidaturen", str(len(material.standings.proposals))],
        ["Juryleden", str(len(material.jurors))],
        ["Meetellende scorebladen", "; ".join(rounds)],
        ["Niet meegeteld", counted(outside, "scoreblad", "scorebladen") if outside else "geen"],
        ["Het totaal telt", weights],
    ]


def _jury(material: Material) -> list[list[str]]:
    return [
        [one.name, "voorzitter" if one.chair else "jurylid", SEATS[one.seat], one.affiliation or "–"]
        for one in material.jurors
    ]


def _conflicts(material: Material, explained: bool) -> Data:
    """Per juror how many were declared on; then each tie."""
    names = {row.organisation_id: row.organisation_name for row in material.by_name}
    said: dict[int, dict[int, bool]] = {}
    for one in material.declarations:
        if one.organisation_id in names:
            said.setdefault(one.juror_id, {})[one.organisation_id] = one.in_conflict
    people = {one.user_id: one.name for one in material.jurors}
    ties = [
        [
            people.get(one.juror_id, "–"),
            names[one.organisation_id],
            CONFLICT_KINDS.get(one.kind, one.kind),
            moment(one.declared_at),
            one.explanation if explained else "",
        ]
        for one in material.declarations
        if one.in_conflict and one.organisation_id in names
    ]
    return {
        "jurors": [_declared(one.name, said.get(one.user_id, {}), len(names)) for one in material.jurors],
        "ties": sorted(ties),
        "explained": explained,
    }


def _declared(name: str, said: Mapping[int, bool], applicants: int) -> list[str]:
    ties = sum(said.values())
    return [name, str(len(said) - ties), str(ties), str(applicants - len(said))]


def _rounds(material: Material) -> list[Data]:
    rules = material.standings.rules
    shares = {WRITTEN: rules.weights.written, PITCH: rules.weights.pitch}
    return [
        {
            "title": ROUND_NAMES[name],
            "share": f"Telt voor {number(shares[name])} %. In het geheel is minstens "
            f"{number(one.minimum_total)} % nodig.",
            "criteria": [
                {
                    "row": [each.name, f"{number(each.weight)} %", number(each.needed), str(each.highest)],
                    "levels": [[str(level.value), level.description] for level in each.levels],
                }
                for each in one.criteria
            ],
        }
        for name, one in rules.rounds.items()
    ]


def _ranking(material: Material) -> Data:
    """Places only when nobody is left out."""
    ranking = material.standings.ranking
    if not material.whole:
        return {"rows": [], "sentence": NO_PLACES, "drawn": [], "unscored": []}
    rows = material.standings.proposals
    return {
        "rows": [_placed(material, one) for one in ranking.placed],
        "sentence": firmness_sentence(material),
        "drawn": firm_sentences(firm_of(material.call.id)) if ranking.placed else [],
        "unscored": [rows[one.proposal_id].organisation_name for one in ranking.unscored],
    }


def _placed(material: Material, one: Placed[Outcome]) -> list[str]:
    outcome = one.score
    return [
        f"{one.place} (gelijk)" if one.tied else str(one.place),
        material.standings.proposals[one.proposal_id].organisation_name,
        percent(outcome.total),
        percent(outcome.written.total),
        percent(outcome.pitch.total) if outcome.pitch else "–",
        "alle gehaald" if one.passes else "; ".join(missed(material, each) for each in outcome.failures),
        places(material.intervals.get(one.proposal_id)),
    ]


def _proposals(material: Material, sheets: Sequence[SheetRow], parts: Collection[str]) -> list[Data]:
    """A chapter per proposal, in alphabetical order; empty without a part that is about single ones."""
    if not {"totalen", "beraad", "scores"} & set(parts):
        return []
    ranking = material.standings.ranking
    outcomes = {one.proposal_id: one.score for one in ranking.placed}
    levels = levels_by_criterion(sheets)
    agreed: dict[int, list[Agreement]] = {}
    for one in material.agreements:
        agreed.setdefault(one.proposal_id, []).append(one)
    by_proposal: dict[int, list[SheetRow]] = {}
    for sheet in sheets:
        by_proposal.setdefault(sheet.proposal_id, []).append(sheet)
    return [
        {
            "name": row.organisation_name,
            "number": row.receipt_number,
            "totals": _totals(material, row, outcomes.get(row.proposal_id), levels)
            if "totalen" in parts
            else None,
            "consensus": [_agreed(material, one) for one in agreed.get(row.proposal_id, ())]
            if "beraad" in parts
            else None,
            "scores": [_scored(material, one) for one in by_proposal.get(row.proposal_id, ())]
            if "scores" in parts
            else None,
        }
        for row in material.by_name
    ]


def _totals(
    material: Material,
    row: StandingRow,
    outcome: Outcome | None,
    levels: Mapping[tuple[int, int], Sequence[int]],
) -> Data:
    if outcome is None:
        return {"sentence": "Er zijn geen scorebladen die meetellen.", "rounds": []}
    return {
        "sentence": f"Totaal: {percent(outcome.total)} %.",
        "rounds": [
            {
                "title": ROUND_NAMES[name],
                "sentence": _round_sentence(score),
                "rows": [
                    _criterion(score, rule.id, rule.name, levels.get((row.proposal_id, rule.id), ()))
                    for of_round, rule in material.criteria.values()
                    if of_round == name
                ],
            }
            for name, score in rounds_of(outcome)
        ],
    }


def _round_sentence(score: ProposalScore) -> str:
    sheets = counted(score.sheet_count, "scoreblad telt", "scorebladen tellen")
    found = sheet_range(score)
    apart = f" Per scoreblad van {percent(found[0])} % tot {percent(found[1])} %." if found else ""
    return f"{percent(score.total)} %; {sheets} mee.{apart}"


def _criterion(score: ProposalScore, key: int, name: str, levels: Sequence[int]) -> list[str]:
    counting = score.averages.get(key)
    apart = f"{levels[0]} tot {levels[-1]}" if levels else "–"
    how = "consensus" if key in score.agreed else "gemiddelde" if levels else "zonder gewicht: overal n.v.t."
    return [name, percent(counting), how, apart, str(len(levels))]


def _agreed(material: Material, one: Agreement) -> Data:
    round_name, rule = material.criteria[one.criterion_id]
    people = enumeration(material.named(one.present)) if one.present else "niet genoteerd"
    return {
        "title": f"{rule.name} ({ROUND_NAMES[round_name].lower()}): niveau {one.level}",
        "reason": one.reason,
        "who": f"Aanwezig: {people}. Vastgelegd door {one.recorded_by} op {moment(one.recorded_at)}.",
    }


def _scored(material: Material, sheet: SheetRow) -> Data:
    outside = {"conflict": " – telt niet mee (belangenconflict)", "refused": " – telt niet mee"}
    return {
        "title": f"{sheet.juror}, {ROUND_NAMES[sheet.round].lower()}{outside.get(sheet.outside, '')}",
        "rows": [
            [material.criteria[one.criterion_id][1].name, level_text(one), one.reason or "–"]
            for one in sheet.scores
        ],
    }


def _remarks(material: Material, sheets: Sequence[SheetRow], field: str) -> list[Data]:
    """Per proposal in the running what the jurors wrote, without those whose sheet does not count. Remarks
    for the applicant carry no name; internal ones do."""
    found: dict[int, list[list[str]]] = {}
    for sheet in sheets:
        text = getattr(sheet, field).strip()
        if text and not sheet.outside:
            named = sheet.juror if field == "remark_internal" else ""
            found.setdefault(sheet.proposal_id, []).append([named, ROUND_NAMES[sheet.round].lower(), text])
    return [
        {"name": row.organisation_name, "texts": found[row.proposal_id]}
        for row in material.by_name
        if row.proposal_id in found
    ]
