"""The list of what a call asks formally."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.addenda.cloning.services import PARTS, Choice, clone
from app.addenda.publishing.discarding import discard_draft
from app.addenda.reviewing.imports import create_draft
from app.admissibility.dossiers import requirements_of
from app.admissibility.models import Requirement
from app.admissibility.requirements import Wanted, save_requirements, seal_of
from app.domain.admissibility import Kind
from app.domain.errors import DomainError
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from tests import factories as make

STATUTES = Wanted(Kind.DOCUMENT, "Statuten of oprichtingsbesluit", "De laatste versie.")


def kinds(addendum_id: int) -> list[str]:
    found = [str(row.kind) for row in requirements_of(addendum_id)]
    db.session.rollback()
    return found


def save(call: Any, by: Any, *wanted: Wanted, seen: str = "") -> None:
    rows = requirements_of(call.id)
    save_requirements(call.id, wanted, seen=seen or seal_of(rows), by=make.actor(by))


@pytest.fixture
def draft(app: Flask) -> tuple[Any, Any]:
    region = make.make_region()
    return make.make_call(region, Phase.DRAFT), make.make_regisseur(region)


def test_every_new_call_has_a_list_of_its_own(app: Flask) -> None:
    region = make.make_region()
    addendum_id = create_draft(region.id, by=make.actor(make.make_regisseur(region)))
    assert kinds(addendum_id) == ["in_time", "declared", "enterprise_number", "region", "quality"]
    assert db.session.scalars(select(Requirement).where(Requirement.addendum_id == addendum_id)).all()


def test_a_call_without_a_list_has_what_everybody_has(draft: Any) -> None:
    assert kinds(draft[0].id) == ["in_time", "declared", "enterprise_number", "region", "quality"]


def test_the_regisseur_edits_the_list_of_a_draft_and_what_is_automatic_stays(draft: Any) -> None:
    call, regisseur = draft
    save(call, regisseur, STATUTES)
    assert kinds(call.id) == ["in_time", "declared", "enterprise_number", "document"]


def test_a_clone_copies_the_list(app: Flask) -> None:
    region = make.make_region()
    by = make.actor(make.make_regisseur(region))
    source = create_draft(region.id, by=by)
    save_requirements(source, [STATUTES], seen=seal_of(requirements_of(source)), by=by)
    copy = clone(source, region.id, Choice("Nog een oproep", frozenset(PARTS)), by=by)
    assert kinds(copy) == ["in_time", "declared", "enterprise_number", "document"]


def test_a_draft_that_is_thrown_away_takes_its_list_along(app: Flask) -> None:
    region = make.make_region()
    by = make.actor(make.make_regisseur(region))
    addendum_id = create_draft(region.id, by=by)
    discard_draft(addendum_id, seen=1, notes_too=False, by=by)
    assert db.session.scalars(select(Requirement)).all() == []


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.WRITTEN])
def test_the_list_is_frozen_at_publication(app: Flask, phase: Phase) -> None:
    region = make.make_region()
    call, regisseur = make.make_call(region, phase), make.make_regisseur(region)
    with pytest.raises(DomainError) as error:
        save(call, regisseur, STATUTES)
    assert error.value.code == "not_in_this_phase"


def test_a_planned_call_is_frozen_too(draft: Any) -> None:
    call, regisseur = draft
    with transaction() as now:
        db.session.merge(call).published_at = now
        db.session.merge(call).launch = make.some_day(3)
    with pytest.raises(DomainError) as error:
        save(call, regisseur, STATUTES)
    assert error.value.code == "call_is_published"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([Wanted(Kind.DOCUMENT, "")], "admissibility_text_missing"),
        ([Wanted(Kind.DOCUMENT, "x" * 301)], "admissibility_text_long"),
        ([Wanted(Kind.IN_TIME, "Op tijd")], "admissibility_kind_unknown"),
        ([STATUTES] * 21, "admissibility_list_long"),
    ],
)
def test_a_line_that_says_nothing_is_refused(draft: Any, lines: list[Wanted], code: str) -> None:
    with pytest.raises(DomainError) as error:
        save(*draft, *lines)
    assert error.value.code == code


def test_two_regisseurs_at_once_lose_nothing(draft: Any, client: Any) -> None:
    call, regisseur = draft
    seen = seal_of(requirements_of(call.id))
    save(call, regisseur, STATUTES)
    url = f"/oproepen/{call.id}/bewerken/vormvereisten"
    sent = {"seen": seen, "count": "1", "lines-0-kind": "other", "lines-0-text": "Een eigen regel"}
    answer = client.sign_in(regisseur).post(url, data=sent)
    assert answer.status_code == 409
    assert "Statuten of oprichtingsbesluit" in answer.text and "Een eigen regel" in answer.text


def test_the_page_asks_for_one_more_line_without_saving(draft: Any, client: Any) -> None:
    call, regisseur = draft
    url = f"/oproepen/{call.id}/bewerken/vormvereisten"
    page = client.sign_in(regisseur).get(url)
    assert page.status_code == 200 and "Regel 4" in page.text
    sent = {"more": "1", "count": "4", "lines-3-text": "Half geschreven"}
    page = client.post(url, data=sent)
    assert "Regel 5" in page.text and "Half geschreven" in page.text
    assert len(kinds(call.id)) == 5


def test_the_page_saves_removes_and_points_at_what_is_wrong(draft: Any, client: Any) -> None:
    call, regisseur = draft
    client.sign_in(regisseur)
    url = f"/oproepen/{call.id}/bewerken/vormvereisten"
    sent: dict[str, str] = {"seen": seal_of(requirements_of(call.id)), "count": "3"}
    sent |= {"lines-0-remove": "y", "lines-0-text": "Weg", "lines-2-explanation": "zonder tekst"}
    page = client.post(url, data=sent)
    assert page.status_code == 422 and "#lines-2-text" in page.text
    sent |= {"lines-2-text": "Statuten", "lines-2-kind": "document"}
    assert client.post(url, data=sent).status_code == 302
    assert kinds(call.id)[-2:] == ["quality", "document"] and len(kinds(call.id)) == 5


@pytest.mark.parametrize("count", ["-1", "999999", "x", "³"])
def test_a_tampered_count_is_no_error(draft: Any, client: Any, count: str) -> None:
    call, regisseur = draft
    url = f"/oproepen/{call.id}/bewerken/vormvereisten"
    assert client.sign_in(regisseur).post(url, data={"count": count}).status_code in (302, 409, 422)


def test_everybody_reads_the_list_on_the_page_of_the_call(app: Flask, client: Any) -> None:
    call = make.make_call(make.make_region())
    page = client.get(f"/oproepen/{call.id}")
    assert "Wat formeel in orde moet zijn" in page.text
    assert "geldig ondernemingsnummer" in page.text


def test_the_applicant_reads_it_beside_the_checklist(app: Flask, client: Any) -> None:
    call, organisation = make.make_call(make.make_region()), make.make_organisation()
    owner = make.make_member(organisation)
    proposal = make.make_proposal(call, organisation, owner)
    page = client.sign_in(owner).get(f"/kandidaturen/{proposal.id}/indienen")
    assert "Wat formeel in orde moet zijn" in page.text


def test_the_rows_of_a_list_are_gone_when_asked(draft: Any) -> None:
    call, regisseur = draft
    save(call, regisseur, STATUTES)
    with transaction():
        db.session.execute(delete(Requirement))
    assert kinds(call.id)[-1] == "quality"


def test_an_error_names_the_line(draft: Any, client: Any) -> None:
    call, regisseur = draft
    sent = {"seen": seal_of(requirements_of(call.id)), "count": "3", "lines-0-kind": "document"}
    sent |= {"lines-0-text": "Statuten", "lines-2-text": "x" * 301, "lines-2-kind": "document"}
    page = client.sign_in(regisseur).post(f"/oproepen/{call.id}/bewerken/vormvereisten", data=sent)
    assert '<a href="#lines-2-text">Regel 3: Deze tekst is te lang' in page.text


def test_a_tick_to_remove_survives_an_error(draft: Any, client: Any) -> None:
    call, regisseur = draft
    sent = {"seen": seal_of(requirements_of(call.id)), "count": "2", "lines-0-remove": "y"}
    sent |= {"lines-0-text": "Weg ermee", "lines-1-text": "", "lines-1-explanation": "zonder tekst"}
    page = client.sign_in(regisseur).post(f"/oproepen/{call.id}/bewerken/vormvereisten", data=sent)
    assert page.status_code == 422 and "Weg ermee" in page.text
    (box,) = re.findall(r'<input[^>]*id="lines-0-remove"[^>]*>', page.text)
    assert "checked" in box


def test_a_regisseur_reads_the_list_before_publishing_and_in_the_preview(draft: Any, client: Any) -> None:
    call, regisseur = draft
    save(call, regisseur, STATUTES)
    client.sign_in(regisseur)
    for address in ("publiceren", "voorbeeld"):
        page = client.get(f"/oproepen/{call.id}/{address}").text
        assert "Wat formeel in orde moet zijn" in page and STATUTES.text in page, address
