"""Who may take a dossier along, that it is written down, and deciding what is confidential."""

import io
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.audit.models import AuditEntry
from app.audit.queries import verify
from app.dossiers.models import DossierCopy, DossierMark
from app.evaluation.models import ConflictDeclaration
from app.infra.database import db, transaction
from app.infra.signing import public_key
from tests import factories as make
from tests.counting import queries
from tests.decisions.world import World
from tests.dossiers.world import build, opened
from tools.verify_dossier import examine

REASON = "Dit bevat bedrijfsgeheimen van de kandidaat."


def url(world: World, ending: str = "") -> str:
    return f"/oproepen/{world.call.id}/dossier{ending}"


def mark(client: FlaskClient, world: World, part: str, **fields: str) -> Any:
    given = {"mark": "left_out", "reason": REASON, "seen": "", **fields}
    return client.post(f"{url(world, '/onderdeel')}?deel={part}", data=given)


def test_it_is_taken_along_and_that_is_written_down(app: Flask, client: Any) -> None:
    world = build()
    signed_in = client.sign_in(world.regisseur)
    page = signed_in.get(url(world)).get_data(as_text=True)
    assert "Nog niemand." in page and "Kandidaturen" in page and "stukken" in page
    for version in ("full", "public"):
        answer = signed_in.post(url(world), data={"version": version})
        data = answer.get_data()
        assert answer.status_code == 200 and answer.mimetype == "application/zip"
        assert examine(io.BytesIO(data), public_key()).problems == []
        copy = db.session.scalars(select(DossierCopy).order_by(DossierCopy.id.desc()).limit(1)).one()
        assert copy.version == version and copy.by_id == world.regisseur.id
        assert json.loads(opened(data)["handtekening.json"])["manifest_sha256"] == copy.manifest_sha256
        assert copy.manifest_sha256 in signed_in.get(url(world)).get_data(as_text=True)
    actions = list(db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("dossier.%"))))
    assert actions == ["dossier.taken", "dossier.left"] * 2
    assert verify().problem == ""


def test_taking_it_does_not_change_it(app: Flask, client: Any) -> None:
    world = build()
    signed_in = client.sign_in(world.regisseur)
    first = signed_in.post(url(world), data={"version": "full"}).get_data()
    assert signed_in.post(url(world), data={"version": "full"}).get_data() == first


def test_an_observer_takes_it_and_marks_nothing(app: Flask, client: Any) -> None:
    world = build()
    observer = client.sign_in(make.make_regisseur(world.region, "observer"))
    assert observer.post(url(world), data={"version": "public"}).status_code == 200
    page = observer.get(url(world, "/onderdelen")).get_data(as_text=True)
    assert "dossier/onderdeel?" not in page
    assert mark(observer, world, "vragen/vragen").status_code == 404


def test_who_is_in_conflict_with_one_applicant_gets_nothing(app: Flask, client: Any) -> None:
    world = build()
    make.declare_free(world.call, [world.regisseur], world.organisations)
    with transaction():
        db.session.execute(
            update(ConflictDeclaration)
            .where(ConflictDeclaration.juror_id == world.regisseur.id)
            .values(in_conflict=True, kind="board")
        )
    signed_in = client.sign_in(world.regisseur)
    for ending in ("", "/onderdelen", "/onderdeel?deel=vragen/vragen"):
        assert signed_in.get(url(world, ending)).status_code == 403
    assert signed_in.post(url(world), data={"version": "full"}).status_code == 403
    assert mark(signed_in, world, "vragen/vragen").status_code == 403
    assert not db.session.scalars(select(DossierCopy)).all()


@pytest.mark.parametrize("version", ["", "alles", "FULL", "１"])
def test_a_version_that_is_none_is_refused_kindly(app: Flask, client: Any, version: str) -> None:
    world = build(1)
    answer = client.sign_in(world.regisseur).post(url(world), data={"version": version})
    assert answer.status_code == 422 and "Kies de volledige of de openbare versie" in answer.get_data(
        as_text=True
    )


