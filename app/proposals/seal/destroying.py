"""After the term: what was handed in is destroyed, that it was handed in stays.

In the place of the content lies the same shape without a word of the organisation, under the same key and
bound to the same receipt: pages go on working and say what happened. Receipt, hash and log are not touched.
"""

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app.infra.database import db
from app.proposals.content import blanked, canonical
from app.proposals.destroyed import destroyed_text
from app.proposals.models import Submission
from app.proposals.seal.sealing import examine, require_opened, seal


def destroy_contents(
    addendum_id: int, submission_ids: Collection[int], certificate: int, *, at: datetime
) -> None:
    """Inside the transaction of the destruction. What no longer opens is emptied too. Raises Sealed."""
    require_opened(addendum_id)
    sentence = destroyed_text(at, certificate)
    texts = examine(submission_ids)
    for row in db.session.scalars(select(Submission).where(Submission.id.in_(submission_ids))):
        text = texts[row.id]
        row.sealed_content = b""
        if text is not None:
            blank = canonical(blanked(json.loads(text), sentence))
            row.sealed_content = seal(addendum_id, blank, f"content:{row.receipt_number}", at=at)
        row.destroyed_at, row.destroyed_in = at, certificate
        if row.withdrawal_reason:
            row.withdrawal_reason = sentence
