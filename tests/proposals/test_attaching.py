"""Files beside a proposal: what comes in, until when, under which name, and who gets to read it."""

import io
import socketserver
import struct
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.addenda.models import Addendum
from app.addenda.queries import load_call
from app.audit.models import AuditEntry
from app.domain.errors import DomainError
from app.domain.timeline import Phase
from app.evaluation.models import ConflictDeclaration
from app.infra import clock, storage, stored
from app.infra.database import db, transaction
from app.infra.uploads import FilesInMemory
from app.proposals.files import attaching
from app.proposals.files.archive import archive_of
from app.proposals.files.attaching import attach, attached_files, detach, forget_removed
from app.proposals.handing_in.submitting import submit_proposal, withdraw_proposal
from app.proposals.models import Attachment, Proposal, SubmittedFile
from app.proposals.seal.unsealing import sign_opening
from tests import factories as make
from tests.addenda.documents import stored as stored_document
from tests.addenda.documents.bad import png

TEXT = b"Een verslag."


@dataclass
class World:
    call: Addendum
    proposal: Proposal
    owner: User
    regisseur: User
    chair: User

    @property
    def url(self) -> str:
        return f"/kandidaturen/{self.proposal.id}/bijlagen"


@pytest.fixture
def world(app: Flask) -> World:
    return build()


def build() -> World:
    region = make.make_region()
    call = make.make_call(region, Phase.OPEN)
    organisation = make.make_organisation()
    owner = make.make_member(organisation)
    proposal = make.make_proposal(call, organisation, owner)
    return World(call, proposal, owner, make.make_regisseur(region), make.make_juror(call, chair=True))


@pytest.fixture(autouse=True)
def empty_storage(app: Flask) -> Iterator[Path]:
    folder = Path(app.config["SETTINGS"].files)
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    stored._swept.clear()
    yield folder


def objects() -> list[str]:
    return [one.object_key for one in storage.listing()]


def by(world: World) -> Any:
    return make.actor(world.owner)


def send(
    client: FlaskClient, world: World, name: str = "verslag.txt", data: bytes = TEXT, *, script: bool = True
) -> Any:
    headers = {"X-Requested-With": "XMLHttpRequest"} if script else {}
    return client.post(world.url, data={"file": (io.BytesIO(data), name)}, headers=headers)


def actions(kind: str) -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.action == kind)))


def text_chunk(data: bytes) -> bytes:
    """A part of a PNG that carries words."""
    body = b"tEXtComment\x00" + data
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def package() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("pagina.html", "<script>alert(1)</script>")
    return target.getvalue()


def open_seal(world: World) -> None:
    """After the deadline, and signed by two."""
    assert world.call.deadline is not None
    clock.set_to(world.call.deadline + timedelta(days=1))
    sign_opening(world.call.id, by=make.actor(world.regisseur))
    sign_opening(world.call.id, by=make.actor(world.chair))


# --- coming in


def test_a_file_is_added_shown_and_comes_back_as_it_was(world: World, client: FlaskClient) -> None:
    client.sign_in(world.owner)
    answer = send(client, world, "Jaarverslag é.txt", TEXT)
    assert answer.status_code == 201 and answer.json["state"] == "added"
    assert answer.json["left_text"] == "Er kunnen nog 19 bestanden bij, samen 100 MB."
    assert "Jaarverslag é.txt" in client.get(world.url).text
    got = client.get(answer.json["files"][0]["href"])
    assert got.data == TEXT
    shown = got.headers["Content-Disposition"]
    assert shown == "attachment; filename=\"Jaarverslag-e.txt\"; filename*=UTF-8''Jaarverslag%20%C3%A9.txt"
    assert got.headers["Content-Type"] == "application/octet-stream"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert got.headers["Cache-Control"] == "private, no-store"
    assert got.headers["Content-Length"] == str(len(TEXT))


def test_without_a_script_the_page_itself_answers(world: World, client: FlaskClient) -> None:
    client.sign_in(world.owner)
    assert send(client, world, script=False).status_code == 302
    assert "Toegevoegd: verslag.txt" in client.get(world.url).text
    refused = send(client, world, "verslag.exe", b"MZ", script=False)
    assert refused.status_code == 422
    assert "verslag.exe: Dit soort bestand kan niet." in refused.text
    nothing = client.post(world.url)
    assert nothing.status_code == 422 and "Kies een bestand." in nothing.text


