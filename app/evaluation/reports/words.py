"""What the report and the workbook call things."""

from fractions import Fraction

from app.domain.outcome import Outcome
from app.domain.ranking import Interval
from app.domain.scoring import Failure, ProposalScore, shown
from app.evaluation.policy import PITCH, ROUND_LABELS, WRITTEN
from app.evaluation.reports.queries import Material, ScoreLine
from app.evaluation.standings import Summed
from app.infra.formats import counted, enumeration

NOT_APPLICABLE = "n.v.t."
OUTSIDE = {"": "ja", "conflict": "nee: belangenconflict", "refused": "nee: niet ontvankelijk"}
ROUND_NAMES = {name: label[0].upper() + label[1:] for name, label in ROUND_LABELS.items()}
NO_PLACES = (
    "De rangschikking staat hier niet. Een plaats zegt ook iets over de kandidaten die hier ontbreken."
)


def percent(value: Fraction | None) -> str:
    """ "63,60"; a dash when there is none."""
    return "–" if value is None else str(shown(value)).replace(".", ",")


def level_text(line: ScoreLine) -> str:
    if line.not_applicable:
        return NOT_APPLICABLE
    return "–" if line.level is None else str(line.level)


def sheet_range(score: ProposalScore | None) -> tuple[Fraction, Fraction] | None:
    """The lowest and the highest total of one sheet, in percent."""
    return score.range if isinstance(score, Summed) and score.sheet_count else None


def rounds_of(outcome: Outcome) -> list[tuple[str, ProposalScore]]:
    """The rounds in which the proposal was scored."""
    both = ((WRITTEN, outcome.written), (PITCH, outcome.pitch))
    return [(name, score) for name, score in both if score is not None and score.sheet_count]


def missed(material: Material, failure: Failure) -> str:
    """ "Aanpak: 2,00 waar minstens 2,50 nodig is"."""
    needed, reached = percent(failure.needed), percent(failure.reached)
    if failure.criterion_id is None:
        return f"in het geheel {reached} % waar minstens {needed} % nodig is"
    where = " (pitch)" if failure.round == PITCH else ""
    name = material.criteria[failure.criterion_id][1].name
    return f"{name}{where}: {reached} waar minstens {needed} nodig is"


def places(interval: Interval | None) -> str:
    """The places when any one juror is left out."""
    if interval is None or not interval.tested:
        return "niet te toetsen"
    return f"vast op {interval.best}" if interval.firm else f"{interval.best} tot {interval.worst}"


def firmness_sentence(material: Material) -> str:
    """How much of the ranking hangs on one juror, in plain words; "" when there is nothing to say."""
    tested = [
        (one, interval)
        for one in material.standings.ranking.placed
        if (interval := material.intervals.get(one.proposal_id)) is not None and interval.tested
    ]
    if not tested:
        return ""
    moving = [(one, interval) for one, interval in tested if not interval.firm]
    whole = counted(len(tested), "kandidaat", "kandidaten")
    if not moving:
        return f"Welk jurylid je ook weglaat: van {whole} verandert geen enkele plaats."
    names = enumeration(
        [
            f"{material.standings.proposals[one.proposal_id].organisation_name} "
            f"({interval.best} tot {interval.worst})"
            for one, interval in moving[:5]
        ]
    )
    more = f"; en nog {len(moving) - 5}" if len(moving) > 5 else ""
    firm = len(tested) - len(moving)
    stay = "blijft er 1 op haar plaats" if firm == 1 else f"blijven er {firm} op hun plaats"
    return (
        f"Laat je telkens één jurylid weg, dan {stay} (van {whole}). "
        f"Van plaats kunnen veranderen: {names}{more}."
    )
