"""What the documents on paper (PDF, DOCX) share: a call in words, chapter by chapter."""

from dataclasses import dataclass

from app.addenda.presenters import day_range, short_deadline
from app.addenda.public.queries import CriterionRow
from app.addenda.takeaway.document import Takeaway, least_level
from app.addenda.takeaway.questions import PublishedAnswer
from app.domain.timeline import local_day
from app.infra.formats import day, deadline, hour, number, short_day

ANALYSIS = (
    ("service_type", "Types dienstverlening die nodig zijn"),
    ("recurring", "Wat vaak terugkwam"),
    ("attention", "Wat verder aandacht vraagt"),
    ("obstacle", "Aanvullende obstakels"),
    ("profile", "Bijkomende klantprofielen"),
)
ROUNDS = (("written", "Schriftelijke ronde"), ("pitch", "Pitchronde"))


@dataclass(frozen=True)
class Station:
    """One row of the timeline; `short` fits under a point of the line."""

    label: str
    when: str
    short: str


def stations(taken: Takeaway) -> list[Station]:
    """The road of the call, only what has a date."""
    call = taken.call
    found = []
    if call.launch:
        found.append(Station("Lancering", day(call.launch), short_day(call.launch)))
    if taken.page.questions_until:
        until = f"tot en met {day(taken.page.questions_until)}"
        found.append(Station("Vragen stellen", until, f"tot en met {short_day(taken.page.questions_until)}"))
    if call.deadline:
        found.append(Station("Uiterste indiendatum", deadline(call.deadline), short_deadline(call.deadline)))
    if call.written_from and call.written_until:
        when = f"{day(call.written_from)} tot en met {day(call.written_until)}"
        found.append(Station("Schriftelijke ronde", when, day_range(call.written_from, call.written_until)))
    if windows(taken):
        days = day_range(call.pitch_from, call.pitch_until, whole=False)
        found.append(Station("Pitch", "\n".join(windows(taken)), days))
    if call.decision_before:
        before = f"voor {day(call.decision_before)}"
        found.append(Station("Beslissing", before, f"voor {short_day(call.decision_before)}"))
    objections = f"{call.objection_days} dagen na de kennisgeving"
    return [*found, Station("Weerwoord", f"tot {objections} van de beslissing", objections)]


def windows(taken: Takeaway) -> list[str]:
    """ "dinsdag 20 juni 2023, 9u00 tot 17u00"."""
    return [f"{day(date)}, {hour(start)} tot {hour(end)}" for date, start, end in taken.page.windows]


def version_line(taken: Takeaway) -> str:
    """ "Versie 2, 12 mei 2023"."""
    return f"Versie {taken.version.number}, {short_day(local_day(taken.version.at))}"


def passing(taken: Takeaway) -> str:
    """What it takes to pass, in one sentence."""
    page = taken.page
    return (
        f"Wie slaagt, haalt minstens {number(page.minimum_total)} % in totaal en het minimum op elk "
        f"criterium. De schriftelijke ronde telt voor {number(page.written_share)} %, de pitch voor de rest."
    )


def weighing(criterion: CriterionRow) -> str:
    skipped = " Kan niet van toepassing zijn: dan telt het niet mee." if criterion.may_be_skipped else ""
    least = number(least_level(criterion))
    return f"Weegt {number(criterion.weight)} %, minstens {least} om te slagen.{skipped}"


def numbers(letter: str, values: list[int]) -> str:
    """ "D1, D3"; a dash when there is none."""
    return ", ".join(f"{letter}{value}" for value in values) or "–"


def changes(taken: Takeaway) -> list[tuple[str, str]]:
    """(version and date, reason) of what changed after the publication, newest first."""
    return [
        (f"Versie {one.number}, {short_day(local_day(one.at))}", one.reason)
        for one in reversed(taken.versions)
        if one.reason
    ]


def answered_on(answer: PublishedAnswer) -> str:
    """ "Beantwoord op 30 mei 2026"."""
    return f"Beantwoord op {short_day(local_day(answer.published_at))}"


def counts(taken: Takeaway) -> str:
    """ "3 persona’s, 2 regio-uitdagingen, 12 obstakels, 9 doelen"."""
    challenges = taken.page.challenges
    words = (
        (len(taken.page.personas), "persona", "persona’s"),
        (len(challenges), "regio-uitdaging", "regio-uitdagingen"),
        (sum(len(one.obstacles) for one in challenges), "obstakel", "obstakels"),
        (sum(len(one.goals) for one in challenges), "doel", "doelen"),
    )
    return ", ".join(f"{count} {one if count == 1 else more}" for count, one, more in words if count)
