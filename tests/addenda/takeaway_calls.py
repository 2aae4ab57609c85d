"""Calls for the tests of what people take away: with everything, with hostile texts, with versions."""

from datetime import datetime, time, timedelta
from typing import Any

from app.addenda.amending.models import AddendumVersion
from app.addenda.amending.snapshots import to_json
from app.addenda.drafting.drafts import load_addendum, read_draft
from app.addenda.models import Addendum, DeadlineExtension, EnrichmentFinding, PitchWindow
from app.domain.timeline import Phase, exclusive_deadline
from app.infra.database import db, transaction
from tests import factories as make

NASTY = (
    "Ambitie 😀 \x07\x0b ]]> </w:t> <b>&amp; e\u0301én שלום \u202e omgekeerd"
    "\r\nBEGIN:VEVENT\r\nSUMMARY:vals; a, b\\n"
)


def full_call(
    deadline: datetime = datetime(2026, 6, 30, 23, 59), region_name: str = "Denderstreek", challenges: int = 2
) -> Addendum:
    """An open call in which nothing is left empty; `deadline` is the last minute that counts."""
    region = make.make_region(region_name, (f"Ninove {region_name}", f"Denderleeuw {region_name}"))
    call = make.make_call(region, Phase.OPEN, challenges=challenges)
    with transaction():
        row = db.session.get_one(Addendum, call.id)
        row.title = "Samen één stap vooruit"
        set_timeline(row, deadline)
        row.ambition = (
            "Wij willen **vooruit**:\n\n1. eerst luisteren\n2. dan [samen](https://voorbeeld.be) doen"
        )
        row.vision, row.mission = "Iedereen telt mee.", "Naast mensen staan."
        row.local_input = "- Werk outreachend\n- Deel wat je weet"
        row.personas[0].age, row.personas[0].occurrence = 34, "Bij een op de vijf gezinnen"
        row.personas[0].strengths, row.personas[0].life_domains = ["Geduldig"], ["Huisvesting"]
        row.challenges[0].obstacles[0].life_domains = ["Financiën", "Huisvesting"]
        row.findings = [
            EnrichmentFinding(kind=kind, position=0, text=f"Bevinding {kind}")
            for kind in ("recurring", "attention", "obstacle", "profile")
        ]
    return call


def set_timeline(row: Addendum, deadline: datetime) -> None:
    """Every step, each after the one before; the deadline moves the rest along."""
    day = deadline.date()
    row.launch = day - timedelta(days=45)
    row.questions_until = day - timedelta(days=14)
    row.deadline = exclusive_deadline(deadline)
    row.written_from, row.written_until = day + timedelta(days=3), day + timedelta(days=12)
    row.pitch_windows = [
        PitchWindow(day=day + timedelta(days=20), start=time(9), end=time(12)),
        PitchWindow(day=day + timedelta(days=21), start=time(13), end=time(17)),
    ]
    row.decision_before = day + timedelta(days=40)
    row.published_at = datetime.fromisoformat(f"{day - timedelta(days=50)}T10:00:00+00:00")


def change(call_id: int, **values: Any) -> None:
    with transaction():
        row = db.session.get_one(Addendum, call_id)
        for name, value in values.items():
            setattr(row, name, value)


def keep_version(call_id: int, number: int, at: datetime, reason: str = "") -> None:
    """File the content as it stands now."""
    with transaction():
        db.session.add(
            AddendumVersion(
                addendum_id=call_id,
                number=number,
                published_at=at,
                reason=reason,
                snapshot=to_json(read_draft(load_addendum(call_id))),
            )
        )


def extend(call_id: int, previous: datetime, deadline: datetime, at: datetime, reason: str) -> None:
    """As calls were extended before versions were kept."""
    with transaction():
        db.session.add(
            DeadlineExtension(addendum_id=call_id, previous=previous, deadline=deadline, reason=reason, at=at)
        )


def nasty_call() -> Addendum:
    """What people may type, and worse, in every text."""
    call = full_call()
    with transaction():
        row = db.session.get_one(Addendum, call.id)
        row.title = ("Lange titel 😀 ]]> e\u0301 " * 20)[:190] + "\r\nX"
        for name in ("programme", "ambition", "vision", "mission", "local_input"):
            setattr(row, name, NASTY)
        row.personas[0].story, row.personas[0].portrait_alt = NASTY, NASTY
        row.personas[0].strengths = [NASTY]
        row.challenges[0].introduction = NASTY
        row.challenges[0].obstacles[0].label = NASTY
        row.challenges[0].goals[0].text = NASTY
        row.contacts[0].name = NASTY[:100]
        row.findings[0].text = NASTY
        row.criteria[0].name = NASTY
        row.criteria[0].levels[0].description = NASTY
    return call
