"""The outgoing mail of a call shows what the region sent, and nothing that an applicant did on its own."""

from typing import Any

import pytest
from flask import Flask

from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from tests.evaluation import world as juries


@pytest.mark.parametrize("kind", ["proposal.receipt", "proposal.withdrawn", "proposal.reminder", "unknown"])
def test_the_mail_of_who_withdrew_or_never_handed_in_stays_theirs(app: Flask, kind: str) -> None:
    world = juries.build(Phase.DECIDED)
    ids = {}
    with transaction() as now:
        for one in (kind, "decision"):
            ids[one] = OutboxMessage(
                kind=one,
                addendum_id=world.call.id,
                to_address=f"{one}@voorbeeld.be",
                to_name=one,
                subject=f"Over {one}",
                body_text="Beste",
                body_html="Beste",
                message_id=f"<{one}@voorbeeld.be>",
                created_at=now,
                next_attempt_at=now,
            )
            db.session.add(ids[one])
    client: Any = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
    url = f"/oproepen/{world.call.id}/uitgaande-post"
    page = client.get(url).text
    assert "Over decision" in page and f"Over {kind}" not in page
    assert client.get(f"{url}/{ids['decision'].id}").status_code == 200
    for tail in ("", "/bijlage"):
        assert client.get(f"{url}/{ids[kind].id}{tail}").status_code == 404
