"""Small real rows for tests. Everything is committed; ids and names are unique within a test."""

import itertools
import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from sqlalchemy import select

from app.accounts.actors import actor_for
from app.accounts.models import User
from app.addenda.models import (
    Addendum,
    CallFact,
    Challenge,
    Contact,
    Criterion,
    CriterionLevel,
    Goal,
    Obstacle,
    Persona,
    PitchWindow,
    ServiceType,
)
from app.addenda.queries import load_call
from app.audit.services import record
from app.domain.access import Actor
from app.domain.timeline import Phase, local_day, start_of_day
from app.evaluation.models import ConflictDeclaration, JurySeat, Score, ScoreSheet
from app.infra import clock, storage
from app.infra.database import db, transaction
from app.objections.models import Objection, ObjectionFile
from app.organisations.models import Membership, Organisation
from app.proposals.handing_in.receipts import freeze
from app.proposals.models import (
    Answer,
    Attachment,
    Claim,
    Opening,
    Proposal,
    Submission,
    SubmittedFile,
)
from app.proposals.queries import stands
from app.proposals.seal.sealing import call_key
from app.proposals.writing.drafts import working_content
from app.regions.models import Municipality, RegionRole, ServiceArea
from app.workshops.models import Note, NoteGroup, Participant, Workshop
from app.workshops.policy import new_code

_count = itertools.count(1)


def valid_enterprise_number(serial: int) -> str:
    """A number with the right check digits, in a range that is not in use."""
    first = f"09{serial:06d}"
    return f"{first}{97 - int(first) % 97:02d}"


def make_user(name: str = "Ans Peeters", **values: Any) -> User:
    number = next(_count)
    with transaction() as now:
        user = User(
            email=values.pop("email", f"persoon{number}@voorbeeld.be"),
            name=name,
            active=True,
            fs_uniquifier=uuid.uuid4().hex,
            confirmed_at=now,
            created_at=now,
            **values,
        )
        db.session.add(user)
    return user


def actor(user: User) -> Actor:
    found = actor_for(user.id)
    db.session.rollback()
    return found


def make_region(name: str = "", municipalities: tuple[str, ...] = ()) -> ServiceArea:
    number = next(_count)
    municipalities = municipalities or (f"Bornem {number}", f"Willebroek {number}")
    with transaction() as now:
        region = ServiceArea(name=name or f"Regio {number}", reference_region="Rivierenland", created_at=now)
        region.municipalities = [Municipality(name=town) for town in municipalities]
        db.session.add(region)
    return region


def make_regisseur(region: ServiceArea, role: str = "regisseur") -> User:
    user = make_user("Rik De Regisseur")
    with transaction() as now:
        db.session.add(RegionRole(user_id=user.id, service_area_id=region.id, role=role, granted_at=now))
    return user


def make_organisation(name: str = "", **values: Any) -> Organisation:
    number = next(_count)
    with transaction() as now:
        organisation = Organisation(
            enterprise_number=valid_enterprise_number(number),
            name=name or f"Vzw De Brug {number}",
            legal_form=values.pop("legal_form", "vzw"),
            created_at=now,
            **values,
        )
        db.session.add(organisation)
    return organisation


def make_member(organisation: Organisation, role: str = "owner") -> User:
    user = make_user("Mia Medewerker")
    with transaction() as now:
        db.session.add(Membership(user_id=user.id, organisation_id=organisation.id, role=role, since=now))
    return user


