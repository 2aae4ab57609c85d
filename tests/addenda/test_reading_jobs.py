"""The life of a document that was handed over: read in the background, followed, interrupted, used once."""

import io
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts.models import User
from app.addenda.models import Addendum
from app.addenda.reading import jobs, read_document, supervisor
from app.addenda.reading.models import ImportJob
from app.addenda.reading.refusals import REFUSALS
from app.addenda.reading.sample import sample_document
from app.domain.errors import NotFound
from app.infra import clock
from app.infra.database import db, transaction
from app.regions.models import RegionRole, ServiceArea
from tests import factories as make
from tests.addenda.documents import bad, stored
from tests.addenda.helpers import make_area


@pytest.fixture
def area(client: FlaskClient) -> tuple[ServiceArea, User]:
    region, regisseur = make_area()
    client.sign_in(regisseur)
    return region, regisseur


@pytest.fixture
def impatient(app: Flask) -> Iterator[None]:
    """Nobody waits at the form: whatever happens is seen on the page of the job."""
    before = app.config["IMPORT_WAIT_SECONDS"]
    app.config["IMPORT_WAIT_SECONDS"] = 0.0
    yield
    app.config["IMPORT_WAIT_SECONDS"] = before


def upload(client: FlaskClient, region: ServiceArea, data: bytes, **more: Any) -> TestResponse:
    form = {"file": (io.BytesIO(data), more.pop("name", "addendum.docx")), **more}
    return client.post(f"/regio/{region.id}/oproepen/nieuw", data=form, content_type="multipart/form-data")


def handed_over(area: tuple[ServiceArea, User], data: bytes, over: int | None = None) -> int:
    """A job that nobody reads yet."""
    region, regisseur = area
    return jobs.begin(region.id, by=make.actor(regisseur), data=data, name="a.docx", nonce="n", over=over)[0]


def job(job_id: int = 0) -> ImportJob:
    db.session.rollback()
    query = select(ImportJob).where(ImportJob.id == job_id) if job_id else select(ImportJob)
    return db.session.scalars(query).one()


def drafts() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Addendum)) or 0


@pytest.mark.parametrize(
    ("data", "kind"),
    [(sample_document(), "docx"), (stored("sample.odt"), "odt"), (stored("sample.pdf"), "pdf")],
    ids=["docx", "odt", "pdf"],
)
def test_a_document_of_each_kind_becomes_a_draft(
    client: FlaskClient, area: tuple[ServiceArea, User], data: bytes, kind: str
) -> None:
    page = upload(client, area[0], data, name=f"Addendum 2025.{kind}")
    assert page.status_code == 302
    draft = db.session.scalars(select(Addendum)).one()
    assert page.headers["Location"] == f"/oproepen/{draft.id}/bron"
    assert [len(one.obstacles) for one in draft.challenges] == [3, 2]
    assert draft.source_name == f"Addendum 2025.{kind}" and "Regio-uitdaging 2" in draft.source_text
    done = job()
    assert (done.state, done.addendum_id, done.data, done.text) == ("read", draft.id, None, "")
    assert done.used_at is not None


def test_the_same_form_sent_twice_makes_one_draft(
    client: FlaskClient, area: tuple[ServiceArea, User]
) -> None:
    first = upload(client, area[0], sample_document(), nonce="een-keer")
    second = upload(client, area[0], sample_document(), nonce="een-keer")
    assert first.headers["Location"] == second.headers["Location"]
    assert drafts() == 1
    upload(client, area[0], sample_document(), nonce="nog-een-keer")
    assert drafts() == 2


def test_a_refusal_keeps_the_name_and_what_was_pasted(
    client: FlaskClient, area: tuple[ServiceArea, User]
) -> None:
    page = upload(client, area[0], bad.scan(), name="scan.pdf", text="wat ik al geplakt had")
    refusal = REFUSALS["scan"]
    assert page.status_code == 422
    for words in ("scan.pdf", refusal.title, "wat ik al geplakt had", "<code>scan</code>", "Probeer opnieuw"):
        assert words in page.text
    assert page.text.count("<li>") >= len(refusal.steps)
    assert drafts() == 0 and job().data is None


def test_nothing_sent_and_too_much_sent_are_refused_before_anything_is_stored(
    client: FlaskClient, area: tuple[ServiceArea, User]
) -> None:
    nothing = client.post(f"/regio/{area[0].id}/oproepen/nieuw", data={})
    assert nothing.status_code == 422 and "Kies een bestand of plak de tekst." in nothing.text
    page = upload(client, area[0], b"x" * (21 * 1024 * 1024), name="groot.pdf")
    assert page.status_code == 422 and REFUSALS["too_large"].title in page.text and "groot.pdf" in page.text
    assert db.session.scalar(select(func.count()).select_from(ImportJob)) == 0


