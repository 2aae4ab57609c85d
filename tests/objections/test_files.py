"""Files beside an objection: limits said beforehand, refused clearly, frozen with the words."""

import io
from datetime import timedelta

import pytest
from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.domain.errors import DomainError, Forbidden, NotFound
from app.infra import clock, storage, stored
from app.infra.database import db
from app.infra.stored import examine_all
from app.objections import attaching
from app.objections.attached import files_of
from app.objections.attaching import attach, detach, forget_taken_out
from app.objections.models import Objection, ObjectionFile
from app.objections.services import save_draft, submit
from tests import factories as make
from tests.decisions.world import World
from tests.objections.test_filing import TEXT, address, mails, row, text, told

NOTE = b"Bladzijde 4 van onze kandidatuur, met de plaats aangeduid.\n"


def files_at(world: World) -> str:
    return f"{address(world)}/bijlagen"


def sent(name: str = "nota.txt", data: bytes = NOTE) -> dict[str, object]:
    return {"file": (io.BytesIO(data), name)}


def kept(world: World) -> list[str]:
    found = row(world)
    return [one.name for one in files_of([found.id]).get(found.id, [])] if found else []


def actions() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all())


def test_a_file_comes_with_the_objection_and_the_region_reads_it_once_filed(client: FlaskClient) -> None:
    world = told()
    client.sign_in(make.make_member(world.organisations[2], "member"))
    page = client.get(files_at(world)).text
    assert "25 MB per bestand" in page and "10 bestanden" in page and "50 MB" in page
    assert client.post(files_at(world), data=sent()).status_code == 302
    assert kept(world) == ["nota.txt"]
    assert client.post(address(world), data=TEXT | {"version": "0"}).status_code == 302, "no version yet"
    client.sign_in(world.owners[2])
    read = client.get(f"{address(world)}/nalezen").text
    assert "nota.txt" in read and TEXT["grounds"] in read and "Dien het weerwoord in" in read
    file_id = db.session.scalar(select(ObjectionFile.id))
    own = client.get(f"{files_at(world)}/{file_id}")
    assert own.data == NOTE and own.headers["Content-Disposition"].startswith("attachment")
    region = f"/weerwoorden/{row(world).id}/bijlagen/{file_id}"
    reader = client.application.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
    assert reader.get(region).status_code == 404, "a draft is nobody else's"
    submit(world.proposals[2].id, text(1), by=make.actor(world.owners[2]))
    download = reader.get(region)
    assert download.data == NOTE and download.mimetype == "application/octet-stream"
    assert "nota.txt" in reader.get(f"/weerwoorden/{row(world).id}/lezen").text
    assert "nota.txt (SHA-256" in mails(world, "objection_filed")[0].body_text
    assert [problem for name, problem in examine_all() if name.startswith("objection_file")] == [""]


def test_a_hundred_megabytes_are_refused_clearly_and_the_rest_stays(client: FlaskClient) -> None:
    world = told()
    save_draft(world.proposals[2].id, text(), by=make.actor(world.owners[2]))
    client.sign_in(world.owners[2])
    client.post(files_at(world), data=sent())
    refused = client.post(files_at(world), data=sent("groot.pdf", b"x" * (100 * 1024 * 1024)))
    assert refused.status_code == 413
    assert "te groot: hoogstens 25 MB" in refused.text and "zijn er nog" in refused.text
    assert "nota.txt" in refused.text and kept(world) == ["nota.txt"]
    assert row(world).grounds == TEXT["grounds"]
    assert actions()[-1] == "objection.refused"
    script = client.post(
        files_at(world),
        data=sent("groot.pdf", b"x" * (30 * 1024 * 1024)),
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert script.status_code == 413 and "25 MB" in script.json["message"]


def test_what_is_too_large_tells_a_stranger_nothing(client: FlaskClient) -> None:
    world = told()
    client.sign_in(world.owners[0])
    large = sent("groot.pdf", b"x" * (30 * 1024 * 1024))
    assert client.post(files_at(world), data=large).status_code == 404
    assert row(world) is None
    visitor = client.application.test_client()
    large = sent("groot.pdf", b"x" * (30 * 1024 * 1024))
    assert visitor.post(files_at(world), data=large).status_code == 413


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("virus.exe", b"MZ" + b"\0" * 100, ""),
        ("leeg.pdf", b"", ""),
        ("brief.pdf", b"geen pdf", ""),
    ],
)
def test_what_is_no_document_is_refused_and_logged(
    client: FlaskClient, name: str, data: bytes, words: str
) -> None:
    world = told()
    client.sign_in(world.owners[2])
    refused = client.post(files_at(world), data=sent(name, data))
    assert refused.status_code == 422 and "Niet gelukt" in refused.text and name in refused.text
    assert kept(world) == [] and actions()[-1] == "objection.refused"