def test_limits_are_told_beforehand(world: World, client: FlaskClient) -> None:
    page = client.sign_in(world.owner).get(world.url).text
    assert "Hoogstens 25 MB per bestand, 20 bestanden en 100 MB samen." in page
    assert "Er kunnen nog 20 bestanden bij, samen 100 MB." in page


def test_nothing_readable_reaches_a_disk(
    world: World, client: FlaskClient, empty_storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_temporary_file(*_args: Any, **_more: Any) -> None:
        raise AssertionError("a temporary file was made")

    for name in ("TemporaryFile", "SpooledTemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(f"tempfile.{name}", no_temporary_file)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", no_temporary_file)
    data = b"We bereiken de mensen van de wijk.\n" * 100_000
    assert send(client.sign_in(world.owner), world, "groot.txt", data).status_code == 201
    assert all(b"mensen" not in path.read_bytes() for path in empty_storage.rglob("*") if path.is_file())
    assert issubclass(client.application.request_class, FilesInMemory)


def test_in_the_database_even_the_name_is_unreadable(world: World) -> None:
    attach(world.proposal.id, "Kleinschalig wonen.txt", TEXT, by=by(world))
    raw = db.session.execute(select(Attachment.__table__.c.name.cast(db.String()))).scalar_one_or_none()
    stored_name = db.session.connection().exec_driver_sql("SELECT name FROM attachment").scalar_one()
    assert "wonen" not in stored_name and raw is not None


def test_a_file_number_is_drawn_by_lot(world: World) -> None:
    one = attach(world.proposal.id, "a.txt", b"a", by=by(world))
    other = attach(world.proposal.id, "b.txt", b"b", by=by(world))
    assert abs(one.id - other.id) > 1 and min(one.id, other.id) > 1_000_000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("verslag.txt", "verslag.txt"),
        (r"C:\fakepath\verslag.txt", "verslag.txt"),
        ("../../etc/verslag.txt", "verslag.txt"),
        ("a\r\nSet-Cookie: x\x00.txt", "a Set-Cookie: x.txt"),
        ("fac\u202etxt.exe.txt", "factxt.exe.txt"),
        ("cafe\u0301 \U0001f600 \u05d0\u05d1.txt", "café \U0001f600 \u05d0\u05d1.txt"),
        (".txt", "bijlage.txt"),
        ("  ... spaties .txt", "spaties.txt"),
        ("x" * 300 + ".txt", "x" * 196 + ".txt"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467" * 100 + ".txt", None),
    ],
)
def test_names_are_kept_as_typed_without_what_misleads(world: World, typed: str, kept: str | None) -> None:
    name = attach(world.proposal.id, typed, TEXT, by=by(world)).name
    assert len(name) <= 200 and name.endswith(".txt") and not name.removesuffix(".txt").endswith("\u200d")
    assert kept is None or name == kept


def test_two_files_with_one_name_are_told_apart(world: World, client: FlaskClient) -> None:
    names = [attach(world.proposal.id, name, bytes([65 + number]), by=by(world)).name
             for number, name in enumerate(["Plan.txt", "plan.txt", "PLAN.txt"])]  # fmt: skip
    assert names == ["Plan.txt", "plan (2).txt", "PLAN (3).txt"]


def test_the_same_file_again_is_told_and_not_doubled(world: World, client: FlaskClient) -> None:
    client.sign_in(world.owner)
    first = send(client, world, "a.txt")
    again = send(client, world, "b.txt")
    assert again.status_code == 201
    assert again.json["files"][0] == first.json["files"][0] | {"already": True}
    assert len(attached_files(world.proposal.id)) == len(objects()) == 1


# --- what is not taken in