def test_the_list_is_searched_and_filtered(app: Flask, client: Any) -> None:
    world = build()
    signed_in = client.sign_in(world.regisseur)

    def shown(query: str) -> str:
        answer = signed_in.get(f"{url(world, '/onderdelen')}?{query}")
        assert answer.status_code == 200
        return str(answer.get_data(as_text=True))

    name = world.organisations[2].name
    by_number = shown(f"zoek=brug+{world.proposals[2].id}")
    assert name in by_number and world.organisations[0].name not in by_number
    assert "log/log.jsonl" in shown("soort=log") and name not in shown("soort=log")
    assert "Geen stukken gevonden" in shown("zoek=bestaatniet")
    for odd in (
        "pagina=99999999999999999999",
        "pagina=-1",
        "pagina=%EF%BC%91",
        "soort=%00",
        "zoek=%00&enkel=x",
    ):
        assert shown(odd)


def test_a_mark_is_kept_with_its_reason_and_seen_in_the_public_version(app: Flask, client: Any) -> None:
    world = build()
    signed_in, part = client.sign_in(world.regisseur), f"scores/{world.proposals[0].id}"
    assert mark(signed_in, world, part).status_code == 302
    kept = db.session.scalars(select(DossierMark)).one()
    assert (kept.part, kept.mark, kept.reason) == (part, "left_out", REASON)
    data = signed_in.post(url(world), data={"version": "public"}).get_data()
    assert f"{part}.json" not in opened(data) and REASON in opened(data)["manifest.json"].decode()
    form = signed_in.get(f"{url(world, '/onderdeel')}?deel={part}").get_data(as_text=True)
    assert REASON in form
    seen = form.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
    assert mark(signed_in, world, part, mark="own_rule", seen=seen).status_code == 302
    assert not db.session.scalars(select(DossierMark)).all()
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.action == "dossier.marked")).all()[1]


def test_who_decides_on_an_older_page_is_told_what_a_colleague_decided(app: Flask, client: Any) -> None:
    world = build()
    signed_in, part = client.sign_in(world.regisseur), "vragen/vragen"
    assert mark(signed_in, world, part).status_code == 302
    again = mark(signed_in, world, part, mark="open", reason="Een andere reden van mij.")
    text = again.get_data(as_text=True)
    assert again.status_code == 409 and "Een andere reden van mij." in text and REASON in text
    assert db.session.scalars(select(DossierMark)).one().mark == "left_out"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"reason": ""}, "Schrijf waarom"),
        ({"reason": "kort"}, "Schrijf waarom"),
        ({"reason": "x" * 1001}, "te lang"),
        ({"mark": "weg"}, "Kies hoe dit deel"),
        ({"mark": "blackened"}, "Van een bestand"),
    ],
)
def test_what_does_not_fit_is_refused_and_kept(
    app: Flask, client: Any, fields: dict[str, str], told: str
) -> None:
    world = build(1)
    part = f"brieven/{world.proposals[0].id}/beslissing-1"
    answer = mark(client.sign_in(world.regisseur), world, part, **fields)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and told in text
    assert fields.get("reason", REASON) in text
    assert not db.session.scalars(select(DossierMark)).all()


@pytest.mark.parametrize("part", ["../config", "kandidaturen/999/kandidatuur", "x" * 4000, "%00", "manifest"])
def test_a_part_that_is_not_there_is_not_found(app: Flask, client: Any, part: str) -> None:
    world = build(1)
    signed_in = client.sign_in(world.regisseur)
    assert signed_in.get(f"{url(world, '/onderdeel')}?deel={part}").status_code == 404
    assert mark(signed_in, world, part).status_code == 404


def test_the_tool_is_there_for_everybody(app: Flask, client: Any) -> None:
    answer = client.get("/controle/verify_dossier.py")
    assert answer.status_code == 200 and b"def examine" in answer.get_data()


def test_the_pages_ask_as_much_for_many_applicants(app: Flask, client: Any) -> None:
    few, many = build(1), build(8)
    counts = []
    for world in (few, many):
        signed_in = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
        for ending in ("", "/onderdelen"):
            signed_in.get(url(world, ending))
            with queries() as seen:
                signed_in.get(url(world, ending))
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
