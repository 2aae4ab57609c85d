"""`python -m bench.letters [applicants]`: all letters of a call, and the act that tells everybody at once.

Every applicant has two people, so twice as many mails as letters.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from app import create_app
from app.decisions.communicating import communicate
from app.decisions.letters.making import ask_for_letters, make_letters
from app.decisions.models import Letter
from app.decisions.queries import decisions_of
from app.decisions.services import ProposedDecision, confirm, propose
from app.domain.access import Actor
from app.domain.motivation import APPEAL_PARAGRAPH, LEGAL_BASIS
from app.domain.timeline import Phase, local_day
from app.infra import clock
from app.infra.database import db
from app.notifications.models import OutboxMessage
from app.proposals.queries import standing
from config import ROOT, Settings
from tests import factories as make
from tests.secrets import SECRETS

APPLICANTS = 500
REASONS = "De jury waardeert dat {name} mensen thuis opzoekt en dat met voorbeelden laat zien. " * 12
OUTCOMES = ("selected", "reserve", "not_selected", "inadmissible")


def main(applicants: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.sqlite3"
        app = create_app(Settings(**SECRETS, database_url=f"sqlite:///{file}", jobs_url="memory"))
        with app.app_context():
            upgrade(str(ROOT / "migrations"))
            measure(app, file, applicants)


def measure(app: Flask, file: Path, applicants: int) -> None:
    call_id, by = decided(applicants)
    db.session.remove()
    ask_for_letters(call_id, local_day(clock.read()), by=by)
    seconds = timed(lambda: make_letters(call_id))
    print(f"{applicants} letters made ahead: {seconds:.1f} s, {seconds / applicants * 1000:.0f} ms each")
    before = file.stat().st_size
    with app.test_request_context():
        seconds = timed(lambda: communicate(call_id, by=by))
    mails = db.session.scalar(select(func.count()).select_from(OutboxMessage))
    letters = db.session.scalar(select(func.count()).select_from(Letter))
    grown = (file.stat().st_size - before) / 1e6
    print(
        f"the act: {seconds:.1f} s for {letters} letters and {mails} mails; the database grew {grown:.1f} MB"
    )
    print(f"peak of memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def timed(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def decided(applicants: int) -> tuple[int, Actor]:
    """A call where everything is confirmed: (its id, who tells)."""
    region = make.make_region()
    call = make.make_call(region, Phase.DECIDED)
    regisseur, chair = make.make_regisseur(region), make.make_juror(call, chair=True)
    organisations = []
    for number in range(applicants):
        one = make.make_organisation(
            f"Vzw {number:04d}", street="Kerkstraat 1", postal_code="2880", city="Bornem"
        )
        owner = make.make_member(one)
        make.make_member(one, "member")
        make.make_proposal(call, one, owner, submitted=True)
        organisations.append(one)
    make.declare_free(call, [chair], organisations)
    propose_all(call.id, make.actor(chair))
    confirm(call.id, {row.id: row.version for row in decisions_of(call.id)}, by=make.actor(regisseur))
    return call.id, make.actor(regisseur)


def propose_all(call_id: int, by: Actor) -> None:
    for number, row in enumerate(standing(call_id)):
        reasons = REASONS.format(name=row.organisation_name)
        outcome = OUTCOMES[number % len(OUTCOMES)]
        propose(row.proposal_id, ProposedDecision(outcome, reasons, LEGAL_BASIS, APPEAL_PARAGRAPH), by=by)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else APPLICANTS)
