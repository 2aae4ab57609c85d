"""The files that complete a proposal, for `flask files check`."""

from collections.abc import Iterator

from sqlalchemy import select

from app.admissibility.models import CompletionFile, CompletionRequest
from app.infra.database import db
from app.infra.stored import StoredFile
from app.proposals.models import Proposal
from app.proposals.seal.sealing import call_key


def stored_files() -> Iterator[StoredFile]:
    """What the rows say about the objects."""
    rows = db.session.execute(
        select(
            CompletionFile.id,
            CompletionFile.object_key,
            CompletionFile.size,
            CompletionFile.sha256,
            Proposal.addendum_id,
        )
        .join(CompletionRequest, CompletionRequest.id == CompletionFile.request_id)
        .join(Proposal, Proposal.id == CompletionRequest.proposal_id)
    ).all()
    for row in rows:
        key = call_key(row.addendum_id)
        yield StoredFile(f"completion:{row.id}", row.object_key, row.size, row.sha256, key)
