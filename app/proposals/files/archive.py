"""Everything that was handed in as files to keep: one folder per proposal, in a ZIP.

Per proposal: `kandidatuur.json` (to the letter what the receipt has the SHA-256 of), `kandidatuur.pdf`, and
`bijlagen/` with the files under the names they were shown with. `overzicht.json` lists numbers, moments and
hashes (and says how many were left out), so that any of it can be checked later without this application.
With everything of a call goes `verslag-van-de-opening.pdf`: what was found at the opening.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import select

from app.addenda.queries import Call
from app.infra import storage
from app.infra.database import db
from app.infra.documents import render_pdf
from app.infra.packing import Member, member_name, zip_stream
from app.organisations.models import Organisation
from app.proposals.content import Content
from app.proposals.models import Attachment, Proposal, Submission
from app.proposals.policy import left_out
from app.proposals.queries import stands
from app.proposals.seal.listing import frozen_name
from app.proposals.seal.report import REPORT, opening_document
from app.proposals.seal.sealing import call_key, contents, require_opened
from app.proposals.writing.paper import paper_of

FORMAT = "partnerwijzer/archief/1"


def archive_of(
    call: Call, without: Collection[int], now: datetime, *, proposal_id: int | None = None
) -> Iterator[bytes]:
    """A ZIP of what stands for a call, or of one proposal, without the organisations in `without`. Everything
    that the database has to say is asked before the first byte. Raises Sealed."""
    require_opened(call.id)
    rows = _rows(call.id, without, proposal_id)
    texts = contents([row.id for row in rows])
    parsed = {row.id: json.loads(texts[row.id]) for row in rows}
    objects = _objects(parsed.values())
    key = call_key(call.id) if objects else b""
    members = _members(call, rows, texts, parsed, objects, key, now, left_out(len(without)))
    return zip_stream(members if proposal_id or without else chain(_report(call, now), members))


def _report(call: Call, now: datetime) -> list[Member]:
    """What was found at the opening: of the whole call, hence only with all of it."""
    pdf = render_pdf(REPORT, opening_document(call))
    return [Member("verslag-van-de-opening.pdf", now, pdf, packed_already=True)]


def _rows(addendum_id: int, without: Collection[int], proposal_id: int | None) -> Sequence[Any]:
    wanted = [Proposal.id == proposal_id] if proposal_id is not None else []
    return db.session.execute(
        select(
            Submission.id,
            Submission.proposal_id,
            Submission.receipt_number,
            Submission.revision,
            Submission.submitted_at,
            Submission.content_sha256,
            Submission.commitment,
            Submission.signature,
            Organisation.name.label("organisation"),
            Organisation.enterprise_number,
        )
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .where(
            Submission.addendum_id == addendum_id,
            stands(),
            Proposal.organisation_id.not_in(without),
            *wanted,
        )
        .order_by(Submission.submitted_at, Submission.id)
    ).all()


def _objects(parsed: Collection[Content]) -> dict[int, str]:
    """{attachment: object} of every file that was handed in. One query."""
    ids = {one["id"] for content in parsed for one in content.get("attachments", ())}
    if not ids:
        return {}
    rows = db.session.execute(select(Attachment.id, Attachment.object_key).where(Attachment.id.in_(ids)))
    return {row.id: row.object_key for row in rows}


def _members(
    call: Call,
    rows: Sequence[Any],
    texts: dict[int, str],
    parsed: dict[int, Content],
    objects: dict[int, str],
    key: bytes,
    now: datetime,
    absent: str,
) -> Iterator[Member]:
    folders: set[str] = set()
    names = {row.id: frozen_name(texts[row.id], row.organisation) for row in rows}
    named = [(row, member_name(f"{row.receipt_number} {names[row.id][0]}", folders)) for row in rows]
    places = {row.id: _places(folder, parsed[row.id]) for row, folder in named}
    overview = _overview(call, named, names, parsed, places, now) | {"left_out": absent}
    yield Member("overzicht.json", now, json.dumps(overview, ensure_ascii=False, indent=2).encode())
    for row, folder in named:
        at = row.submitted_at
        yield Member(f"{folder}/kandidatuur.json", at, texts[row.id].encode())
        pdf = render_pdf("proposals/proposal.typ", paper_of(call, parsed[row.id], row, now))
        yield Member(f"{folder}/kandidatuur.pdf", at, pdf, packed_already=True)
        for attachment_id, path in places[row.id].items():
            yield _file(path, at, objects.get(attachment_id, ""), key)


def _file(path: str, at: datetime, object_key: str, key: bytes) -> Member:
    """One that is damaged holds up none of the others, and says so in its place."""
    try:
        return Member(path, at, b"".join(storage.read(object_key, key)), packed_already=True)
    except storage.Damaged:
        told = "Dit bestand is in de opslag beschadigd of verdwenen. De SHA-256 staat in overzicht.json.\n"
        return Member(f"{path}.BESCHADIGD.txt", at, told.encode())


def _places(folder: str, content: Content) -> dict[int, str]:
    taken: set[str] = set()
    return {
        one["id"]: f"{folder}/bijlagen/{member_name(one['name'], taken)}"
        for one in content.get("attachments", ())
    }


def _overview(
    call: Call,
    named: Sequence[tuple[Any, str]],
    names: dict[int, tuple[str, str]],
    parsed: dict[int, Content],
    places: dict[int, dict[int, str]],
    now: datetime,
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "call": {"id": call.id, "title": call.title, "service_area": call.service_area},
        "made_at": now.isoformat(timespec="seconds"),
        "proposals": [
            {
                "folder": folder,
                "number": row.receipt_number,
                "organisation": names[row.id][0],
                "organisation_now": names[row.id][1] or names[row.id][0],
                "enterprise_number": row.enterprise_number,
                "revision": row.revision,
                "submitted_at": row.submitted_at.isoformat(timespec="microseconds"),
                "content_sha256": row.content_sha256,
                "commitment": row.commitment,
                "signature": row.signature,
                "files": [
                    {
                        "path": places[row.id][one["id"]],
                        "name": one["name"],
                        "size": one["size"],
                        "sha256": one["sha256"],
                    }
                    for one in parsed[row.id].get("attachments", ())
                ],
            }
            for row, folder in named
        ],
    }
