"""The scores as an Excel workbook. What people typed is written as text: it never runs as a formula."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.domain.outcome import Outcome
from app.domain.scoring import ProposalScore, shown
from app.domain.timeline import BRUSSELS
from app.evaluation.policy import CONFLICT_KINDS, SEATS
from app.evaluation.reports.queries import Material, ScoreLine, SheetRow, levels_by_criterion
from app.evaluation.reports.words import (
    NO_PLACES,
    NOT_APPLICABLE,
    OUTSIDE,
    ROUND_NAMES,
    missed,
    rounds_of,
    sheet_range,
)
from app.infra.formats import moment

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # characters that a cell can hold
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


class Column(NamedTuple):
    """`width` in characters."""

    name: str
    width: int


class _Book:
    def __init__(self, buffer: io.BytesIO) -> None:
        self.file = xlsxwriter.Workbook(buffer, OPTIONS)
        self.head = self.file.add_format({"bold": True, "bg_color": "#E6EEF8", "bottom": 1, "valign": "top"})
        # the mark of "this is text" keeps it text when somebody opens the cell to change it
        self.text = self.file.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
        self.formats: Mapping[type, Format] = {
            int: self.file.add_format({"valign": "top", "num_format": "0"}),
            Fraction: self.file.add_format({"valign": "top", "num_format": "0.00"}),
            datetime: self.file.add_format({"valign": "top", "num_format": "dd/mm/yyyy hh:mm"}),
        }

    def sheet(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> None:
        """A sheet with a head that stays in view and can be filtered."""
        sheet = self.file.add_worksheet(name)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(0, at, column.name, self.head)
        sheet.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                self.cell(sheet, last, at, value)
        sheet.autofilter(0, 0, last, len(columns) - 1)

    def cell(self, sheet: Worksheet, row: int, column: int, value: object) -> None:
        """Numbers as numbers, moments as moments in Brussels time, all else as text; None stays empty."""
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            local = value.astimezone(BRUSSELS).replace(tzinfo=None)
            sheet.write_datetime(row, column, local, self.formats[datetime])
        elif isinstance(value, int | Fraction):
            shape = self.formats[int if isinstance(value, int) else Fraction]
            sheet.write_number(row, column, value if isinstance(value, int) else float(shown(value)), shape)
        else:
            sheet.write_string(row, column, str(value)[:LONGEST], self.text)


def workbook(material: Material, sheets: Sequence[SheetRow]) -> bytes:
    """The file. About a second for sixty proposals and twelve jurors."""
    buffer = io.BytesIO()
    book = _Book(buffer)
    book.file.set_properties(
        {"title": f"Scores – {material.call.title}", "company": material.call.service_area}
    )
    book.sheet("Toelichting", [Column("Onderwerp", 28), Column("Uitleg", 100)], _about(material, sheets))
    book.sheet("Scores", SCORES, _scores(material, sheets))
    book.sheet("Totalen", _totals_head(material), _totals(material))
    book.sheet("Rangschikking", RANKING, _ranking(material) if material.whole else [[None, None, NO_PLACES]])
    book.sheet("Criteria", CRITERIA, _criteria(material, sheets))
    book.sheet("Belangen", CONFLICTS, _conflicts(material))
    book.file.close()
    return buffer.getvalue()


def _about(material: Material, sheets: Sequence[SheetRow]) -> list[list[object]]:
    outside = sum(1 for one in sheets if one.outside)
    rows: list[list[object]] = [
        ["Oproep", material.call.title],
        ["Regio", material.call.service_area],
        ["Gemaakt op", f"{moment(material.made_at)} (Brusselse tijd)"],
        ["Kandidaturen", len(material.standings.proposals)],
        ["Ingediende scorebladen", len(sheets)],
        ["Scorebladen die niet meetellen", outside],
        ["Scores", "Een rij per score, met de reden. ‘n.v.t.’: niet van toepassing volgens het jurylid."],
        ["Totalen", "Per kandidaat en ronde, in procent. Waar de jury een consensus heeft, telt die."],
        ["Rangschikking", "Gelijke totalen delen een plaats. Wie een minimum mist, komt na wie alles haalt."],
        ["Criteria", "Gewichten, minimums en wat de jury gemiddeld gaf."],
        ["Belangen", "Wat elk jurylid over elke kandidaat verklaarde."],
        ["Afronding", "Cijfers zijn afgerond op twee decimalen. Gerekend is er met de exacte waarden."],
    ]
    return [*rows, ["Niet in dit bestand", material.left_out]] if material.left_out else rows


SCORES = [
    Column("Nummer", 18),
    Column("Kandidaat", 34),
    Column("Ronde", 20),
    Column("Jurylid", 24),
    Column("Criterium", 30),
    Column("Gewicht (%)", 12),
    Column("Niveau", 9),
    Column("Reden", 70),
    Column("Telt mee", 24),
    Column("Ingediend", 17),
]


def _scores(material: Material, sheets: Iterable[SheetRow]) -> Iterable[list[object]]:
    for sheet in sheets:
        for line in sheet.scores:
            _, rule = material.criteria[line.criterion_id]
            yield [
                sheet.receipt_number,
                sheet.organisation,
                ROUND_NAMES[sheet.round],
                sheet.juror,
                rule.name,
                Fraction(rule.weight),
                _level(line),
                line.reason,
                OUTSIDE[sheet.outside],
                sheet.submitted_at,
            ]


def _level(line: ScoreLine) -> object:
    return NOT_APPLICABLE if line.not_applicable else line.level


def _outcomes(material: Material) -> dict[int, Outcome]:
    ranking = material.standings.ranking
    return {one.proposal_id: one.score for one in ranking.placed}


def _totals_head(material: Material) -> list[Column]:
    criteria = [
        Column(f"{rule.name} ({ROUND_NAMES[name].lower()})", 16) for name, rule in material.criteria.values()
    ]
    return [
        Column("Nummer", 18),
        Column("Kandidaat", 34),
        Column("Ronde", 20),
        Column("Scorebladen", 12),
        Column("Totaal (%)", 11),
        Column("Laagste blad (%)", 15),
        Column("Hoogste blad (%)", 15),
        *criteria,
        Column("Consensus over", 40),
    ]


def _totals(material: Material) -> Iterable[list[object]]:
    outcomes = _outcomes(material)
    for row in material.by_name:
        outcome = outcomes.get(row.proposal_id)
        for name, score in rounds_of(outcome) if outcome else ():
            yield [row.receipt_number, row.organisation_name, ROUND_NAMES[name], *_total(material, score)]


def _total(material: Material, score: ProposalScore) -> list[object]:
    low, high = sheet_range(score) or (None, None)
    agreed = [rule.name for key, (_, rule) in material.criteria.items() if key in score.agreed]
    averages = [score.averages.get(key) for key in material.criteria]
    return [score.sheet_count, score.total, low, high, *averages, "; ".join(agreed)]


RANKING = [
    Column("Plaats", 9),
    Column("Gelijk", 9),
    Column("Kandidaat", 34),
    Column("Nummer", 18),
    Column("Totaal (%)", 11),
    Column("Schriftelijk (%)", 15),
    Column("Pitch (%)", 11),
    Column("Haalt elk minimum", 18),
    Column("Gemiste minimums", 60),
    Column("Beste plaats zonder één jurylid", 16),
    Column("Laagste plaats zonder één jurylid", 16),
]


def _ranking(material: Material) -> Iterable[list[object]]:
    standings = material.standings
    for one in standings.ranking.placed:
        row, outcome = standings.proposals[one.proposal_id], one.score
        interval = material.intervals.get(one.proposal_id)
        tested = interval is not None and interval.tested
        yield [
            one.place,
            "ja" if one.tied else "",
            row.organisation_name,
            row.receipt_number,
            outcome.total,
            outcome.written.total,
            outcome.pitch.total if outcome.pitch else None,
            "ja" if one.passes else "nee",
            "; ".join(missed(material, failure) for failure in outcome.failures),
            interval.best if interval and tested else None,
            interval.worst if interval and tested else None,
        ]
    for outcome in standings.ranking.unscored:
        row = standings.proposals[outcome.proposal_id]
        yield [None, "", row.organisation_name, row.receipt_number, None, None, None, "zonder scores"]


CRITERIA = [
    Column("Ronde", 20),
    Column("Criterium", 34),
    Column("Gewicht (%)", 12),
    Column("Minimum", 10),
    Column("Hoogste niveau", 15),
    Column("Mag n.v.t. zijn", 15),
    Column("Aantal scores", 14),
    Column("Gemiddeld niveau", 17),
    Column("Niveaus", 90),
]


def _criteria(material: Material, sheets: Sequence[SheetRow]) -> Iterable[list[object]]:
    given: dict[int, list[int]] = {}
    for (_, criterion), levels in levels_by_criterion(sheets).items():
        given.setdefault(criterion, []).extend(levels)
    for key, (name, rule) in material.criteria.items():
        levels = given.get(key, [])
        yield [
            ROUND_NAMES[name],
            rule.name,
            Fraction(rule.weight),
            rule.needed,
            rule.highest,
            "ja" if rule.may_be_skipped else "nee",
            len(levels),
            Fraction(sum(levels), len(levels)) if levels else None,
            "\n".join(f"{one.value}: {one.description}" for one in rule.levels),
        ]


CONFLICTS = [
    Column("Jurylid", 24),
    Column("Zetelt voor", 22),
    Column("Organisatie van het jurylid", 30),
    Column("Kandidaat", 34),
    Column("Verklaring", 20),
    Column("Soort band", 24),
    Column("Toelichting", 60),
    Column("Verklaard op", 17),
]


def _conflicts(material: Material) -> Iterable[list[Any]]:
    said = {(one.juror_id, one.organisation_id): one for one in material.declarations}
    for juror in material.jurors:
        for row in material.by_name:
            one = said.get((juror.user_id, row.organisation_id))
            who = [juror.name, SEATS[juror.seat], juror.affiliation, row.organisation_name]
            if one is None:
                yield [*who, "nog niet verklaard"]
            elif one.in_conflict:
                kind = CONFLICT_KINDS.get(one.kind, one.kind)
                yield [*who, "belangenconflict", kind, one.explanation, one.declared_at]
            else:
                yield [*who, "vrij", "", "", one.declared_at]