def test_what_lies_about_its_kind_is_refused_and_leaves_nothing(world: World, client: FlaskClient) -> None:
    client.sign_in(world.owner)
    for name, data in (
        ("verslag.pdf", b"<html><script>alert(1)</script>"),
        ("foto.png", stored_document("sample.pdf")),
        ("foto.png", png(4, 4) + b"PK\x03\x04"),
        ("tekening.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("leeg.txt", b""),
        ("zonder", b"tekst"),
    ):
        answer = send(client, world, name, data)
        assert answer.status_code == 422 and answer.json["state"] == "refused", name
    assert objects() == [] and attached_files(world.proposal.id) == []


def test_more_than_25_megabytes_is_refused(world: World, client: FlaskClient) -> None:
    client.sign_in(world.owner)
    just_over = send(client, world, "a.txt", b"a" * (attaching.MOST_EACH + 1))
    assert just_over.status_code == 422 and "25 MB" in just_over.json["message"]
    far_over = b"a" * (attaching.MOST_EACH + 2 * 1024 * 1024)
    told = send(client, world, "a.txt", far_over)
    assert told.status_code == 413 and told.json["state"] == "refused" and "kleiner" in told.json["message"]
    page = send(client, world, "a.txt", far_over, script=False)
    assert page.status_code == 413 and "Dit bestand is te groot" in page.text
    assert objects() == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tekst.txt", b"Een lange inleiding.\n" * 300 + b"<html><script>alert(1)</script></html>"),
        ("tabel.csv", b"a;b\n" * 2000 + b"<svg onload=alert(1)>"),
        ("foto.png", png(4, 4)[:33] + text_chunk(b"<html><script>alert(1)</script>") + png(4, 4)[33:]),
    ],
)
def test_what_hides_a_page_in_its_middle_is_never_shown_as_one(
    world: World, client: FlaskClient, name: str, data: bytes
) -> None:
    """It is what its name says, so it is taken in; a browser gets bytes to keep, nothing else."""
    client.sign_in(world.owner)
    answer = send(client, world, name, data)
    assert answer.status_code == 201
    got = client.get(answer.json["files"][0]["href"])
    assert got.data == data and got.mimetype == "application/octet-stream"
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tekst.txt", b"Gewone tekst.\n" + package()),
        ("foto.png", png(4, 4)[:33] + text_chunk(package()) + png(4, 4)[33:]),
        ("foto.png", png(4, 4) + package()),
        ("foto.png", png(4, 4) + b"<html><script>alert(1)</script>"),
    ],
)
def test_a_package_in_a_text_or_a_picture_is_refused(
    world: World, client: FlaskClient, name: str, data: bytes
) -> None:
    client.sign_in(world.owner)
    answer = send(client, world, name, data)
    assert answer.status_code == 422 and objects() == []


def test_other_forms_stay_small(world: World, client: FlaskClient) -> None:
    client.sign_in(world.owner)
    url = f"/kandidaturen/{world.proposal.id}/algemeen"
    assert client.post(url, data={"file": (io.BytesIO(b"a" * 7_000_000), "a.txt")}).status_code == 413


def test_twenty_files_is_the_most(world: World) -> None:
    for number in range(20):
        make.make_attachment(world.proposal, f"{number}.txt", bytes([number]))
    with pytest.raises(DomainError) as refused:
        attach(world.proposal.id, "nog.txt", TEXT, by=by(world))
    assert refused.value.code == "too_many_attachments"
    assert len(objects()) == 20


def test_together_no_more_than_100_megabytes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attaching, "MOST_TOGETHER", 1000)
    attach(world.proposal.id, "a.txt", b"a" * 600, by=by(world))
    with pytest.raises(DomainError) as refused:
        attach(world.proposal.id, "b.txt", b"b" * 401, by=by(world))
    assert refused.value.code == "attachments_too_large" and len(objects()) == 1
    attach(world.proposal.id, "c.txt", b"c" * 400, by=by(world))


def test_adding_and_removing_again_and_again_does_not_fill_the_disk(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "MOST_A_DAY", 1000)
    for letter in "abc":
        kept = attach(world.proposal.id, f"{letter}.txt", letter.encode() * 300, by=by(world))
        detach(world.proposal.id, kept.id, by=by(world))
    with pytest.raises(DomainError) as refused:
        attach(world.proposal.id, "d.txt", b"d" * 300, by=by(world))
    assert refused.value.code == "attachments_too_often" and len(objects()) == 3
    attach(world.proposal.id, "e.txt", b"e" * 100, by=by(world))


