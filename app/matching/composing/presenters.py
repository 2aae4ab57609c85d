"""The composer's answer in words: what the team covers, who adds what, who is out and why."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import url_for

from app.addenda.queries import Call
from app.domain.team import Team
from app.domain.team_explain import Contribution, Desk, Evaluation, Outsider
from app.domain.team_limits import Demand
from app.infra.formats import counted, enumeration, euro, moment, number
from app.matching.composing.forms import Asked
from app.matching.composing.queries import Candidate, ChoiceRow, TeamFacts
from app.matching.composing.services import Composed

FEW = 6  # names of obstacles in one sentence; the rest is counted
LIMITS = {
    "budget": "het budget",
    "max_partners": "het hoogste aantal partners",
    "min_score": "de laagste score",
    "must": "dat {} erbij moet",
    "must_not": "dat {} er niet bij mag",
    "critical": "dat twee partners “{}” opnemen",
    "municipalities": "dat iemand in {} werkt",
    "coordinator": "dat iemand wil coördineren",
}


class Wording:
    """Names for the ids of one call."""

    def __init__(self, facts: TeamFacts) -> None:
        self.names: dict[Any, str] = {one.id: one.name for one in facts.candidates}
        self.labels: dict[Any, str] = {one.id: f"{one.number}. {one.label}" for one in facts.obstacles}

    def limit(self, demand: Demand | Sequence[Any]) -> str:
        name, about = (demand.name, demand.about) if isinstance(demand, Demand) else demand
        known = self.labels if name == "critical" else self.names
        told = known.get(about, about)
        return LIMITS.get(name, name).format(told)

    def limits(self, demands: Iterable[Demand | Sequence[Any]]) -> str:
        return enumeration([self.limit(one) for one in demands])

    def obstacles(self, ids: Sequence[Any]) -> str:
        """ "1. Schulden, 2. Taal en 4 andere"."""
        labels = [self.labels.get(one, str(one)) for one in ids]
        rest = len(labels) - FEW
        return enumeration(labels if rest <= 1 else [*labels[:FEW], f"{rest} andere"])

    def team(self, ids: Iterable[Any]) -> list[str]:
        return [self.names.get(one, str(one)) for one in ids]


def percent(value: Fraction | Decimal, digits: int = 1) -> str:
    return f"{number(value, digits)} %"


def points(difference: Fraction) -> str:
    """A difference between two percentages."""
    return f"{number(difference, 2)} procentpunt"


def total_of(desk: Desk) -> Fraction:
    return sum(desk.problem.weights.values(), Fraction(0))


def share(team: Team, desk: Desk) -> Fraction:
    total = total_of(desk)
    return team.coverage * 100 / total if total else Fraction(0)


def tiles(shown: Evaluation, facts: TeamFacts) -> list[dict[str, Any]]:
    unknown = sum(one.id in shown.team.proposals and one.cost is None for one in facts.candidates)
    nameless = counted(unknown, "kandidaat noemt geen bedrag", "kandidaten noemen geen bedrag")
    size, still_open = len(shown.team.proposals), len(shown.uncovered)
    return [
        _tile(percent(shown.percent), "dekking", "Personas die vaker voorkomen, tellen zwaarder."),
        _tile(percent(shown.team.quality), "kwaliteit", "De score van wie opneemt, naar wat die dekt."),
        _tile(str(size), "partner" if size == 1 else "partners"),
        _tile(
            f"€\u00a0{number(shown.team.cost, 0)}", "kostenraming samen", f"{nameless}." if unknown else None
        ),
        _tile(
            str(still_open),
            "obstakel blijft open" if still_open == 1 else "obstakels blijven open",
            tone="warning" if still_open else "success",
        ),
    ]


def _tile(value: str, label: str, hint: str | None = None, tone: str | None = None) -> dict[str, Any]:
    return {"value": value, "label": label, "hint": hint, "tone": tone}


def personas(facts: TeamFacts, members: Iterable[Any]) -> list[dict[str, Any]]:
    """Per persona the share of its obstacles' weights that the set covers, in the order of the addendum."""
    best: dict[int, Decimal] = {}
    for one in members:
        for obstacle, degree in facts.degrees.get(one, {}).items():
            best[obstacle] = max(best.get(obstacle, Decimal(0)), degree)
    names = dict.fromkeys(name for one in facts.obstacles for name in one.personas)
    rows = []
    for name in names:
        mine = [one.id for one in facts.obstacles if name in one.personas]
        whole = sum(facts.weights[one] for one in mine)
        part = sum(facts.weights[one] * best.get(one, Decimal(0)) for one in mine)
        value = round(float(100 * part / whole), 1) if whole else 0
        rows.append({"label": name, "value": value, "text": f"{number(value, 1)} %"})
    return rows


