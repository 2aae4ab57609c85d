"""Everything of a call is in its dossier, once, and the same data gives the same bytes."""

import io
import json
import re

import pytest
from flask import Flask
from sqlalchemy import update

from app.addenda.queries import load_call
from app.decisions.models import Decision, SignedRanking
from app.domain.dossier import KINDS
from app.dossiers.collecting.gathering import gather
from app.dossiers.collecting.sources import NOT_IN_IT, SOURCES
from app.infra import clock
from app.infra.database import db, transaction
from app.infra.signing import public_key
from app.infra.storage import delete
from app.proposals.models import Attachment, Submission
from tests import factories as make
from tests.counting import queries
from tests.decisions import world as decided
from tests.dossiers.world import build, made, manifest, opened
from tools.verify_dossier import examine


def test_every_table_is_in_the_dossier_or_says_why_not() -> None:
    taken = {one.table.name for one in SOURCES}
    assert not taken & NOT_IN_IT.keys()
    assert taken | NOT_IN_IT.keys() == set(db.metadata.tables)


def test_no_column_that_opens_something_is_ever_in_it() -> None:
    secret = {"object_key", "key", "token_sha256", "password", "code", "client_key", "wrapped"}
    for one in SOURCES:
        assert not secret & {column.name for column in one.table.columns} - one.without, one.table.name


def test_the_whole_of_a_call_is_in_it_and_fits(app: Flask) -> None:
    world = build()
    data = made(world)
    finding = examine(io.BytesIO(data), public_key())
    assert finding.problems == [] and finding.entries > 3
    files = opened(data)
    kinds = {one["kind"] for one in manifest(data)["files"]}
    absent = {"werksessies", "ontvankelijkheid", "pitch", "consensus", "samenstelling", "partnerschap"}
    assert kinds == KINDS.keys() - absent
    first = world.proposals[0].id
    for path in (
        f"kandidaturen/{first}/kandidatuur.json",
        f"kandidaturen/{first}/kandidatuur.pdf",
        f"kandidaturen/{first}/ontvangstbewijs.json",
        f"scores/{first}.json",
        f"beslissingen/{first}.json",
        f"brieven/{first}/beslissing-1.pdf",
        "rangschikking/ondertekend.json",
        "opening/verslag.pdf",
        "index.html",
        "LEESMIJ.txt",
    ):
        assert path in files, path
    signed = db.session.get(SignedRanking, world.call.id)
    assert signed is not None and files["rangschikking/ondertekend.json"].decode() == signed.content
    decision = json.loads(files[f"beslissingen/{first}.json"])
    assert decision["decision"][0]["number"] == 1 and decision["decision_notice"]
    attachments = [path for path in files if "/bijlagen/" in path]
    assert len(attachments) == 3 and files[attachments[0]].startswith(b"Verslag van een vzw.")


def test_the_page_in_it_leads_to_every_file_by_applicant_and_runs_nothing(app: Flask) -> None:
    world = build()
    files = opened(made(world))
    page = files["index.html"].decode()
    links = set(re.findall(r'href="([^"#]+)"', page))
    assert links == files.keys() - {"index.html", "handtekening.json"}
    assert "<script" not in page and "http" not in page and " on" not in re.sub(r">[^<]*<", "><", page)
    heads = re.findall(r"<h3><bdi>(.*?)</bdi>", page)
    assert heads == sorted(one.name for one in world.organisations)
    assert "Beslissingen meegedeeld" in page


def test_the_page_of_the_public_version_names_only_who_was_chosen(app: Flask) -> None:
    world = build()
    page = opened(made(world, "public"))["index.html"].decode()
    assert world.organisations[0].name in page and world.organisations[2].name not in page
    assert "Kandidaat zonder naam" in page and "Wat niet in deze versie zit" in page
    assert f"kandidatuur {world.proposals[2].id}" in page


def test_the_same_data_gives_the_same_bytes(app: Flask) -> None:
    world = build()
    assert made(world) == made(world)
    assert made(world, "public") == made(world, "public")


def test_a_draft_and_what_was_withdrawn_stay_unknown(app: Flask) -> None:
    world = build()
    draft = make.make_proposal(world.call, make.make_organisation("Vzw Nooit Ingediend"))
    gone = make.make_proposal(world.call, make.make_organisation("Vzw Teruggetrokken"), submitted=True)
    make.log_submission(gone)
    with transaction() as now:
        db.session.execute(
            update(Submission).where(Submission.proposal_id == gone.id).values(withdrawn_at=now)
        )
    whole = made(world)
    for trace in ("Nooit Ingediend", "Teruggetrokken", str(draft.id), str(gone.id)):
        assert trace.encode() not in whole


def test_a_decision_that_was_not_told_is_in_no_dossier(app: Flask) -> None:
    world = build()
    with transaction() as now:
        db.session.add(
            Decision(
                addendum_id=world.call.id,
                proposal_id=world.proposals[1].id,
                number=2,
                cause="reserve",
                outcome="selected",
                motivation="Nog geheim: deze kandidaat schuift op.",
                legal_basis="Wet",
                appeal_routes="Raad van State",
                proposed_by_id=world.chair.id,
                proposed_at=now,
            )
        )
    assert b"Nog geheim" not in made(world)


def test_a_file_that_is_gone_holds_up_none_of_the_others(app: Flask) -> None:
    world = build()
    attachment = db.session.query(Attachment).filter_by(proposal_id=world.proposals[0].id).one()
    delete(attachment.object_key)
    data = made(world)
    files = opened(data)
    told = f"kandidaturen/{world.proposals[0].id}/bijlagen/{attachment.id}-txt-BESCHADIGD.txt"
    assert "beschadigd" in files[told].decode()
    assert examine(io.BytesIO(data)).problems == []


def test_a_damaged_proposal_is_missing_as_text_and_as_pdf_and_the_rest_still_checks(app: Flask) -> None:
    world = build()
    one = world.proposals[0].id
    with transaction():
        db.session.execute(
            update(Submission).where(Submission.proposal_id == one).values(sealed_content=b"stuk" * 20)
        )
    data = made(world)
    files = opened(data)
    for name in ("kandidatuur-json-BESCHADIGD.txt", "kandidatuur-pdf-BESCHADIGD.txt"):
        assert "niet meer leesbaar" in files[f"kandidaturen/{one}/{name}"].decode()
    paths = [entry["path"] for entry in manifest(data)["files"]]
    assert len(paths) == len(set(paths))
    assert examine(io.BytesIO(data)).problems == []


def test_while_another_call_is_sealed_the_log_has_no_numbers(app: Flask) -> None:
    world = build()
    assert b'"seq":' in opened(made(world))["log/log.jsonl"]
    other = make.make_call(make.make_region(), make.Phase.OPEN)
    with transaction() as now:
        other.published_at = now.replace(year=2020)
        db.session.add(other)
    data = made(world)
    log = opened(data)["log/log.jsonl"]
    assert b'"seq":' not in log and b"previous_sha256" not in log
    assert examine(io.BytesIO(data)).problems == []


@pytest.mark.parametrize("count", [1, 25])
def test_many_applicants_ask_the_database_as_much_as_three(app: Flask, count: int) -> None:
    few, many = decided.build(3), decided.build(count)
    for world in (few, many):
        make.make_opening(world.call, world.regisseur, world.chair)
        decided.tell_all(world)
    counts = []
    for world in (few, many):
        call = load_call(world.call.id, clock.now())
        with queries() as seen:
            gather(call)
        counts.append(len(seen))
    assert counts[0] == counts[1]
