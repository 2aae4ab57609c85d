"""Starting and writing a proposal."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from app.addenda.queries import Call, load_call
from app.audit.models import AuditEntry
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, NotFound, Stale
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.organisations.queries import same_as
from app.proposals.content import Content, level, obstacles
from app.proposals.models import Answer, Proposal, proposal_service_type
from app.proposals.policy import ProposalRef, is_own
from app.proposals.queries import load_proposal_ref
from app.proposals.wording import ANSWER_PARTS, EXPECTATIONS
from app.proposals.writing.drafts import service_type_choices, working_content
from app.proposals.writing.merging import Merge, merge, token
from app.proposals.writing.presence import GENERAL, note_save

EDIT = "proposal.own.draft.edit_and_attach"
PUBLISHED = "addendum.published.view"
QUIET = timedelta(minutes=15)
_PARTS = tuple(part.key for part in ANSWER_PARTS)
_LOWEST_ID, _HIGHEST_ID = 1_000_000, 2_000_000_000


@dataclass(frozen=True)
class Saved:
    """`token` is what the form carries from now on; `levels` how far every obstacle of the call is answered
    now (full, part or none), when a save can change that."""

    token: str
    at: datetime
    levels: dict[int, str] = field(default_factory=dict)


def start_proposal(addendum_id: int, organisation_id: int, *, by: Actor) -> int:
    """The id of the organisation's proposal for this call, begun now when there was none.

    Raises NotFound for a call or an organisation that is not theirs, Forbidden outside the open phase.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, PUBLISHED, call.subject(), call.phase))
        require(may(by, EDIT, call.subject(organisation_id), call.phase))
        existing = db.session.scalar(
            select(Proposal.id)
            .where(
                Proposal.addendum_id == addendum_id, Proposal.organisation_id.in_(same_as(organisation_id))
            )
            .order_by(Proposal.organisation_id != organisation_id)
        )
        if existing is not None:
            return existing
        proposal = Proposal(
            id=_new_id(),
            addendum_id=addendum_id,
            organisation_id=organisation_id,
            created_by_id=by.user_id,
            created_at=now,
            updated_at=now,
        )
        db.session.add(proposal)
        db.session.flush()
        note("proposal.started", call, proposal.id, organisation_id, by=by, at=now)
        return proposal.id


def _new_id() -> int:
    """Drawn by lot: a running number in the address would tell how many others are writing."""
    while True:
        drawn = _LOWEST_ID + secrets.randbelow(_HIGHEST_ID - _LOWEST_ID)
        if db.session.get(Proposal, drawn) is None:
            return drawn


def note(
    action: str,
    call: Call,
    proposal_id: int,
    organisation_id: int,
    *,
    by: Actor,
    at: datetime,
    **facts: object,
) -> AuditEntry:
    """Log an act of an applicant; nobody else reads it before the opening."""
    return record(
        action,
        actor_id=by.user_id,
        subject=f"proposal:{proposal_id}",
        at=at,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        organisation_id=organisation_id,
        sealed=True,
        **facts,
    )


def own_call(proposal_id: int, by: Actor, now: datetime) -> tuple[Call, ProposalRef]:
    """The proposal and its call, inside a transaction; NotFound unless it is the actor's own."""
    ref = load_proposal_ref(proposal_id)
    call = load_call(ref.addendum_id, now)
    if not is_own(by, call.subject(ref.organisation_id)):
        raise NotFound("proposal")
    return call, ref


def answer_values(content: Content, number: int) -> dict[str, str]:
    """The fields of one challenge, "approach-12" and so on; NotFound for a number that is not there."""
    challenge = next((one for one in content["challenges"] if one["number"] == number), None)
    if challenge is None:
        raise NotFound("challenge")
    return {
        f"{part.key}-{one['id']}": one[part.key] for one in challenge["obstacles"] for part in ANSWER_PARTS
    }


def general_values(content: Content) -> dict[str, str]:
    """The fields of the general part as text; a tick is "1" or "", service types are ids with commas."""
    return {
        "summary": content["summary"],
        **{one.key: content["expectations"][one.key] for one in EXPECTATIONS},
        "service_types": ",".join(str(one) for one in sorted(one["id"] for one in content["service_types"])),
        "capacity_fte": content["capacity_fte"] or "",
        "cost_estimate": content["cost_estimate"] or "",
        "coordinator": "1" if content["coordinator"] else "",
        "references": content["references"],
        "truthful": "1" if content["declarations"]["truthful"] else "",
        "no_client_data": "1" if content["declarations"]["no_client_data"] else "",
    }