def make_call(
    region: ServiceArea,
    phase: Phase = Phase.OPEN,
    *,
    challenges: int = 1,
    obstacles: int = 3,
    criteria: int = 2,
    now: datetime | None = None,
) -> Addendum:
    """A call that stands in `phase` at `now`. Later phases have the facts, not the work, of the earlier."""
    now = now or clock.read()
    today = local_day(now)
    deadline_day = today + timedelta(days=10) if phase <= Phase.OPEN else today - timedelta(days=40)
    with transaction():
        call = Addendum(
            service_area_id=region.id,
            title=f"Lokaal partnerschap {region.name}",
            programme="Capacity Building Lokale Partnerschappen",
            launch=deadline_day - timedelta(days=42),
            deadline=start_of_day(deadline_day),
            written_from=deadline_day + timedelta(days=3),
            written_until=deadline_day + timedelta(days=12),
            decision_before=deadline_day + timedelta(days=60),
            municipalities=list(region.municipalities),
            created_at=now - timedelta(days=90),
            least_reason=0,
            published_at=None if phase is Phase.DRAFT else now - timedelta(days=60),
            contacts=[
                Contact(name="Guy Contact", role="regisseur", email="guy@voorbeeld.be", phone="03 000 00 00")
            ],
            service_types=[
                ServiceType(position=0, text="Vertrouwenspersoon"),
                ServiceType(position=1, text="Woonhulp"),
            ],
            pitch_windows=[PitchWindow(day=deadline_day + timedelta(days=20), start=time(9), end=time(17))],
            criteria=[*_criteria("written", criteria), *_criteria("pitch", criteria)],
        )
        persona = Persona(
            name="Nora", position=0, story="Nora zoekt werk.", portrait=1, portrait_alt="Portret"
        )
        call.personas = [persona]
        call.challenges = [_challenge(number, obstacles, persona) for number in range(1, challenges + 1)]
        db.session.add(call)
        db.session.flush()
        call.facts = _facts(call, phase, now)
        if phase >= Phase.WRITTEN:
            _open(call, now)
    return call


def _challenge(number: int, obstacles: int, persona: Persona) -> Challenge:
    rows = [Obstacle(position=i, label=f"Obstakel {number}.{i + 1}") for i in range(obstacles)]
    goal = Goal(position=0, text="Zich beter verplaatsen", obstacles=rows[:1])
    return Challenge(
        number=number, introduction="Wij zoeken.", personas=[persona], obstacles=rows, goals=[goal]
    )