def test_the_page_of_a_job_shows_how_far_it_is(client: FlaskClient, area: tuple[ServiceArea, User]) -> None:
    job_id = handed_over(area, sample_document())
    path = f"/regio/{area[0].id}/inlezen/{job_id}"
    assert "wacht op zijn beurt" in client.get(path).text
    jobs.take(job_id, 1)
    jobs.beat(job_id, 1, "pages", 3, 12)
    page = client.get(path)
    assert page.status_code == 200
    assert "Pagina 3 van 12 wordt gelezen" in page.text and "a.docx" in page.text
    assert '<meta http-equiv="refresh"' in page.text and 'hx-trigger="every 1s"' in page.text
    jobs.finish(job_id, 1, read_document(sample_document()))
    assert client.get(path).headers["Location"].endswith("/bron")
    part = client.get(path, headers={"HX-Request": "true"})
    assert part.status_code == 204 and part.headers["HX-Redirect"].endswith("/bron")
    assert drafts() == 1


def test_who_does_not_wait_finds_the_draft_later(
    client: FlaskClient, area: tuple[ServiceArea, User], impatient: None
) -> None:
    page = upload(client, area[0], sample_document())
    assert "/inlezen/" in page.headers["Location"]
    _finished(job().id)
    assert client.get(page.headers["Location"]).headers["Location"].endswith("/bron")
    assert drafts() == 1


def _finished(job_id: int) -> None:
    db.session.rollback()  # a test that still reads would keep the reader from writing
    for thread in threading.enumerate():
        if thread.name == f"import-{job_id}":
            thread.join(60)


def test_a_refusal_that_comes_later_stands_on_the_page_of_the_job(
    client: FlaskClient, area: tuple[ServiceArea, User], impatient: None
) -> None:
    page = upload(client, area[0], bad.scan(), name="scan.pdf", text="geplakt")
    job_id = job().id
    _finished(job_id)
    text = client.get(page.headers["Location"]).text
    assert REFUSALS["scan"].title in text and "scan.pdf" in text and "Lees opnieuw" not in text
    again = client.get(f"/regio/{area[0].id}/oproepen/nieuw?vorige={job_id}")
    assert "geplakt</textarea>" in again.text


def test_a_job_whose_reader_is_gone_can_be_read_again(
    client: FlaskClient, area: tuple[ServiceArea, User], at: Any
) -> None:
    job_id = handed_over(area, sample_document())
    jobs.take(job_id, 1)
    path = f"/regio/{area[0].id}/inlezen/{job_id}"
    assert "onderbroken" not in client.get(path).text
    assert client.post(path).headers["Location"] == path and job().attempt == 1
    at(clock.read() + timedelta(minutes=5))
    page = client.get(path)
    assert "Het inlezen is onderbroken" in page.text and "Lees opnieuw" in page.text
    assert "refresh" not in page.text
    assert client.post(path).headers["Location"].endswith("/bron")
    assert client.post(path).headers["Location"].endswith("/bron")
    assert drafts() == 1


def test_a_reader_that_was_given_up_writes_nothing_any_more(area: tuple[ServiceArea, User], at: Any) -> None:
    job_id = handed_over(area, sample_document())
    jobs.take(job_id, 1)
    at(clock.read() + timedelta(minutes=5))
    assert jobs.restart(job_id, area[0].id, by=make.actor(area[1]))
    document = read_document(sample_document())
    for late in (
        lambda: jobs.beat(job_id, 1, "pages", 1, 2),
        lambda: jobs.finish(job_id, 1, document),
        lambda: jobs.refuse(job_id, 1, "scan"),
        lambda: jobs.take(job_id, 1),
    ):
        with pytest.raises(jobs.GivenUp):
            late()
    supervisor.read_job(job_id, 2)
    assert drafts() == 1
    with pytest.raises(jobs.GivenUp):
        jobs.finish(job_id, 2, document)
    assert drafts() == 1


def test_a_document_that_took_too_long_is_kept_for_another_try(
    client: FlaskClient, area: tuple[ServiceArea, User]
) -> None:
    job_id = handed_over(area, sample_document())
    jobs.take(job_id, 1)
    jobs.refuse(job_id, 1, "too_slow")
    path = f"/regio/{area[0].id}/inlezen/{job_id}"
    page = client.get(path)
    assert REFUSALS["too_slow"].title in page.text and "Lees opnieuw" in page.text
    assert client.post(path).headers["Location"].endswith("/bron")