def save_answers(
    proposal_id: int,
    number: int,
    typed: Mapping[str, str],
    *,
    seen: str,
    by: Actor,
    quiet: bool = False,
    call_version: int | None = None,
) -> Saved:
    """Keep what was typed about the obstacles of one challenge; only fields in `typed` are touched.

    `seen` is the token of the form, `quiet` a save while typing (logged once a quarter of an hour),
    `call_version` the version of the call that the form showed (None: the one of now). Raises
    Stale with the other text of every field that collides (then nothing is saved), NotFound for a field of
    another challenge, DomainError "edit_too_late".
    """
    with transaction() as now:
        call, ref = writable(proposal_id, by, now)
        content = working_content(proposal_id)
        read = min(call_version or content["call"]["version"], content["call"]["version"])
        merged = merged_with(answer_values(content, number), typed, seen)
        put_answers(proposal_id, merged, read)
        touch(call, ref, merged, by, now, quiet=quiet, section=number)
        for one in obstacles(content):
            one.update({part: merged.values.get(f"{part}-{one['id']}", one[part]) for part in _PARTS})
        return Saved(token(merged.values), now, {one["id"]: level(one) for one in obstacles(content)})


def save_general(
    proposal_id: int, typed: Mapping[str, str], *, seen: str, by: Actor, quiet: bool = False
) -> Saved:
    """Keep the general part; shapes as in `general_values`, errors as in `save_answers`, and
    "unknown_service_type"."""
    with transaction() as now:
        call, ref = writable(proposal_id, by, now)
        merged = merged_with(general_values(working_content(proposal_id)), typed, seen)
        put_general(ref, merged)
        touch(call, ref, merged, by, now, quiet=quiet, section=GENERAL)
        return Saved(token(merged.values), now)


def put_answers(proposal_id: int, merged: Merge, read: int) -> None:
    """Write the answers that `merged` changes; `read` is the version of the call that was answered."""
    for obstacle_id in {int(name.partition("-")[2]) for name in merged.changes}:
        answer = db.session.get(Answer, (proposal_id, obstacle_id))
        if answer is None:
            answer = Answer(proposal_id=proposal_id, obstacle_id=obstacle_id, version=0)
            db.session.add(answer)
        if not any(getattr(answer, part.key) for part in ANSWER_PARTS):
            answer.call_version = read
        for part in ANSWER_PARTS:
            setattr(answer, part.key, merged.values[f"{part.key}-{obstacle_id}"])
        answer.version += 1


def put_general(ref: ProposalRef, merged: Merge) -> None:
    """Write the general part; values as in `general_values`."""
    proposal = db.session.get_one(Proposal, ref.id)
    values = merged.values
    proposal.summary, proposal.references = values["summary"], values["references"]
    proposal.expectations = {one.key: values[one.key] for one in EXPECTATIONS if values[one.key]}
    proposal.capacity_fte = _decimal(values["capacity_fte"])
    proposal.cost_estimate = _decimal(values["cost_estimate"])
    proposal.coordinator = bool(values["coordinator"])
    proposal.truthful = bool(values["truthful"])
    proposal.no_client_data = bool(values["no_client_data"])
    if "service_types" in merged.changes:
        _choose_service_types(ref, values["service_types"])


def writable(proposal_id: int, by: Actor, now: datetime) -> tuple[Call, ProposalRef]:
    """As `own_call`, when it may be written now; else DomainError "edit_too_late" or Forbidden."""
    call, ref = own_call(proposal_id, by, now)
    verdict = may(by, EDIT, call.subject(ref.organisation_id), call.phase)
    if verdict.reason == "not_in_this_phase" and call.phase > Phase.OPEN:
        raise DomainError("edit_too_late")
    require(verdict)
    return call, ref


def merged_with(stored: dict[str, str], typed: Mapping[str, str], seen: str) -> Merge:
    """NotFound for a field that is not there, Stale when somebody else changed one of them too."""
    if set(typed) - set(stored):
        raise NotFound("field")
    merged = merge(stored, typed, seen)
    if merged.theirs:
        raise Stale(version=0, theirs=merged.theirs)
    return merged


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _choose_service_types(ref: ProposalRef, chosen: str) -> None:
    ids = {int(one) for one in chosen.split(",") if one}
    if ids - {one for one, _ in service_type_choices(ref.addendum_id)}:
        raise DomainError("unknown_service_type", field="service_types")
    table = proposal_service_type
    db.session.execute(table.delete().where(table.c.proposal_id == ref.id))
    if ids:
        db.session.execute(
            table.insert(), [{"proposal_id": ref.id, "service_type_id": one} for one in sorted(ids)]
        )


def touch(
    call: Call, ref: ProposalRef, merged: Merge, by: Actor, now: datetime, *, quiet: bool, section: int
) -> None:
    """What every save leaves behind; nothing when nothing changed."""
    if not merged.changes:
        return
    proposal = db.session.get_one(Proposal, ref.id)
    proposal.updated_at = now
    proposal.version += 1
    if by.user_id is not None:
        note_save(ref.id, section, by.user_id, now)
    if not (quiet and _noted_lately(call, ref, by, now)):
        note("proposal.edited", call, ref.id, ref.organisation_id, by=by, at=now, section=section)


def _noted_lately(call: Call, ref: ProposalRef, by: Actor, now: datetime) -> bool:
    """A save every other second while somebody types would drown the log."""
    last = db.session.scalar(
        select(AuditEntry.at)
        .where(
            AuditEntry.addendum_id == call.id,
            AuditEntry.action == "proposal.edited",
            AuditEntry.subject == f"proposal:{ref.id}",
            AuditEntry.actor_id == by.user_id,
        )
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    )
    return last is not None and now - last < QUIET
