"""What of a call can be found, and under which name."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.addenda.finding.index import Passage
from app.addenda.models import Addendum
from app.addenda.public.queries import PublicPage, load_page
from app.infra.database import db
from app.infra.formats import day, deadline
from app.regions.models import ServiceArea

_ANALYSIS = ("service_type", "recurring", "attention", "obstacle", "profile")


def passages_of(addendum_id: int) -> list[Passage]:
    """Empty when the call is not published. A fixed number of queries."""
    head = db.session.execute(
        select(
            Addendum.title,
            Addendum.programme,
            Addendum.launch,
            Addendum.deadline,
            Addendum.written_from,
            Addendum.written_until,
            Addendum.decision_before,
            ServiceArea.name,
            ServiceArea.reference_region,
        )
        .join(ServiceArea, ServiceArea.id == Addendum.service_area_id)
        .where(Addendum.id == addendum_id, Addendum.published_at.is_not(None))
    ).first()
    if head is None:
        return []
    page = load_page(addendum_id)
    found = [
        Passage("title", head.title),
        Passage("title", head.programme),
        Passage("region", f"{head.name} {head.reference_region or ''}".strip()),
        *_of_page(page),
        *(Passage("timeline", one) for one in _dates(head, page)),
    ]
    return [one for one in found if one.text.strip()]


def _of_page(page: PublicPage) -> Iterator[Passage]:
    for town in page.lists.get("municipality", []):
        yield Passage("municipality", town)
    for persona in page.personas:
        yield Passage("persona", persona.name)
        yield Passage("story", persona.story)
        for strength in persona.strengths:
            yield Passage("story", strength)
    for challenge in page.challenges:
        yield Passage("challenge", challenge.introduction)
        yield from (Passage("obstacle", one.label) for one in challenge.obstacles)
        yield from (Passage("goal", one.text) for one in challenge.goals)
    yield from (Passage("life_domain", one) for one in _life_domains(page))
    for text in (page.ambition, page.vision, page.mission):
        yield Passage("ambition", text)
    yield Passage("analysis", page.local_input)
    for kind in _ANALYSIS:
        yield from (Passage("analysis", one) for one in page.lists.get(kind, []))


def _dates(head: Any, page: PublicPage) -> Iterator[str]:
    """Every date of the road as it is written, so that a day, a month or a year finds it."""
    if head.launch:
        yield f"Lancering: {day(head.launch)}"
    if page.questions_until:
        yield f"Vragen stellen: tot en met {day(page.questions_until)}"
    if head.deadline:
        yield f"Indienen: tot en met {deadline(head.deadline)}"
    if head.written_from and head.written_until:
        yield f"Schriftelijke ronde: {day(head.written_from)} tot en met {day(head.written_until)}"
    for date, *_ in page.windows:
        yield f"Pitch: {day(date)}"
    if head.decision_before:
        yield f"Beslissing: voor {day(head.decision_before)}"


def _life_domains(page: PublicPage) -> dict[str, None]:
    """Each once, in the order of the page."""
    of_personas = [name for one in page.personas for name in one.life_domains]
    of_obstacles = [name for one in page.challenges for row in one.obstacles for name in row.life_domains]
    return dict.fromkeys((*of_personas, *of_obstacles))