def at_once(app: Flask, acts: list[Callable[[], Any]]) -> list[str]:
    """Run these side by side, each on a connection of its own; "ok" or the code of the refusal."""
    results: list[str] = [""] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(number: int, act: Callable[[], Any]) -> None:
        with app.app_context():
            gate.wait()
            try:
                act()
                results[number] = "ok"
            except DomainError as error:
                results[number] = error.code
            finally:
                db.session.remove()

    db.session.rollback()
    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_at_once_do_not_pass_the_limit_together(app: Flask, world: World) -> None:
    for number in range(19):
        make.make_attachment(world.proposal, f"{number}.txt", bytes([number]))
    proposal_id, actor = world.proposal.id, by(world)
    results = at_once(
        app,
        [lambda n=n: attach(proposal_id, f"x{n}.txt", b"x%d" % n, by=actor) for n in range(4)],  # type: ignore[misc]
    )
    assert sorted(results) == ["ok", *["too_many_attachments"] * 3]
    assert len(objects()) == len(attached_files(proposal_id)) == 20


def test_the_same_file_twice_at_once_is_one(app: Flask, world: World) -> None:
    proposal_id, actor = world.proposal.id, by(world)
    results = at_once(app, [lambda: attach(proposal_id, "x.txt", TEXT, by=actor)] * 4)
    assert results == ["ok"] * 4
    assert len(objects()) == len(attached_files(proposal_id)) == 1