def _criteria(round_name: str, count: int) -> list[Criterion]:
    weights = [Decimal(100) // count] * count
    weights[0] += Decimal(100) - sum(weights)
    return [
        Criterion(
            round=round_name,
            position=i,
            name=f"Criterium {i + 1}",
            weight=weight,
            levels=[CriterionLevel(value=v, description=f"Niveau {v}") for v in range(6)],
        )
        for i, weight in enumerate(weights)
    ]


def _facts(call: Addendum, phase: Phase, now: datetime) -> list[CallFact]:
    assert call.deadline is not None
    steps = [
        (Phase.WRITTEN, "opened", timedelta(hours=9)),
        (Phase.PITCH, "written_closed", timedelta(days=13)),
        (Phase.DECIDED, "pitch_closed", timedelta(days=21)),
    ]
    facts = [
        CallFact(kind=kind, at=call.deadline + after) for needed, kind, after in steps if phase >= needed
    ]
    if phase >= Phase.COMMUNICATED:
        told = now - timedelta(days=1) if phase is Phase.COMMUNICATED else now - timedelta(days=16)
        facts += [CallFact(kind="communicated", at=told), CallFact(kind="notified", at=told)]
    if phase is Phase.OBJECTIONS:
        facts.append(CallFact(kind="objection_filed", subject_id=999_999, at=now - timedelta(days=10)))
    return facts


def obstacle_ids(call: Addendum) -> list[int]:
    return [obstacle.id for challenge in call.challenges for obstacle in challenge.obstacles]


def make_proposal(
    call: Addendum, organisation: Organisation, by: User | None = None, *, submitted: bool = False
) -> Proposal:
    """A proposal that answers the first two obstacles; `submitted` hands it in a day before the deadline."""
    by = by or make_member(organisation)
    assert call.deadline is not None
    before = call.deadline - timedelta(days=1)
    with transaction():
        proposal = Proposal(
            id=1_990_000_000 + next(_count),  # as large as the ids that are drawn by lot
            addendum_id=call.id,
            organisation_id=organisation.id,
            summary="Wij gaan naast mensen staan.",
            capacity_fte=Decimal("1.5"),
            cost_estimate=Decimal(45000),
            created_by_id=by.id,
            created_at=before,
            updated_at=before,
            truthful=True,
            no_client_data=True,
            answers=[
                Answer(
                    obstacle_id=one,
                    approach="Huisbezoek.",
                    expertise="Tien jaar ervaring.",
                    reach="Via de buurt.",
                )
                for one in obstacle_ids(call)[:2]
            ],
        )
        db.session.add(proposal)
        db.session.flush()
        if submitted:
            _submit(proposal, by, before, obstacle_ids(call)[:2])
    return proposal


def _submit(proposal: Proposal, by: User, at: datetime, claims: list[int]) -> None:
    submission = Submission(
        proposal_id=proposal.id,
        addendum_id=proposal.addendum_id,
        receipt_number=f"PW-TEST-{proposal.id:04d}",
        revision=1,
        submitted_at=at,
        submitted_by_id=by.id,
        idempotency_key=uuid.uuid4().hex,
    )
    freeze(
        submission, working_content(proposal.id), load_call(proposal.addendum_id, at), by.name, previous=None
    )
    if db.session.get(Opening, proposal.addendum_id) is not None:
        db.session.add_all(Claim(submission_id=submission.id, obstacle_id=one) for one in claims)


def make_attachment(
    proposal: Proposal, name: str = "verslag.txt", data: bytes = b"Een verslag."
) -> Attachment:
    """A file beside a proposal, with its object in the storage; part of what stands when something does."""
    with transaction() as now:
        key = call_key(proposal.addendum_id, at=now)
        stored = storage.put(BytesIO(data), key, limit=len(data))
        attachment = Attachment(
            id=1_980_000_000 + next(_count),
            proposal_id=proposal.id,
            name=name,
            kind=name.rpartition(".")[2],
            size=stored.size,
            sha256=stored.sha256,
            object_key=stored.object_key,
            uploaded_by_id=proposal.created_by_id,
            uploaded_at=now,
        )
        db.session.add(attachment)
        db.session.flush()
        standing = db.session.scalar(
            select(Submission.id).where(Submission.proposal_id == proposal.id, stands())
        )
        if standing is not None:
            db.session.add(SubmittedFile(submission_id=standing, attachment_id=attachment.id, position=0))
    return attachment


def make_objection_file(objection_id: int, data: bytes = b"Een nota.") -> ObjectionFile:
    """A file beside an objection, with its object in the storage."""
    with transaction() as now:
        objection = db.session.get_one(Objection, objection_id)
        stored = storage.put(BytesIO(data), call_key(objection.addendum_id, at=now), limit=len(data))
        file = ObjectionFile(
            id=1_970_000_000 + next(_count),
            objection_id=objection_id,
            name="nota.txt",
            kind="txt",
            size=stored.size,
            sha256=stored.sha256,
            object_key=stored.object_key,
            uploaded_by_id=objection.created_by_id,
            uploaded_at=now,
        )
        db.session.add(file)
    return file


def log_submission(proposal: Proposal) -> None:
    """Put what stands of a proposal in the log, as handing in does: its receipt can be fetched."""
    with transaction() as now:
        submission = db.session.scalars(
            select(Submission).where(
                Submission.proposal_id == proposal.id, Submission.superseded_at.is_(None)
            )
        ).one()
        submission.entry_seq = record(
            "proposal.submitted",
            actor_id=submission.submitted_by_id,
            subject=f"proposal:{proposal.id}",
            at=now,
            addendum_id=proposal.addendum_id,
            organisation_id=proposal.organisation_id,
            sealed=True,
            receipt=submission.receipt_number,
            commitment=submission.commitment,
        ).seq


def make_opening(call: Addendum, first: User, second: User) -> None:
    """The two who broke the seal of an opened call."""
    with transaction():
        opening = db.session.get_one(Opening, call.id)
        opening.first_by_id, opening.second_by_id = first.id, second.id


def _open(call: Addendum, now: datetime) -> None:
    assert call.deadline is not None
    at = call.deadline + timedelta(hours=9)
    people = [
        User(
            email=f"opening{number}-{call.id}@voorbeeld.be",
            name="Ondertekenaar",
            active=True,
            fs_uniquifier=uuid.uuid4().hex,
            confirmed_at=now,
            created_at=now,
        )
        for number in (1, 2)
    ]
    db.session.add_all(people)
    db.session.flush()
    first, second = (one.id for one in people)
    db.session.add(
        Opening(addendum_id=call.id, first_by_id=first, first_at=at, second_by_id=second, second_at=at)
    )


def make_juror(
    call: Addendum, *, chair: bool = False, seat: str = "independent", user: User | None = None
) -> User:
    user = user or make_user("Jan Jurylid")
    with transaction() as now:
        db.session.add(JurySeat(addendum_id=call.id, user_id=user.id, chair=chair, seat=seat, since=now))
    return user


def declare_free(call: Addendum, people: Iterable[User], organisations: Iterable[Organisation]) -> None:
    """These jurors declare that they have no tie with any of these applicants."""
    applicants = list(organisations)
    with transaction() as now:
        db.session.add_all(
            ConflictDeclaration(
                addendum_id=call.id,
                juror_id=juror.id,
                organisation_id=one.id,
                in_conflict=False,
                declared_at=now,
            )
            for juror in people
            for one in applicants
        )


def make_sheet(
    call: Addendum,
    proposal: Proposal,
    juror: User,
    level: int = 3,
    *,
    round_name: str = "written",
    sent: bool = True,
) -> ScoreSheet:
    """A sheet with the same level on every criterion of the round."""
    with transaction() as now:
        sheet = ScoreSheet(
            addendum_id=call.id,
            proposal_id=proposal.id,
            juror_id=juror.id,
            round=round_name,
            updated_at=now,
            submitted_at=now if sent else None,
            scores=[
                Score(
                    criterion_id=one.id,
                    level=level,
                    reason="Goed onderbouwd met voorbeelden uit de praktijk.",
                )
                for one in call.criteria
                if one.round == round_name
            ],
        )
        db.session.add(sheet)
    return sheet


def make_workshop(call: Addendum, by: User | None = None, *, opened: bool = True) -> Workshop:
    """A session of a call, with one participant and one note about its first challenge."""
    by = by or make_user()
    with transaction() as now:
        workshop = Workshop(
            addendum_id=call.id,
            title="Partners van Bornem",
            code=new_code(),
            created_by_id=by.id,
            created_at=now,
            opened_at=now if opened else None,
        )
        db.session.add(workshop)
        db.session.flush()
        make_note(workshop, call.challenges[0].id, "geen rijbewijs")
    return workshop


def make_note(workshop: Workshop, topic: int, text: str, group: NoteGroup | None = None) -> Note:
    """A note of somebody new, in a group of its own or in `group`."""
    number = next(_count)
    with transaction() as now:
        person = Participant(workshop_id=workshop.id, key=f"test-{number}", name="Mo", joined_at=now)
        group = group or NoteGroup(
            workshop_id=workshop.id, challenge_id=topic or None, text=text, created_at=now
        )
        db.session.add_all([person, group])
        db.session.flush()
        note = Note(
            group_id=group.id,
            participant_id=person.id,
            client_key=f"test-{number}",
            text=text,
            added_at=now,
        )
        db.session.add(note)
        db.session.flush()
    return note


def some_day(days: int = 0) -> date:
    return local_day(clock.read()) + timedelta(days=days)
