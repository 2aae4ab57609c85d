"""A call that was communicated, with everything in it that a dossier holds, and the dossier as bytes."""

import io
import json
import zipfile
from typing import Any

from app.addenda.queries import load_call
from app.decisions.models import Decision
from app.dossiers.collecting.gathering import gather
from app.dossiers.collecting.packing import Choice, pack
from app.dossiers.collecting.queries import choices_of
from app.infra import clock
from app.infra.database import db, transaction
from app.objections.models import Objection, Ruling, RulingJudge
from app.questions.models import Question
from tests import factories as make
from tests.decisions import world as decided

WORDS = "Mail An De Backer op an.debacker@voorbeeld.be of bel 03 890 12 34."


def build(count: int = 3) -> decided.World:
    """Applicants A (selected), B (reserve), C (not selected), with files, a question and an objection."""
    world = decided.build(count)
    make.make_opening(world.call, world.regisseur, world.chair)
    for proposal in world.proposals:
        make.make_attachment(proposal, "jaarverslag.txt", b"Verslag van een vzw. " * 50)
        make.log_submission(proposal)
    decided.tell_all(world)
    last = world.proposals[-1]
    with transaction() as now:
        db.session.add(
            Question(
                addendum_id=world.call.id,
                text=WORDS,
                public_text="Mag het?",
                answer="Ja.",
                email="vraag@voorbeeld.be",
                asked_at=now,
                confirmed_at=now,
                published_at=now,
            )
        )
        decision = db.session.query(Decision).filter_by(proposal_id=last.id).one()
        objection = Objection(
            addendum_id=world.call.id,
            decision_id=decision.id,
            organisation_id=last.organisation_id,
            contests="De score op aanpak.",
            grounds=f"{world.organisations[-1].name} deed dit al jaren. {WORDS}",
            asks="Een nieuwe beoordeling.",
            created_by_id=world.owners[-1].id,
            created_at=now,
            submitted_by_id=world.owners[-1].id,
            submitted_at=now,
        )
        db.session.add(objection)
        db.session.flush()
        db.session.add(
            Ruling(
                objection_id=objection.id,
                outcome="dismissed",
                reasons="De redenen blijven overeind.",
                given_by_id=world.regisseur.id,
                given_at=now,
            )
        )
        db.session.flush()
        db.session.add(RulingJudge(objection_id=objection.id, user_id=world.regisseur.id, scored=False))
    db.session.rollback()
    return world


def made(world: decided.World, version: str = "full", choices: dict[str, Choice] | None = None) -> bytes:
    """The dossier, as anybody would take it."""
    call = load_call(world.call.id, clock.now())
    given = choices_of(call.id) if choices is None else choices
    return b"".join(pack(gather(call), version, given, lambda digest: None))


def opened(data: bytes) -> dict[str, bytes]:
    """{path: bytes}."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(opened(data)["manifest.json"])
    return found