def test_without_a_file_chosen_the_page_says_so(client: FlaskClient) -> None:
    world = told()
    client.sign_in(world.owners[2])
    assert "Kies een bestand" in client.post(files_at(world), data={}).text


def test_ten_files_and_fifty_megabytes_is_all(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    world = told()
    by, proposal_id = make.actor(world.owners[2]), world.proposals[2].id
    for number in range(10):
        attach(proposal_id, "nota.txt", f"Nota {number}".encode(), by=by)
    assert kept(world)[:2] == ["nota.txt", "nota (2).txt"]
    before = len(list(storage.listing()))
    with pytest.raises(DomainError, match="objection_files_many"):
        attach(proposal_id, "nota.txt", b"Nota elf", by=by)
    detach(proposal_id, files_of([row(world).id])[row(world).id][0].id, by=by)
    monkeypatch.setattr(attaching, "MOST_TOGETHER", 80)
    with pytest.raises(DomainError, match="objection_files_large"):
        attach(proposal_id, "nota.txt", b"Een langere nota " * 5, by=by)
    monkeypatch.setattr(attaching, "MOST_TOGETHER", 8000)
    monkeypatch.setattr(attaching, "MOST_A_DAY", 80)
    with pytest.raises(DomainError, match="objection_files_often"):
        attach(proposal_id, "nota.txt", b"Een langere nota " * 5, by=by)
    assert len(list(storage.listing())) == before, "what was refused left nothing in the storage"


def test_what_was_taken_out_leaves_the_storage_after_a_day(app: object) -> None:
    world = told()
    by, proposal_id = make.actor(world.owners[2]), world.proposals[2].id
    gone = attach(proposal_id, "weg.txt", b"Toch niet", by=by)
    stays = attach(proposal_id, "nota.txt", NOTE, by=by)
    detach(proposal_id, gone.id, by=by)
    submit(proposal_id, text(), by=by)
    now = clock.read()
    stored.remove_unreferred(now + timedelta(days=2))
    forget_taken_out(now + timedelta(hours=23))
    assert stored.remove_unreferred(now + timedelta(days=2)) == 0
    forget_taken_out(now + timedelta(days=1, minutes=1))
    forget_taken_out(now + timedelta(days=1, minutes=2))
    assert stored.remove_unreferred(now + timedelta(days=2)) == 1
    assert [one.id for one in files_of([row(world).id])[row(world).id]] == [stays.id]
    names = [act.__name__ for act in current_app.config["SWEEPS"]]
    assert forget_taken_out in current_app.config["SWEEPS"] and len(names) == len(set(names))


def test_the_same_file_again_is_told_not_doubled(client: FlaskClient) -> None:
    world = told()
    client.sign_in(world.owners[2])
    client.post(files_at(world), data=sent())
    again = client.post(files_at(world), data=sent("kopie.txt"), follow_redirects=True)
    assert "stond er al" in again.text and kept(world) == ["nota.txt"]


def test_what_is_filed_keeps_its_files(client: FlaskClient) -> None:
    world = told()
    by, proposal_id = make.actor(world.owners[2]), world.proposals[2].id
    one = attach(proposal_id, "nota.txt", NOTE, by=by)
    submit(proposal_id, text(), by=by)
    for act in (
        lambda: attach(proposal_id, "b.txt", b"Later", by=by),
        lambda: detach(proposal_id, one.id, by=by),
    ):
        with pytest.raises(DomainError, match="objection_filed_already"):
            act()
    client.sign_in(world.owners[2])
    assert client.post(files_at(world), data=sent("b.txt", b"Later")).status_code == 403
    assert client.post(f"{files_at(world)}/{one.id}/verwijderen").status_code == 403
    assert kept(world) == ["nota.txt"]


def test_after_the_last_day_no_file_comes_in_and_what_was_there_stays(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    at("2023-07-03T16:30")
    world = told()
    by = make.actor(world.owners[2])
    one = attach(world.proposals[2].id, "nota.txt", NOTE, by=by)
    at("2023-07-18T00:00:00")
    client.sign_in(world.owners[2])
    late = client.post(files_at(world), data=sent("b.txt", b"Te laat"))
    assert late.status_code == 403 and "maandag 17 juli 2023, 23u59" in late.text and "nota.txt" in late.text
    assert client.post(f"{files_at(world)}/{one.id}/verwijderen").status_code == 403
    large = client.post(files_at(world), data=sent("g.pdf", b"x" * (30 * 1024 * 1024)))
    assert large.status_code == 403
    assert kept(world) == ["nota.txt"] and actions()[-1] == "objection.refused_late"


def test_nobody_reaches_the_files_of_another(client: FlaskClient) -> None:
    world = told()
    one = attach(world.proposals[2].id, "nota.txt", NOTE, by=make.actor(world.owners[2]))
    stranger = make.actor(world.owners[0])
    for act in (
        lambda: attach(world.proposals[2].id, "b.txt", b"b", by=stranger),
        lambda: detach(world.proposals[2].id, one.id, by=stranger),
        lambda: detach(world.proposals[0].id, one.id, by=stranger),
    ):
        with pytest.raises((NotFound, Forbidden)):
            act()
    client.sign_in(world.owners[0])
    assert client.get(f"{files_at(world)}/{one.id}").status_code == 404
    assert client.get(f"/kandidaturen/{world.proposals[0].id}/weerwoord/bijlagen/{one.id}").status_code == 404
    assert (
        client.post(
            f"/kandidaturen/{world.proposals[0].id}/weerwoord/bijlagen/{one.id}/verwijderen"
        ).status_code
        == 404
    )
    client.sign_in(world.owners[2])
    for foreign in ("1", "2147483647"):
        assert client.get(f"{files_at(world)}/{foreign}").status_code == 404
    assert db.session.scalar(select(func.count()).select_from(Objection)) == 1


def test_files_that_a_colleague_changed_are_read_before_filing(client: FlaskClient) -> None:
    world = told()
    by = make.actor(world.owners[2])
    save_draft(world.proposals[2].id, text(), by=by)
    client.sign_in(world.owners[2])
    page = client.get(f"{address(world)}/nalezen").text
    seal = page.split('name="files" value="')[1].split('"')[0]
    attach(world.proposals[2].id, "nota.txt", NOTE, by=by)
    refused = client.post(address(world, file=True), data={"version": "1", "files": seal})
    assert refused.status_code == 422 and "wijzigde intussen de bijlagen" in refused.text
    assert row(world).submitted_at is None
    page = client.get(f"{address(world)}/nalezen").text
    seal = page.split('name="files" value="')[1].split('"')[0]
    assert client.post(address(world, file=True), data={"version": "1", "files": seal}).status_code == 302
    assert row(world).submitted_at is not None
