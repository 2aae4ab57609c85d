"""Every endpoint, with every role, in every phase, against the table of rights.

One call with two applicants stands in the phase. The pages of one proposal are those of applicant A; for
rows about somebody else's proposal the organisation's people in the probe are those of applicant B.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.accounts.models import User
from app.addenda.importing import ParsedAddendum
from app.addenda.models import Addendum
from app.addenda.reading.models import ImportJob
from app.addenda.reading.values import to_plain
from app.decisions.models import Decision
from app.domain.access import PERMISSIONS, Role
from app.domain.timeline import Phase
from app.dossiers.models import Destruction
from app.evaluation.models import ConflictDeclaration, JurySeat, Shortlisting
from app.infra.access import DECLARED_ELSEWHERE, EITHER, PUBLIC, SIGNED_IN
from app.infra.database import db, transaction
from app.objections.models import Objection
from app.organisations.models import Organisation
from app.proposals.models import Proposal
from app.questions.models import Question
from tests import factories as make
from tests.counting import queries

REFUSED = {401, 403, 404}
NOT_IN_THE_TABLE = {PUBLIC, SIGNED_IN, ""}  # test_endpoints fails for one that declares nothing
# Endpoints whose answer depends on more than role and phase; each reason is a rule with tests of its own.
MORE_CONDITIONS: dict[str, str] = {
    "objections.reassessment_sheet": "only who was asked to evaluate this proposal anew",
}
ASKED = {
    "dossiers.part": {"deel": "oproep/opbouw"},
    "dossiers.decide": {"deel": "oproep/opbouw"},
}
"""What an address asks behind its question mark, without which there is no page to look at."""


@dataclass
class World:
    call: Addendum
    proposal: Proposal
    applicant: Organisation
    objection_id: int
    people: dict[Role, User | None]
    rivals: dict[Role, User]
    stranger: User
    values: dict[str, Any] = field(default_factory=dict)


def build(phase: Phase) -> World:
    region, elsewhere = make.make_region(), make.make_region()
    call = make.make_call(region, phase)
    regisseur = make.make_regisseur(region)
    applicant, rival = make.make_organisation(), make.make_organisation()
    chair, juror, conflicted = make.make_juror(call, chair=True), make.make_juror(call), make.make_juror(call)
    people: dict[Role, User | None] = {
        Role.VISITOR: None,
        Role.MEMBER: make.make_member(applicant, "member"),
        Role.OWNER: make.make_member(applicant, "owner"),
        Role.JUROR: juror,
        Role.JUROR_IN_CONFLICT: conflicted,
        Role.CHAIR: chair,
        Role.REGISSEUR: regisseur,
        Role.OTHER_REGISSEUR: make.make_regisseur(elsewhere),
        Role.OBSERVER: make.make_regisseur(region, "observer"),
        Role.ADMINISTRATOR: make.make_user("Ada Beheer", administrator=True),
    }
    rivals = {role: make.make_member(rival, role.value) for role in (Role.MEMBER, Role.OWNER)}
    owner = people[Role.OWNER]
    proposal = make.make_proposal(call, applicant, owner, submitted=phase > Phase.DRAFT)
    other = make.make_proposal(call, rival, rivals[Role.OWNER], submitted=phase > Phase.DRAFT)
    if phase > Phase.DRAFT:
        make.log_submission(proposal)
    if phase >= Phase.WRITTEN:
        make.make_opening(call, regisseur, chair)
        _judge(call, [proposal, other], [applicant, rival], [juror, chair], conflicted, applicant, regisseur)
    objection_id = _decide(call, phase, [proposal, other], chair, regisseur, owner, applicant)
    stranger = make.make_user("Vreemde Bezoeker")
    values = {"question_id": _question(call), **_session(call, regisseur)}
    values |= {"kept_id": applicant.id, "gone_id": rival.id}
    values |= {"reference_id": 1, "document_id": 1, "request_id": 1, "merge_id": 1}
    values["job_id"] = _read_again(call, regisseur)
    values["seat_id"] = db.session.query(JurySeat.id).filter_by(addendum_id=call.id).limit(1).scalar()
    values["attachment_id"] = make.make_attachment(proposal).id
    values["destruction_id"] = _destruction(call, regisseur)
    if phase >= Phase.COMMUNICATED:
        values["file_id"] = make.make_objection_file(objection_id).id
    return World(call, proposal, applicant, objection_id, people, rivals, stranger, values)


def _destruction(call: Addendum, by: User) -> int:
    """One that was proposed; its id."""
    facts = {"ground": "term", "applicant": None, "counts": {}, "terms": {}}
    with transaction() as now:
        row = Destruction(
            addendum_id=call.id, classes=["scores"], facts=facts, reason="Voorbij.", proposed_at=now
        )
        row.proposed_by_id = by.id
        db.session.add(row)
    return row.id


def _session(call: Addendum, regisseur: User) -> dict[str, Any]:
    """An open session of the call, with a group and a note."""
    workshop = make.make_workshop(call, regisseur)
    note = make.make_note(workshop, call.challenges[0].id, "lange wachtlijsten")
    return {
        "workshop_id": workshop.id,
        "group_id": note.group_id,
        "note_id": note.id,
        "code": workshop.code,
        "topic": call.challenges[0].id,
    }


def _question(call: Addendum) -> int:
    """One that waits for an answer; its id."""
    with transaction() as now:
        question = Question(
            addendum_id=call.id, text="Mag het?", email="x@voorbeeld.be", asked_at=now, confirmed_at=now
        )
        db.session.add(question)
    return question.id


def _read_again(call: Addendum, by: User) -> int:
    """A newer document that was read over this call."""
    with transaction() as now:
        job = ImportJob(
            service_area_id=call.service_area_id,
            addendum_id=call.id,
            by_id=by.id,
            key=f"probe-{call.id}",
            state="read",
            result=to_plain(ParsedAddendum()),
            created_at=now,
            heartbeat_at=now,
        )
        db.session.add(job)
        db.session.flush()
        return int(job.id)


def _judge(
    call: Addendum,
    proposals: list[Proposal],
    organisations: list[Organisation],
    jurors: list[User],
    conflicted: User,
    applicant: Organisation,
    regisseur: User,
) -> None:
    with transaction() as now:
        for organisation in organisations:
            for juror in [*jurors, conflicted]:
                clash = juror is conflicted and organisation is applicant
                db.session.add(
                    ConflictDeclaration(
                        addendum_id=call.id,
                        juror_id=juror.id,
                        organisation_id=organisation.id,
                        in_conflict=clash,
                        kind="board" if clash else "",
                        declared_at=now,
                    )
                )
        for proposal in proposals:
            db.session.add(
                Shortlisting(proposal_id=proposal.id, addendum_id=call.id, by_id=regisseur.id, at=now)
            )
    for proposal in proposals:
        for juror in jurors:
            for name in ("written", "pitch"):
                make.make_sheet(call, proposal, juror, round_name=name)


def _decide(
    call: Addendum,
    phase: Phase,
    proposals: list[Proposal],
    chair: User,
    regisseur: User,
    owner: User | None,
    applicant: Organisation,
) -> int:
    """Decisions from phase 5 on, an objection of the applicant from phase 6 on; its id, or 1."""
    if phase < Phase.DECIDED or owner is None:
        return 1
    told = phase >= Phase.COMMUNICATED
    with transaction() as now:
        rows = [
            Decision(
                addendum_id=call.id,
                proposal_id=proposal.id,
                outcome=outcome,
                motivation="De jury waardeert de aanpak, maar ze raakt te weinig obstakels van deze regio.",
                legal_basis="Wet van 29 juli 1991",
                appeal_routes="Raad van State",
                proposed_by_id=chair.id,
                proposed_at=now,
                confirmed_by_id=regisseur.id if told else None,
                confirmed_at=now if told else None,
                notified_at=now if told else None,
            )
            for proposal, outcome in zip(proposals, ("not_selected", "selected"), strict=True)
        ]
        db.session.add_all(rows)
        db.session.flush()
        if not told:
            return 1
        objection = Objection(
            addendum_id=call.id,
            decision_id=rows[0].id,
            organisation_id=applicant.id,
            contests="De beslissing",
            grounds="Het dossier beschrijft de aanpak wel.",
            asks="Een nieuwe beoordeling",
            created_by_id=owner.id,
            created_at=now,
            submitted_by_id=owner.id,
            submitted_at=now,
        )
        db.session.add(objection)
        db.session.flush()
        return int(objection.id)


def address(app: Flask, rule: Rule, world: World) -> str | None:
    """The URL of an endpoint in this world; None when a part of it has no value here."""
    values = {
        "addendum_id": world.call.id,
        "proposal_id": world.proposal.id,
        "service_area_id": world.call.service_area_id,
        "organisation_id": world.applicant.id,
        "objection_id": world.objection_id,
        "number": 1,
        "round_name": "pitch" if any(f.kind == "written_closed" for f in world.call.facts) else "written",
        "persona_id": world.call.personas[0].id,
        "challenge_id": world.call.challenges[0].id,
        "obstacle_id": world.call.challenges[0].obstacles[0].id,
        "step": "indienen",
        "outcome": "selected",
        "concept_id": "schulden",
        "template_id": 0,
        "act": "verwijder",
        **world.values,
    }
    if rule.arguments - set(values):
        return None
    wanted = {name: values[name] for name in rule.arguments} | ASKED.get(rule.endpoint, {})
    return app.url_map.bind("localhost").build(rule.endpoint, wanted)


def expected(action: str, role: Role, phase: Phase) -> bool:
    rows = [PERMISSIONS[one] for one in action.split(EITHER)]
    return any(phase in rights[role] or phase in rights[Role.VISITOR] for rights in rows)


def actor_for(world: World, action: str, role: Role) -> User | None:
    somebody_else = ".own." not in action and role in world.rivals
    return world.rivals[role] if somebody_else else world.people[role]


def rule_of(app: Flask, endpoint: str) -> str:
    return DECLARED_ELSEWHERE.get(endpoint) or getattr(app.view_functions[endpoint], "access_rule", "")


def was_refused(response: Any) -> bool:
    if response.status_code in REFUSED:
        return True
    return response.status_code == 302 and "/aanmelden" in response.headers["Location"]


@pytest.mark.parametrize("phase", list(Phase), ids=lambda phase: phase.name)
def test_pages_open_for_whom_the_table_says(app: Flask, phase: Phase) -> None:
    world = build(phase)
    wrong = []
    for rule in app.url_map.iter_rules():
        action, url = rule_of(app, rule.endpoint), address(app, rule, world)
        if url is None or action in NOT_IN_THE_TABLE or "GET" not in (rule.methods or ()):
            continue
        for role in Role:
            user = actor_for(world, action, role)
            client = app.test_client()
            response = (client.sign_in(user) if user else client).get(url)  # type: ignore[attr-defined]
            allowed = expected(action, role, phase)
            problem = response.status_code >= 500 or was_refused(response) == allowed
            if problem and rule.endpoint not in MORE_CONDITIONS:
                wrong.append(f"{rule.endpoint} [{action}] {role}: {response.status_code}, allowed={allowed}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("phase", list(Phase), ids=lambda phase: phase.name)
def test_what_is_sent_is_refused_for_whom_the_table_says(app: Flask, phase: Phase) -> None:
    world = build(phase)
    wrong = []
    for rule in app.url_map.iter_rules():
        action, url = rule_of(app, rule.endpoint), address(app, rule, world)
        if url is None or action in NOT_IN_THE_TABLE or "POST" not in (rule.methods or ()):
            continue
        for role in Role:
            if expected(action, role, phase):
                continue
            user = actor_for(world, action, role)
            client = app.test_client()
            response = (client.sign_in(user) if user else client).post(url, data={})  # type: ignore[attr-defined]
            if not was_refused(response):
                wrong.append(f"{rule.endpoint} [{action}] {role}: {response.status_code}")
    assert not wrong, "\n".join(wrong)


def test_pages_for_people_with_an_account_send_others_to_sign_in(app: Flask) -> None:
    world = build(Phase.OPEN)
    wrong = []
    for rule in app.url_map.iter_rules():
        url = address(app, rule, world)
        if url is None or rule_of(app, rule.endpoint) != SIGNED_IN:
            continue
        method = "get" if "GET" in (rule.methods or ()) else "post"
        if not was_refused(getattr(app.test_client(), method)(url)):
            wrong.append(rule.endpoint)
    assert not wrong, "\n".join(wrong)


def test_a_person_without_any_role_finds_only_what_a_visitor_finds(app: Flask) -> None:
    world = build(Phase.WRITTEN)
    wrong = []
    for rule in app.url_map.iter_rules():
        action, url = rule_of(app, rule.endpoint), address(app, rule, world)
        if url is None or action in NOT_IN_THE_TABLE or "GET" not in (rule.methods or ()):
            continue
        response = app.test_client().sign_in(world.stranger).get(url)  # type: ignore[attr-defined]
        if was_refused(response) == expected(action, Role.VISITOR, Phase.WRITTEN):
            wrong.append(f"{rule.endpoint} [{action}]: {response.status_code}")
    assert not wrong, "\n".join(wrong)


def test_a_page_that_is_looked_at_writes_nothing(app: Flask) -> None:
    world = build(Phase.COMMUNICATED)
    written: set[str] = set()
    for rule in app.url_map.iter_rules():
        url = address(app, rule, world)
        if url is None or "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        for user in world.people.values():
            client = app.test_client()
            client = client.sign_in(user) if user else client  # type: ignore[attr-defined]
            with queries() as statements:
                client.get(url)
            if any(one.lstrip().startswith(("INSERT", "UPDATE", "DELETE")) for one in statements):
                written.add(rule.endpoint)
    assert written == set()