def members(desk: Desk, shown: Evaluation, facts: TeamFacts, words: Wording) -> list[dict[str, Any]]:
    known = {one.id: one for one in facts.candidates}
    return [_member(one, known, desk, words) for one in desk.contributions(shown.team.proposals)]


def _member(one: Contribution, known: dict[int, Candidate], desk: Desk, words: Wording) -> dict[str, Any]:
    candidate, total = known[int(str(one.proposal))], total_of(desk)
    adds = []
    if one.only:
        adds.append(f"Als enige: {words.obstacles(one.only)}.")
    if one.better:
        adds.append(f"Beter dan de anderen: {words.obstacles(one.better)}.")
    if one.held:
        adds.append(f"Nodig voor {words.limits(one.held)}.")
    return {
        **_row(candidate),
        "adds": adds or ["Voegt aan de dekking niets toe wat een ander in het team niet even goed doet."],
        "lost": points(one.lost * 100 / total if total else Fraction(0)),
    }


def _row(candidate: Candidate) -> dict[str, Any]:
    return {
        "id": candidate.id,
        "name": candidate.name,
        "href": url_for("proposals.read", proposal_id=candidate.id),
        "score": "geen score" if candidate.score is None else percent(candidate.score, 2),
        "cost": "niet genoemd" if candidate.cost is None else euro(candidate.cost),
        "coordinator": candidate.coordinator,
    }


def outsiders(desk: Desk, shown: Evaluation, facts: TeamFacts, words: Wording) -> list[dict[str, Any]]:
    """Who is out, the one that would add most first."""
    known = {one.id: one for one in facts.candidates}
    total = total_of(desk)
    return [
        {**_row(known[int(str(one.proposal))]), "why": _why_out(one, total, words)}
        for one in desk.outsiders(shown.team.proposals)
    ]


def _why_out(one: Outsider, total: Fraction, words: Wording) -> list[str]:
    gain = points(one.gain * 100 / total if total else Fraction(0))
    told = [f"Erbij geeft {gain} meer dekking." if one.gain else "Erbij geeft geen extra dekking."]
    if one.stopped_by:
        told.append(f"Dat gaat niet samen met {words.limits(one.stopped_by)}.")
    if one.swap and one.instead_of is not None and total:
        change = points(abs(one.swap.coverage) * 100 / total)
        name = words.names[one.instead_of]
        if one.swap.coverage < 0:
            told.append(f"In de plaats van {name}: {change} minder dekking.")
        elif one.swap.coverage > 0:
            told.append(f"In de plaats van {name}: {change} meer dekking.")
        else:
            told.append(f"In de plaats van {name}: even veel dekking, {_other(one)}.")
    return told


def _other(one: Outsider) -> str:
    swap = one.swap
    if swap is None or not swap.quality:
        return "dezelfde kwaliteit"
    better = "hogere" if swap.quality > 0 else "lagere"
    return f"{better} kwaliteit ({points(abs(swap.quality))})"


def alternatives(answer: Composed, words: Wording, call: Call, question: Asked) -> list[dict[str, Any]]:
    if answer.found is None:
        return []
    best = answer.found.team
    rows = []
    for team in answer.found.alternatives:
        inside = set(team.proposals) - set(best.proposals)
        out = set(best.proposals) - set(team.proposals)
        rows.append(
            {
                **_figures(team, answer.desk),
                "names": words.team(team.proposals),
                "joins": words.team(one for one in team.proposals if one in inside),
                "leaves": words.team(one for one in best.proposals if one in out),
                "href": address(call, question, team.proposals),
            }
        )
    return rows


def _figures(team: Team, desk: Desk) -> dict[str, str]:
    return {
        "coverage": percent(share(team, desk), 2),
        "quality": percent(team.quality, 2),
        "cost": euro(_decimal(team.cost)),
        "partners": counted(len(team.proposals), "partner", "partners"),
    }


def address(call: Call, question: Asked, chosen: Iterable[Any] | None = None) -> str:
    values = dict(question.link) if chosen is None else {**question.link, "samen": list(chosen)}
    return url_for("matching.team", addendum_id=call.id, **values)