def test_what_was_left_lying_is_swept_when_somebody_reads_a_document(
    client: FlaskClient, area: tuple[ServiceArea, User], at: Any
) -> None:
    old = handed_over(area, sample_document())
    at(clock.read() + timedelta(days=2))
    upload(client, area[0], sample_document(), nonce="later")
    assert (job(old).data, job(old).state, job(old).refusal) == (None, "refused", "expired")
    assert REFUSALS["expired"].title in client.get(f"/regio/{area[0].id}/inlezen/{old}").text
    at(clock.read() + timedelta(days=6))
    upload(client, area[0], sample_document(), nonce="nog later")
    assert db.session.get(ImportJob, old) is None and drafts() == 2


def test_a_newer_document_over_a_draft_changes_nothing_yet(
    client: FlaskClient, area: tuple[ServiceArea, User]
) -> None:
    upload(client, area[0], sample_document())
    draft = db.session.scalars(select(Addendum)).one().id
    path = f"/oproepen/{draft}/opnieuw-inlezen"
    assert "Lees in en vergelijk" in client.get(path).text
    data = {"file": (io.BytesIO(stored("sample.pdf")), "nieuwer.pdf")}
    page = client.post(path, data=data, content_type="multipart/form-data")
    newer = db.session.scalars(select(ImportJob).where(ImportJob.source_name == "nieuwer.pdf")).one()
    assert page.headers["Location"] == f"/oproepen/{draft}/opnieuw-inlezen/{newer.id}"
    assert (newer.state, newer.addendum_id, newer.used_at, newer.data) == ("read", draft, None, None)
    assert newer.result is not None and "Regio-uitdaging" in newer.text
    assert drafts() == 1
    assert client.get(page.headers["Location"]).status_code == 200
    refused = client.post(
        path, data={"file": (io.BytesIO(bad.scan()), "scan.pdf")}, content_type="multipart/form-data"
    )
    assert refused.status_code == 422 and REFUSALS["scan"].title in refused.text


def test_jobs_of_another_region_do_not_exist(
    app: Flask, client: FlaskClient, area: tuple[ServiceArea, User]
) -> None:
    job_id = handed_over(area, sample_document())
    elsewhere = make.make_region()
    stranger = make.make_regisseur(elsewhere)
    visitor = app.test_client().sign_in(stranger)
    for path in (f"/regio/{area[0].id}/inlezen/{job_id}", f"/regio/{elsewhere.id}/inlezen/{job_id}"):
        assert visitor.get(path).status_code == 404
        assert visitor.post(path).status_code == 404
    assert visitor.get(f"/regio/{elsewhere.id}/oproepen/nieuw?vorige={job_id}").status_code == 404
    assert app.test_client().get(f"/regio/{area[0].id}/inlezen/{job_id}").status_code == 302
    observer = app.test_client().sign_in(make.make_regisseur(area[0], "observer"))
    assert observer.get(f"/regio/{area[0].id}/inlezen/{job_id}").status_code == 404
    assert client.get(f"/regio/{area[0].id}/inlezen/{job_id + 1}").status_code == 404


def test_a_job_over_a_draft_of_another_region_cannot_begin(area: tuple[ServiceArea, User]) -> None:
    own = handed_over(area, sample_document())
    supervisor.read_job(own, 1)
    draft = job(own).addendum_id
    elsewhere = make.make_region()
    both = make.make_regisseur(elsewhere)
    with transaction() as now:
        db.session.add(
            RegionRole(user_id=both.id, service_area_id=area[0].id, role="regisseur", granted_at=now)
        )
    with pytest.raises(NotFound):
        jobs.begin(elsewhere.id, by=make.actor(both), data=b"x", name="", over=draft)


def test_the_sample_is_a_download_that_is_read_without_a_missed_line(
    app: Flask, client: FlaskClient, area: tuple[ServiceArea, User]
) -> None:
    page = client.get("/voorbeeld-addendum.docx")
    assert "attachment" in page.headers["Content-Disposition"]
    assert upload(client, area[0], page.data).status_code == 302
    assert app.test_client().get("/voorbeeld-addendum.docx").status_code == 302


def test_two_documents_at_once_are_two_drafts(area: tuple[ServiceArea, User], app: Flask) -> None:
    region, regisseur = area
    made = [
        jobs.begin(region.id, by=make.actor(regisseur), data=sample_document(), name="", nonce=str(number))[0]
        for number in range(4)
    ]
    for event in [supervisor.start(app, one) for one in made]:
        assert event.wait(60)
    assert drafts() == 4
