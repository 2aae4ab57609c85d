"""The parts of a dossier that are not rows: what was handed in, files, letters, the log, mails."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import func, select

from app.addenda.queries import Call
from app.admissibility.models import CompletionFile, CompletionRequest
from app.decisions.models import Decision, Letter, SignedRanking
from app.decisions.post.queries import of_the_region
from app.dossiers.collecting.parts import Destroyed, Missing, Part
from app.dossiers.collecting.rows import plain
from app.infra import storage
from app.infra.database import db
from app.infra.documents import render_pdf
from app.notifications.models import OutboxMessage
from app.objections.models import Objection, ObjectionFile, Ruling
from app.organisations.models import Organisation
from app.proposals.destroyed import destroyed_text
from app.proposals.handing_in.receipts import signed_receipt
from app.proposals.models import Attachment, Proposal, Submission, SubmittedFile
from app.proposals.queries import stands
from app.proposals.seal.report import REPORT, opening_document
from app.proposals.seal.sealing import call_key, examine
from app.proposals.writing.paper import paper_of


class Applicant(NamedTuple):
    """A proposal that stands; `name` is what its organisation is called now."""

    proposal_id: int
    submission_id: int
    organisation_id: int
    name: str
    receipt_number: str
    revision: int
    submitted_at: datetime
    submitted_by_id: int
    content_sha256: str
    refused_at: datetime | None
    destroyed_at: datetime | None
    destroyed_in: int | None


def applicants_of(addendum_id: int) -> list[Applicant]:
    """What stands, in the order in which it came in."""
    rows = db.session.execute(
        select(
            Proposal.id,
            Submission.id,
            Proposal.organisation_id,
            Organisation.name,
            Submission.receipt_number,
            Submission.revision,
            Submission.submitted_at,
            Submission.submitted_by_id,
            Submission.content_sha256,
            Submission.refused_at,
            Submission.destroyed_at,
            Submission.destroyed_in,
        )
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .where(Submission.addendum_id == addendum_id, stands())
        .order_by(Submission.submitted_at, Submission.id)
    )
    return [Applicant._make(row) for row in rows]


def frozen_names(applicants: Iterable[Applicant]) -> dict[int, str]:
    """{organisation: what it was called when it handed in}."""
    found = {}
    by_submission = {one.submission_id: one.organisation_id for one in applicants}
    for submission, text in examine(list(by_submission)).items():
        if text:
            found[by_submission[submission]] = json.loads(text).get("organisation", {}).get("name", "")
    return found


def proposal_parts(call: Call, one: Applicant, *, selected: bool) -> list[Part]:
    """What one organisation handed in, its receipt, and the facts around it."""
    folder = f"kandidaturen/{one.proposal_id}"
    facts = {name: plain(value) for name, value in one._asdict().items() if name != "name"}
    facts["organisation_name"] = one.name

    def part(path: str, label: str, **more: Any) -> Part:
        about: dict[str, Any] = {"name": one.name, "proposal": one.proposal_id}
        return Part(f"{folder}/{path}", "kandidaturen", label, **about, selected=selected, **more)

    paper = part("kandidatuur.pdf", "Kandidatuur (PDF)", make=partial(_paper, call, one))
    return [
        part("gegevens.json", "Gegevens van de indiening", load=lambda: facts, at_hand=True),
        part("kandidatuur.json", "Kandidatuur", load=partial(_content, one), exact=True),
        *([paper] if one.destroyed_at is None else []),
        Part(
            f"{folder}/ontvangstbewijs.json",
            "ontvangstbewijzen",
            "Ontvangstbewijs",
            load=partial(_receipt, one),
            name=one.name,
            proposal=one.proposal_id,
        ),
    ]


def _content(one: Applicant) -> Any:
    if one.destroyed_at is not None:
        raise Destroyed(f"{destroyed_text(one.destroyed_at, one.destroyed_in)}.")
    text = examine([one.submission_id])[one.submission_id]
    db.session.rollback()
    if text is None:
        raise Missing("Wat werd ingediend, is niet meer leesbaar of niet meer wat het ontvangstbewijs zegt.")
    return json.loads(text)


def _paper(call: Call, one: Applicant) -> bytes:
    data = paper_of(call, _content(one), one, one.submitted_at)
    return render_pdf("proposals/proposal.typ", data, at=one.submitted_at)


def _receipt(one: Applicant) -> Any:
    submission = db.session.get(Submission, one.submission_id)
    assert submission is not None
    found = signed_receipt(submission, one.organisation_id)
    db.session.rollback()
    if found is None:
        raise Missing("Hiervoor is geen ondertekend ontvangstbewijs.")
    return found


def attachment_parts(call: Call, applicants: Collection[Applicant]) -> list[Part]:
    """The files that were handed in, those that completed a proposal, and those beside an objection."""
    names = {one.proposal_id: one.name for one in applicants}
    handed_in = _files(
        select(Proposal.id.label("owner"), Proposal.id.label("proposal"), *_about_file(Attachment))
        .join(SubmittedFile, SubmittedFile.attachment_id == Attachment.id)
        .join(Submission, Submission.id == SubmittedFile.submission_id)
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .where(Submission.addendum_id == call.id, stands())
        .order_by(Proposal.id, Attachment.id)
    )
    completed = _files(
        select(Proposal.id.label("owner"), Proposal.id.label("proposal"), *_about_file(CompletionFile))
        .join(CompletionRequest, CompletionRequest.id == CompletionFile.request_id)
        .join(Proposal, Proposal.id == CompletionRequest.proposal_id)
        .where(Proposal.addendum_id == call.id)
        .order_by(Proposal.id, CompletionFile.id)
    )
    objected = _files(
        select(
            Objection.id.label("owner"), Decision.proposal_id.label("proposal"), *_about_file(ObjectionFile)
        )
        .join(Objection, Objection.id == ObjectionFile.objection_id)
        .join(Decision, Decision.id == Objection.decision_id)
        .where(
            Objection.addendum_id == call.id,
            Objection.submitted_at.is_not(None),
            ObjectionFile.removed_at.is_(None),
        )
        .order_by(Objection.id, ObjectionFile.id)
    )
    key = call_key(call.id) if handed_in or completed or objected else b""
    return [
        *(_file_part("kandidaturen/{}/bijlagen/{}", row, names, key) for row in handed_in),
        *(_file_part("ontvankelijkheid/{}/aanvulling-{}", row, names, key) for row in completed),
        *(_file_part("weerwoorden/{}/bijlage-{}", row, names, key) for row in objected),
    ]


def _about_file(model: Any) -> list[Any]:
    return [model.id, model.name, model.kind, model.size, model.object_key]


def _files(statement: Any) -> list[Any]:
    return list(db.session.execute(statement))


def _file_part(pattern: str, row: Any, names: Mapping[int, str], key: bytes) -> Part:
    return Part(
        f"{pattern.format(row.owner, row.id)}.{row.kind}",
        "bijlagen",
        f"Bijlage ‘{row.name}’",
        make=partial(_stored, row.object_key, key),
        name=names.get(row.proposal, ""),
        proposal=row.proposal,
        size=row.size,
    )


def _stored(object_key: str, key: bytes) -> bytes:
    try:
        return b"".join(storage.read(object_key, key))
    except storage.Damaged:
        raise Missing("Dit bestand is in de opslag beschadigd of verdwenen.") from None


def letter_parts(call: Call, names: Mapping[int, str]) -> list[Part]:
    """The letters about decisions and rulings, as they were sent."""
    letters = db.session.execute(
        select(Decision.id, Decision.proposal_id, Decision.number, func.length(Letter.pdf).label("size"))
        .join(Letter, Letter.decision_id == Decision.id)
        .where(Decision.addendum_id == call.id, Decision.notified_at.is_not(None))
        .order_by(Decision.proposal_id, Decision.number)
    ).all()
    rulings = db.session.execute(
        select(Objection.id, Decision.proposal_id, func.length(Ruling.pdf).label("size"))
        .join(Ruling, Ruling.objection_id == Objection.id)
        .join(Decision, Decision.id == Objection.decision_id)
        .where(Objection.addendum_id == call.id, Ruling.pdf.is_not(None))
        .order_by(Objection.id)
    ).all()
    return [
        *(
            Part(
                f"brieven/{row.proposal_id}/beslissing-{row.number}.pdf",
                "brieven",
                f"Brief over beslissing {row.number}",
                make=partial(_bytes, Letter.pdf, Letter.decision_id == row.id),
                name=names.get(row.proposal_id, ""),
                proposal=row.proposal_id,
                size=row.size,
            )
            for row in letters
        ),
        *(
            Part(
                f"brieven/{row.proposal_id}/uitspraak-{row.id}.pdf",
                "brieven",
                "Brief over de uitspraak",
                make=partial(_bytes, Ruling.pdf, Ruling.objection_id == row.id),
                name=names.get(row.proposal_id, ""),
                proposal=row.proposal_id,
                size=row.size,
            )
            for row in rulings
        ),
    ]


def _bytes(column: Any, condition: Any) -> bytes:
    found = db.session.scalar(select(column).where(condition))
    db.session.rollback()
    if not found:
        raise Missing("Deze brief is er niet meer.")
    return bytes(found)


def opening_part(call: Call) -> Part:
    return Part("opening/verslag.pdf", "opening", "Proces-verbaal (PDF)", make=partial(_opening, call))


def _opening(call: Call) -> bytes:
    data = opening_document(call)
    db.session.rollback()
    return render_pdf(REPORT, data, at=call.facts.opened_at)


def ranking_parts(addendum_id: int) -> list[Part]:
    """The ranking as it was signed; none before the decisions were communicated."""
    row = db.session.get(SignedRanking, addendum_id)
    if row is None:
        return []
    content = row.content
    return [
        Part(
            "rangschikking/ondertekend.json",
            "rangschikking",
            "Ondertekende rangschikking",
            load=lambda: json.loads(content),
            exact=True,
            at_hand=True,
        )
    ]


def mails_part(addendum_id: int) -> Part:
    """Which mail of the region went to whom and what became of it, without its text."""
    names = ("id", "kind", "to_name", "to_address", "subject", "message_id", "attachment_name", "created_at")
    ends = ("attempts", "sent_at", "given_up_at", "bounced_at", "handled_at", "handled_by_id", "handled_how")
    found = db.session.execute(
        select(*(getattr(OutboxMessage, name) for name in (*names, *ends)))
        .where(OutboxMessage.addendum_id == addendum_id, of_the_region())
        .order_by(OutboxMessage.id)
    )
    rows = [{name: plain(value) for name, value in row._mapping.items()} for row in found]
    return Part("mails/mails.json", "mails", "Verstuurde mails", load=lambda: rows, at_hand=True)
