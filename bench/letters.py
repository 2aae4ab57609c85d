"""All letters of a call, and the act that tells everybody at once, beside writing as many mails one by one.

    python -m bench.letters [applicants]

Every applicant has two people, so twice as many mails as letters. Times are of the processor, of this process
alone: read the ratio of the act to one mail after another (`enqueue`), in the same run. Promised: at most 2,
with the letters, the log and the ranking in it; with 500 applicants it is less than 1.
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
from app.addenda.queries import load_call
from app.decisions.communicating import communicate, prepare
from app.decisions.letters.making import ask_for_letters, make_letters
from app.decisions.mails import LETTER_NAME, decision_mails
from app.decisions.models import Letter
from app.decisions.queries import decisions_of
from app.decisions.services import ProposedDecision, confirm, propose
from app.domain.access import Actor
from app.domain.motivation import APPEAL_PARAGRAPH, LEGAL_BASIS
from app.domain.timeline import Phase, local_day
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.notifications.services import enqueue, page_url
from app.proposals.queries import standing
from config import ROOT, Settings
from tests import factories as make
from tests.secrets import SECRETS

APPLICANTS = 500
IN_ALL = 60
"""Applicants in `make bench`: under a minute."""
PROMISED = 2.0
REASONS = "De jury waardeert dat {name} mensen thuis opzoekt en dat met voorbeelden laat zien. " * 12
OUTCOMES = ("selected", "reserve", "not_selected", "inadmissible")


def main(applicants: int = IN_ALL) -> int:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.sqlite3"
        app = create_app(Settings(**SECRETS, database_url=f"sqlite:///{file}", jobs_url="memory"))
        with app.app_context():
            upgrade(str(ROOT / "migrations"))
            return measure(app, file, applicants)


def measure(app: Flask, file: Path, applicants: int) -> int:
    """0 when the act keeps what is promised."""
    call_id, by = decided(applicants)
    db.session.remove()
    ask_for_letters(call_id, local_day(clock.read()), by=by)
    seconds = timed(lambda: make_letters(call_id))
    print(f"\n{applicants} letters made ahead: {seconds:.1f} s, {seconds / applicants * 1000:.0f} ms each")
    before = file.stat().st_size
    with app.test_request_context():
        prepare(load_call(call_id, clock.read()), clock.read())  # as in a server that runs: nothing is new
        act = timed(lambda: communicate(call_id, by=by))
        mails = db.session.scalar(select(func.count()).select_from(OutboxMessage)) or 0
        letters = db.session.scalar(select(func.count()).select_from(Letter))
        grown = (file.stat().st_size - before) / 1e6
        one_by_one = timed(lambda: write_one_by_one(call_id, mails))
    print(f"the act: {act:.2f} s, {letters} letters and {mails} mails, {mails / act:.0f} mails a second")
    print(f"the same mails one by one: {one_by_one:.2f} s; the act is {act / one_by_one:.2f} times that")
    print(f"the database grew {grown:.1f} MB; memory at most {_peak()} MB")
    return 0 if act <= PROMISED * one_by_one else 1


def write_one_by_one(call_id: int, mails: int) -> None:
    """The plain way to fill an outbox: rendered and flushed mail by mail."""
    with transaction() as now:
        call = load_call(call_id, now)
        said = decision_mails(call, decisions_of(call_id)[:1], now)
        (mail,) = said.values()
        for _ in range(mails):
            enqueue(
                "decision",
                to=mail.people[0],
                subject="Beslissing",
                template="decisions/mail_decision",
                at=now,
                addendum_id=call_id,
                letter=(LETTER_NAME, mail.decision_id),
                call=mail.call,
                organisation=mail.organisation,
                status=mail.status,
                until=mail.until,
                link=page_url("decisions.own", proposal_id=mail.proposal_id),
            )
            db.session.flush()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def timed(act: Callable[[], object]) -> float:
    """Seconds of the processor."""
    begin = time.process_time()
    act()
    return time.process_time() - begin


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
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else APPLICANTS))
