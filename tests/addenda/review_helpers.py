"""What the tests of the review share."""

import uuid
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.addenda.drafting.drafts import load_addendum, read_draft
from app.addenda.importing import parse_addendum
from app.addenda.models import Addendum
from app.addenda.reading.models import ImportJob
from app.addenda.reading.values import to_plain
from app.addenda.reviewing.places import Atlas
from app.addenda.reviewing.report import Report, report_of, unbooked
from app.infra.database import db, transaction


def looked(draft: int) -> tuple[Addendum, Report, Atlas]:
    """The draft as it is now; the ledger rule holds at any moment."""
    db.session.rollback()
    db.session.expire_all()
    addendum = load_addendum(draft)
    report = report_of(addendum)
    assert unbooked(report, addendum.source_text) == []
    return addendum, report, Atlas(read_draft(addendum))


def move(client: FlaskClient, draft: int, lines: list[int], to: str, **more: Any) -> TestResponse:
    addendum, _, _ = looked(draft)
    data = {"version": addendum.version, "regel": lines, "to": to, "how": "auto", **more}
    return client.post(f"/oproepen/{draft}/bron/verplaatsen", data=data)


def read_job(draft: int, text: str, *, name: str = "nieuw.docx", **values: Any) -> int:
    """A newer document that was read over this draft."""
    with transaction() as now:
        addendum = load_addendum(draft)
        job = ImportJob(
            **{
                "service_area_id": addendum.service_area_id,
                "addendum_id": draft,
                "by_id": addendum.created_by_id,
                "key": uuid.uuid4().hex,
                "source_name": name,
                "state": "read",
                "text": text,
                "result": to_plain(parse_addendum(text)),
                "created_at": now,
                "heartbeat_at": now,
                "finished_at": now,
                **values,
            }
        )
        db.session.add(job)
        db.session.flush()
        return int(job.id)