def curve(teams: Sequence[Team], by: str, desk: Desk, call: Call, question: Asked) -> dict[str, Any]:
    """Points for the drawing: `x` and `y` from 0 to 100, and the words of the table."""
    most = max((_along(one, by) for one in teams), default=Fraction(1)) or Fraction(1)
    return {
        "title": "Meer partners, meer dekking" if by == "size" else "Meer budget, meer dekking",
        "unit": "Partners" if by == "size" else "Kostenraming",
        "points": [
            {
                "x": round(float(100 * _along(one, by) / most), 2),
                "y": round(float(share(one, desk)), 2),
                "along": str(len(one.proposals)) if by == "size" else euro(_decimal(one.cost)),
                "href": address(call, question, one.proposals),
                **_figures(one, desk),
            }
            for one in teams
        ],
    }


def _along(team: Team, by: str) -> Fraction:
    return Fraction(len(team.proposals)) if by == "size" else team.cost


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(Decimal("0.01"))


def verdict(answer: Composed) -> str:
    """How sure it is that there is nothing better."""
    found = answer.found
    assert found is not None
    if found.settled:
        return "Bewezen: binnen deze grenzen bestaat er geen beter team."
    if not found.gap:
        return (
            "Bewezen: geen enkel team dekt meer. Of een team dat evenveel dekt nog een hogere kwaliteit of "
            "minder partners heeft, was binnen de tijd niet te bewijzen."
        )
    total = total_of(answer.desk)
    most = number((found.bound - found.team.coverage) * 100 / total if total else Fraction(0), 2)
    return (
        "De tijd was om: dit is het beste team dat gevonden is. "
        f"Een beter team dekt hoogstens {most} procentpunten meer."
    )


def records(rows: Sequence[ChoiceRow], facts: TeamFacts) -> list[dict[str, Any]]:
    """The choices for the page of the record, the newest first."""
    words = Wording(facts)
    return [_record(row, words) for row in rows]


def _record(row: ChoiceRow, words: Wording) -> dict[str, Any]:
    choice = row.choice
    best, mine = choice.proposed.get("proposals", []), choice.chosen
    return {
        "at": moment(choice.at),
        "by": row.by,
        "reason": choice.reason,
        "columns": [
            _column("Voorstel van de samensteller", choice.proposed, best, words),
            _column("Gekozen team", choice.measured, mine, words),
        ],
        "same": set(best) == set(mine),
        "joins": words.team(one for one in mine if one not in best),
        "leaves": words.team(one for one in best if one not in mine),
        "broken": [words.limit(one) for one in choice.measured.get("broken", [])],
        "uncovered": [words.labels.get(one, str(one)) for one in choice.measured.get("uncovered", [])],
        "limits": asked_limits(choice.limits, words),
        "input_href": url_for("matching.team_input", addendum_id=choice.addendum_id, keuze=choice.id),
    }


def _column(title: str, figures: dict[str, Any], ids: Sequence[int], words: Wording) -> dict[str, Any]:
    facts: list[tuple[str, str, Callable[[Decimal], str]]] = [
        ("Dekking", "percent", percent),
        ("Kwaliteit", "quality", percent),
        ("Kostenraming", "cost", euro),
    ]
    return {
        "title": title,
        "names": words.team(ids),
        "figures": [(term, write(Decimal(figures[key]))) for term, key, write in facts if key in figures],
    }


def asked_limits(limits: dict[str, Any], words: Wording) -> list[str]:
    """The limits as they were set, in words; empty when there were none."""
    found = []
    if limits.get("budget") is not None:
        found.append(f"Budget: hoogstens {euro(Decimal(str(limits['budget'])))}.")
    if limits.get("max_partners") is not None:
        found.append(f"Hoogstens {counted(limits['max_partners'], 'partner', 'partners')}.")
    if limits.get("min_score") is not None:
        found.append(f"Score van minstens {percent(Decimal(str(limits['min_score'])))}.")
    found += [f"{one} moet erbij." for one in words.team(limits.get("must", []))]
    found += [f"{one} mag er niet bij." for one in words.team(limits.get("must_not", []))]
    found += [
        f"“{words.labels.get(int(one), one)}” door twee partners." for one in limits.get("critical", {})
    ]
    if limits.get("municipalities"):
        found.append(f"Iemand werkt in elke gemeente: {enumeration(limits['municipalities'])}.")
    if limits.get("coordinator"):
        found.append("Minstens één partner wil coördineren.")
    return found