def test_a_full_disk_is_said_and_the_rest_stays(
    world: World, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(world.proposal.id, "a.txt", b"a", by=by(world))

    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(storage, "_settle", full)
        answer = send(client.sign_in(world.owner), world, "b.txt", b"b")
    assert answer.status_code == 422 and "Probeer het later opnieuw" in answer.json["message"]
    assert len(objects()) == len(attached_files(world.proposal.id)) == 1


# --- the deadline


def test_after_the_deadline_nothing_is_added_or_removed(world: World, client: FlaskClient) -> None:
    held = attach(world.proposal.id, "a.txt", b"a", by=by(world))
    clock.set_to(world.call.deadline)
    client.sign_in(world.owner)
    late = send(client, world)
    assert late.status_code == 403 and late.json["message"].startswith("Te laat")
    assert client.post(f"{world.url}/{held.id}/verwijderen").status_code == 403
    assert "toevoegen of verwijderen kan niet meer" in client.get(world.url).text
    assert [one.details for one in actions("proposal.refused_late")] == [{"attempt": "attach"}]
    assert len(objects()) == 1


def test_what_began_before_and_ended_after_is_late(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are in the storage when the deadline passes; the transaction after them decides."""
    assert world.call.deadline is not None
    clock.set_to(world.call.deadline - timedelta(microseconds=1), speed=0)
    put = storage.put

    def slow(*args: Any, **more: Any) -> storage.StoredObject:
        stored_object = put(*args, **more)
        clock.set_to(world.call.deadline)
        return stored_object

    monkeypatch.setattr(storage, "put", slow)
    with pytest.raises(DomainError) as refused:
        attach(world.proposal.id, "laat.txt", TEXT, by=by(world))
    assert refused.value.code == "attachment_too_late"
    assert objects() == [] and attached_files(world.proposal.id) == []
    assert len(actions("proposal.refused_late")) == 1


def test_just_in_time_is_in_time(world: World) -> None:
    assert world.call.deadline is not None
    clock.set_to(world.call.deadline - timedelta(microseconds=1), speed=0)
    assert attach(world.proposal.id, "net.txt", TEXT, by=by(world)).name == "net.txt"


# --- what was handed in


def test_what_was_handed_in_keeps_its_file_when_it_is_removed(world: World, client: FlaskClient) -> None:
    file = attach(world.proposal.id, "a.txt", TEXT, by=by(world))
    loose = attach(world.proposal.id, "b.txt", b"b", by=by(world))
    detach(world.proposal.id, loose.id, by=by(world))
    submit_proposal(world.proposal.id, key="k" * 32, by=by(world))
    detach(world.proposal.id, file.id, by=by(world))
    detach(world.proposal.id, file.id, by=by(world))
    assert list(db.session.scalars(select(SubmittedFile.attachment_id))) == [file.id]
    client.sign_in(world.owner)
    assert client.get(f"{world.url}/{file.id}").data == TEXT
    assert client.get(f"{world.url}/{loose.id}").status_code == 404
    assert len(actions("proposal.file_removed")) == 2
    later = clock.now() + timedelta(days=2)
    forget_removed(later)
    assert stored.remove_unreferred(later + timedelta(days=1)) == 1
    assert client.get(f"{world.url}/{file.id}").data == TEXT
    assert len(objects()) == 1


def test_the_sweep_takes_only_what_is_old_and_nobody_refers_to(world: World) -> None:
    attach(world.proposal.id, "a.txt", TEXT, by=by(world))
    storage.put(io.BytesIO(b"los"), bytes(32), limit=10)
    stored.sweep_objects(clock.now())
    assert len(objects()) == 2
    stored._swept.clear()
    stored.sweep_objects(clock.now() + timedelta(days=2))
    assert objects() == [db.session.scalars(select(Attachment.object_key)).one()]


def test_every_file_is_checked_against_its_row(app: Flask, world: World, empty_storage: Path) -> None:
    files = [attach(world.proposal.id, f"{n}.txt", bytes([65 + n]), by=by(world)) for n in range(3)]
    runner = app.test_cli_runner()
    whole = runner.invoke(args=["files", "check"])
    assert whole.exit_code == 0 and whole.output == "Every file is what its row says.\n"
    row = db.session.get_one(Attachment, files[1].id)
    path = empty_storage / row.object_key
    path.write_bytes(path.read_bytes()[:-1])
    broken = runner.invoke(args=["files", "check"])
    assert broken.exit_code == 1
    assert broken.output.startswith(f"attachment:{row.id}: damaged or gone\nError: Not every file")


def test_a_damaged_file_is_a_page_that_says_so(
    world: World, client: FlaskClient, empty_storage: Path
) -> None:
    file = attach(world.proposal.id, "a.txt", TEXT, by=by(world))
    path = empty_storage / db.session.get_one(Attachment, file.id).object_key
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    answer = client.sign_in(world.owner).get(f"{world.url}/{file.id}")
    assert answer.status_code == 400 and "beschadigd of verdwenen" in answer.text


# --- who reads


def test_rivals_and_strangers_find_nothing(world: World, client: FlaskClient, app: Flask) -> None:
    file = attach(world.proposal.id, "a.txt", TEXT, by=by(world))
    submit_proposal(world.proposal.id, key="k" * 32, by=by(world))
    rival = make.make_member(make.make_organisation())
    rivals_own = make.make_proposal(world.call, make.make_organisation(), rival)
    for user in (rival, world.regisseur, world.chair, make.make_user(), make.make_user(administrator=True)):
        there = app.test_client().sign_in(user)  # type: ignore[attr-defined]
        for path in (world.url, f"{world.url}/{file.id}"):
            assert there.get(path).status_code == 404
        assert send(there, world).status_code == 404
        assert there.post(f"{world.url}/{file.id}/verwijderen").status_code == 404
    assert client.get(f"{world.url}/{file.id}").status_code == 302
    mine = app.test_client().sign_in(world.owner)  # type: ignore[attr-defined]
    assert mine.get(f"/kandidaturen/{rivals_own.id}/bijlagen/{file.id}").status_code == 404
    assert mine.get(f"{world.url}/{file.id + 1}").status_code == 404
    assert mine.post(f"{world.url}/{file.id + 1}/verwijderen").status_code == 404


def test_a_file_of_another_proposal_is_not_reached_through_ones_own(world: World, app: Flask) -> None:
    other = build()
    theirs = attach(other.proposal.id, "a.txt", TEXT, by=by(other))
    mine = app.test_client().sign_in(world.owner)  # type: ignore[attr-defined]
    assert mine.get(f"{world.url}/{theirs.id}").status_code == 404
    assert mine.post(f"{world.url}/{theirs.id}/verwijderen").status_code == 404
    assert db.session.get_one(Attachment, theirs.id).removed_at is None


def test_under_the_seal_nobody_else_reads_and_after_it_only_what_stands(world: World, app: Flask) -> None:
    old = attach(world.proposal.id, "oud.txt", b"oud", by=by(world))
    submit_proposal(world.proposal.id, key="k" * 32, by=by(world))
    detach(world.proposal.id, old.id, by=by(world))
    new = attach(world.proposal.id, "nieuw.txt", b"nieuw", by=by(world))
    submit_proposal(world.proposal.id, key="m" * 32, by=by(world))
    draft = attach(world.proposal.id, "kladje.txt", b"klad", by=by(world))
    regisseur = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
    clock.set_to(world.call.deadline)
    assert regisseur.get(f"{world.url}/{new.id}").status_code in (403, 404)
    open_seal(world)
    assert regisseur.get(f"{world.url}/{new.id}").data == b"nieuw"
    assert regisseur.get(f"{world.url}/{old.id}").status_code == 404
    assert regisseur.get(f"{world.url}/{draft.id}").status_code == 404
    page = regisseur.get(f"/kandidaturen/{world.proposal.id}/lezen").text
    assert "<bdi>nieuw.txt</bdi>" in page and "kladje" not in page
    assert regisseur.get(world.url).status_code in (403, 404)


def test_what_was_withdrawn_is_read_by_nobody_else(world: World, app: Flask) -> None:
    file = attach(world.proposal.id, "a.txt", TEXT, by=by(world))
    submit_proposal(world.proposal.id, key="k" * 32, by=by(world))
    withdraw_proposal(world.proposal.id, by=by(world))
    open_seal(world)
    regisseur = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
    assert regisseur.get(f"{world.url}/{file.id}").status_code == 404


def test_a_conflict_of_interest_closes_the_files(app: Flask) -> None:
    region = make.make_region()
    call = make.make_call(region, Phase.WRITTEN)
    organisation = make.make_organisation()
    proposal = make.make_proposal(call, organisation, submitted=True)
    file = make.make_attachment(proposal)
    juror = make.make_juror(call)

    def declare(clash: bool) -> None:
        with transaction() as now:
            row = db.session.scalar(select(ConflictDeclaration)) or ConflictDeclaration(
                addendum_id=call.id, juror_id=juror.id, organisation_id=organisation.id
            )
            row.in_conflict, row.kind, row.declared_at = clash, "board" if clash else "", now
            db.session.add(row)

    url = f"/kandidaturen/{proposal.id}/bijlagen/{file.id}"
    reader = app.test_client().sign_in(juror)  # type: ignore[attr-defined]
    assert reader.get(url).status_code == 403  # nothing declared yet
    declare(False)
    assert reader.get(url).data == b"Een verslag."
    declare(True)
    assert reader.get(url).status_code in (403, 404)


# --- the virus scanner


class FakeScanner(socketserver.StreamRequestHandler):
    """The part of clamd's protocol that is used: INSTREAM, in either way of writing a command."""

    answer = b"stream: OK"

    def handle(self) -> None:
        command = self.rfile.readline() if self.rfile.peek(1)[:1] == b"n" else self.rfile.read(10)
        assert b"INSTREAM" in command
        received = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            received += self.rfile.read(size)
        found = b"stream: Eicar-Signature FOUND" if b"X5O!P%" in received else self.answer
        self.wfile.write(found + (b"\n" if command.startswith(b"n") else b"\x00"))


@pytest.fixture
def scanner(app: Flask) -> Iterator[Any]:
    """A scanner on loopback, set in the settings."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), FakeScanner)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, clamd=f"127.0.0.1:{server.server_address[1]}")
    yield server
    app.config["SETTINGS"] = before
    server.shutdown()
    server.server_close()


def test_a_clean_file_is_scanned_and_kept(world: World, scanner: Any) -> None:
    file = attach(world.proposal.id, "a.txt", b"a" * 3_000_000, by=by(world))
    assert db.session.get_one(Attachment, file.id).scanned


def test_an_infected_file_is_refused_and_only_the_log_names_the_find(
    world: World, client: FlaskClient, scanner: Any
) -> None:
    answer = send(client.sign_in(world.owner), world, "a.txt", b"X5O!P%@AP test")
    assert answer.status_code == 422 and "Eicar" not in answer.text
    assert [one.details for one in actions("proposal.file_infected")] == [{"find": "Eicar-Signature"}]
    assert objects() == []


def test_a_scanner_that_does_not_answer_keeps_files_out(
    world: World, client: FlaskClient, app: Flask, scanner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in(world.owner)
    monkeypatch.setattr(FakeScanner, "answer", b"INSTREAM size limit exceeded. ERROR")
    assert send(client, world).status_code == 422
    monkeypatch.setattr(FakeScanner, "answer", b"nonsense")
    assert send(client, world).status_code == 422
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], clamd="127.0.0.1:1")
    silent = send(client, world)
    assert silent.status_code == 422 and "niet bewaard" in silent.json["message"]
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], clamd="/nergens/clamd.sock")
    assert send(client, world).status_code == 422
    assert objects() == []


def test_without_a_scanner_files_are_kept_as_not_scanned(world: World) -> None:
    file = attach(world.proposal.id, "a.txt", TEXT, by=by(world))
    assert not db.session.get_one(Attachment, file.id).scanned


# --- taking everything along


def test_the_archive_holds_everything_under_the_names_that_were_shown(world: World, app: Flask) -> None:
    names = ["\U0001f600 café.txt", "\u05d0\u05d1\u05d2.txt", "CON.txt", "x" * 190 + ".txt", 'a"b<c>:d.txt']
    for number, name in enumerate(names):
        attach(world.proposal.id, name, bytes([65 + number]), by=by(world))
    receipt = submit_proposal(world.proposal.id, key="k" * 32, by=by(world))
    open_seal(world)
    regisseur = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
    for url in (
        f"/oproepen/{world.call.id}/kandidaturen.zip",
        f"/kandidaturen/{world.proposal.id}/kandidatuur.zip",
    ):
        answer = regisseur.get(url)
        assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment")
        archive = zipfile.ZipFile(io.BytesIO(answer.data))
        assert archive.testzip() is None
        inside = archive.namelist()
        assert all(".." not in one and not one.startswith("/") and "\\" not in one for one in inside)
        files = {one.rpartition("/")[2]: archive.read(one) for one in inside if "/bijlagen/" in one}
        assert files == {
            "\U0001f600 café.txt": b"A",
            "\u05d0\u05d1\u05d2.txt": b"B",
            "_CON.txt": b"C",
            "x" * 190 + ".txt": b"D",
            "a_b_c__d.txt": b"E",
        }
        content = next(archive.read(one) for one in inside if one.endswith("kandidatuur.json"))
        assert sha256(content).hexdigest() == receipt.sha256
        assert next(archive.read(one) for one in inside if one.endswith(".pdf")).startswith(b"%PDF")
        assert receipt.sha256 in archive.read("overzicht.json").decode()
        assert all(one.flag_bits & 0x800 for one in archive.infolist() if not one.filename.isascii())


def test_the_archive_is_closed_before_the_opening_and_leaves_out_conflicts(app: Flask) -> None:
    world = build()
    attach(world.proposal.id, "a.txt", TEXT, by=by(world))
    submit_proposal(world.proposal.id, key="k" * 32, by=by(world))
    url = f"/oproepen/{world.call.id}/kandidaturen.zip"
    regisseur = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
    assert regisseur.get(url).status_code in (403, 404)
    assert app.test_client().sign_in(world.owner).get(url).status_code in (403, 404)  # type: ignore[attr-defined]
    open_seal(world)
    call = load_call(world.call.id, clock.now())
    organisation_id = world.proposal.organisation_id
    with_all = zipfile.ZipFile(io.BytesIO(b"".join(archive_of(call, set(), clock.now()))))
    without = zipfile.ZipFile(io.BytesIO(b"".join(archive_of(call, {organisation_id}, clock.now()))))
    assert len(with_all.namelist()) == 5 and without.namelist() == ["overzicht.json"]
    assert with_all.read("verslag-van-de-opening.pdf").startswith(b"%PDF")


def test_a_damaged_file_holds_up_nothing_else_in_the_archive(
    world: World, app: Flask, empty_storage: Path
) -> None:
    file = attach(world.proposal.id, "a.txt", TEXT, by=by(world))
    submit_proposal(world.proposal.id, key="k" * 32, by=by(world))
    open_seal(world)
    (empty_storage / db.session.get_one(Attachment, file.id).object_key).unlink()
    regisseur = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
    answer = regisseur.get(f"/oproepen/{world.call.id}/kandidaturen.zip")
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert any(one.endswith("a.txt.BESCHADIGD.txt") for one in names)
