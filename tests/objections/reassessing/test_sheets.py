"""The sheet of somebody who evaluates a proposal anew: declared first, alone, never beside the old one."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.evaluation.models import ConflictDeclaration, ScoreSheet
from app.evaluation.policy import SheetRefused
from app.infra.database import db
from app.objections.models import ReassessmentScore, ReassessmentSheet
from app.objections.reassessing.queries import waiting_for
from app.objections.reassessing.scoring import declare_before, save_anew
from tests import factories as make
from tests.objections.reassessing.world import (
    REASON,
    REMARK,
    begun,
    closed,
    criteria_ids,
    entry,
    form,
    in_conflict,
    score_all,
)


def overview(objection_id: int) -> str:
    return f"/weerwoorden/{objection_id}/nieuwe-beoordeling"


def address(objection_id: int) -> str:
    return f"/weerwoorden/{objection_id}/nieuwe-beoordeling/scoreblad"


def test_declaring_comes_before_reading(client: FlaskClient) -> None:
    world, objection_id, (first, second) = begun()
    client.sign_in(first)
    page = client.get(address(objection_id)).text
    assert "Ik ben vrij om te oordelen" in page and "Obstakel 1.1" not in page
    by = make.actor(first)
    with pytest.raises(Forbidden, match="reassess_declare_first"):
        save_anew(objection_id, entry(world, 5), by=by)
    for typed in ({}, {"choice": "misschien"}, {"choice": "conflict"}, {"choice": "conflict", "kind": "x"}):
        refused = client.post(f"{overview(objection_id)}/belangen", data=typed)
        assert refused.status_code == 422, typed
    answer = client.post(f"{overview(objection_id)}/belangen", data={"choice": "free"})
    assert answer.headers["Location"].endswith(address(objection_id))
    page = client.get(address(objection_id)).text
    assert "Obstakel 1.1" in page and "Jouw scoreblad" in page and "data-autosave" in page
    rows = db.session.scalars(
        select(ConflictDeclaration.in_conflict).where(ConflictDeclaration.juror_id == first.id)
    ).all()
    assert rows == [False]


def test_a_conflict_closes_the_applicant_and_frees_the_place(client: FlaskClient) -> None:
    world, objection_id, (first, _) = begun()
    client.sign_in(first)
    said = {"choice": "conflict", "kind": "board", "explanation": "Ik zit in het bestuur."}
    answer = client.post(f"{overview(objection_id)}/belangen", data=said)
    assert answer.status_code == 302 and answer.headers["Location"].endswith("/")
    for url in (
        address(objection_id),
        f"/weerwoorden/{objection_id}/lezen",
        f"/kandidaturen/{world.proposals[2].id}/lezen",
        f"/weerwoorden/{objection_id}/nieuwe-beoordeling",
    ):
        assert client.get(url).status_code in (403, 404), url
    with pytest.raises((Forbidden, NotFound)):
        save_anew(objection_id, entry(world, 5), by=make.actor(first))
    client.sign_in(world.regisseur)
    assert "Belangenconflict: telt niet mee" in client.get(overview(objection_id)).text


def test_a_sheet_is_handed_in_with_every_criterion_of_both_rounds(client: FlaskClient) -> None:
    world, objection_id, (first, _) = begun()
    declare_before(objection_id, "free", "", "", by=make.actor(first))
    client.sign_in(first)
    page = client.get(address(objection_id)).text
    assert "Schriftelijke ronde" in page and "Pitchronde" in page
    answer = client.post(address(objection_id), data=form(world, 4))
    assert answer.status_code == 302
    db.session.rollback()
    sheet = db.session.scalars(select(ReassessmentSheet).where(ReassessmentSheet.juror_id == first.id)).one()
    assert sheet.submitted_at and sheet.remark_applicant == REMARK
    levels = db.session.scalars(select(ReassessmentScore.level)).all()
    assert levels == [4] * len(criteria_ids(world))
    shown = client.get(address(objection_id)).text
    assert "Ingediend" in shown and "<textarea" not in shown and REASON in shown
    again = client.post(address(objection_id), data=form(world, 4, version=1))
    assert again.status_code == 422 and "ingediend" in again.text.lower()


def test_saving_while_typing_answers_in_json_and_a_second_window_sees_both(client: FlaskClient) -> None:
    world, objection_id, (first, _) = begun("written")
    declare_before(objection_id, "free", "", "", by=make.actor(first))
    client.sign_in(first)
    one, two = criteria_ids(world, "written")[:2]
    headers = {"X-Requested-With": "XMLHttpRequest"}
    saved = client.post(
        address(objection_id), data={"version": "0", f"reason-{one}": "Een begin."}, headers=headers
    )
    assert saved.json["state"] == "saved" and saved.json["version"] == 1
    stale = client.post(
        address(objection_id), data={"version": "0", f"reason-{one}": "Iets anders."}, headers=headers
    )
    assert stale.status_code == 409 and stale.json["theirs"] == {f"reason-{one}": "Een begin."}
    other = client.post(
        address(objection_id), data={"version": "1", f"reason-{two}": "Erbij."}, headers=headers
    )
    assert other.json["state"] == "saved"
    page = client.post(address(objection_id), data={"version": "0", f"reason-{one}": "Iets anders."})
    assert page.status_code == 409 and "Een begin." in page.text and "Iets anders." in page.text
    with pytest.raises(Stale):
        save_anew(objection_id, entry(world, 3, "written"), by=make.actor(first))


def test_what_is_missing_or_foreign_is_refused_and_kept(client: FlaskClient) -> None:
    world, objection_id, (first, _) = begun()
    by = make.actor(first)
    declare_before(objection_id, "free", "", "", by=by)
    client.sign_in(first)
    whole = form(world, 4)
    one = criteria_ids(world)[0]
    for changes in (
        {f"level-{one}": ""},
        {f"level-{one}": "6"},
        {f"level-{one}": "４"},
        {f"level-{one}": "na"},
        {f"reason-{one}": ""},
        {"level-999999": "4"},
        {"level-x": "4"},
        {f"reason-{one}": "x" * 5_001},
    ):
        answer = client.post(address(objection_id), data=whole | changes)
        assert answer.status_code == 422, changes
        assert REMARK in answer.text
    nul = client.post(address(objection_id), data=whole | {f"reason-{one}": "\x00"})
    assert nul.status_code == 422
    with pytest.raises(SheetRefused):
        save_anew(objection_id, entry(world, 4, "written"), by=by, send=True)
    db.session.rollback()
    assert db.session.scalar(select(func.count(ReassessmentSheet.submitted_at))) == 0


def test_only_the_round_that_was_chosen_is_asked(client: FlaskClient) -> None:
    world, objection_id, (first, _) = begun("pitch")
    by = make.actor(first)
    declare_before(objection_id, "free", "", "", by=by)
    with pytest.raises(SheetRefused):
        save_anew(objection_id, entry(world, 4, "both"), by=by)
    save_anew(objection_id, entry(world, 4, "pitch"), by=by, send=True)


def test_who_was_not_asked_finds_nothing(client: FlaskClient) -> None:
    world, objection_id, _ = begun()
    for user in (world.regisseur, world.chair, world.jurors[0], world.owners[2], make.make_user()):
        client.sign_in(user)
        assert client.get(address(objection_id)).status_code in (403, 404)
        assert client.post(address(objection_id), data=form(world, 5)).status_code in (403, 404)
        said = client.post(f"{overview(objection_id)}/belangen", data={"choice": "free"})
        assert said.status_code in (403, 404)


def test_nobody_sees_what_another_gave_before_all_sheets_are_in(client: FlaskClient) -> None:
    world, objection_id, people = begun()
    score_all(world, objection_id, people[:1])
    for user in (world.regisseur, world.chair, people[1]):
        client.sign_in(user)
        page = client.get(overview(objection_id)).text
        assert REMARK not in page and REASON not in page and "Wat dit zou veranderen" not in page
        assert "1 van 2 scorebladen" in page
    score_all(world, objection_id, people[1:])
    client.sign_in(people[1])
    page = client.get(overview(objection_id)).text
    assert REMARK in page and REASON in page and "Wat dit zou veranderen" in page


def test_the_first_scores_stay_closed_until_the_own_sheet_is_in(client: FlaskClient) -> None:
    world, objection_id, (first, _) = begun()
    old = f"/kandidaturen/{world.proposals[2].id}/scorebladen"
    declare_before(objection_id, "free", "", "", by=make.actor(first))
    client.sign_in(first)
    refused = client.get(old)
    assert refused.status_code == 403 and "eerst je eigen" in refused.text
    assert client.get(f"/kandidaturen/{world.proposals[0].id}/scorebladen").status_code == 200
    client.sign_in(world.regisseur)
    assert client.get(old).status_code == 200, "who was not asked reads on"
    score_all(world, objection_id, [first])
    client.sign_in(first)
    assert client.get(old).status_code == 200


def test_after_closing_nothing_can_be_sent_and_what_was_typed_comes_back(client: FlaskClient) -> None:
    world, objection_id, people = closed()
    client.sign_in(people[0])
    answer = client.post(address(objection_id), data=form(world, 1, version=1))
    assert answer.status_code == 403 and REASON in answer.text and "afgesloten" in answer.text
    with pytest.raises(DomainError, match="reassess_closed"):
        declare_before(objection_id, "conflict", "board", "", by=make.actor(people[0]))


def test_a_conflict_declared_later_takes_the_sheet_out(client: FlaskClient) -> None:
    world, objection_id, people = begun(fresh=3)
    score_all(world, objection_id, people)
    in_conflict(world, people[0], world.organisations[2].id)
    client.sign_in(world.regisseur)
    page = client.get(overview(objection_id)).text
    assert "2 van 2 scorebladen" in page and "telt niet mee" in page


def test_the_home_page_names_what_is_asked(client: FlaskClient) -> None:
    world, objection_id, people = begun()
    for user in people:
        client.sign_in(user)
        home = client.get("/").text
        assert f'href="{address(objection_id)}"' in home and "opnieuw" in home
    score_all(world, objection_id, people[:1])
    assert waiting_for(people[0].id) == [] and len(waiting_for(people[1].id)) == 1
    client.sign_in(people[0])
    assert f'href="{address(objection_id)}"' not in client.get("/").text


def test_the_first_sheets_are_untouched(app: object) -> None:
    world, _, _ = closed()
    sheets = db.session.scalars(
        select(ScoreSheet).where(ScoreSheet.proposal_id == world.proposals[2].id)
    ).all()
    assert {one.juror_id for one in sheets} == {one.id for one in world.jurors}


def test_a_conflict_can_still_be_declared_on_the_page_after_being_free(client: FlaskClient) -> None:
    world, objection_id, people = begun(fresh=3)
    score_all(world, objection_id, people[:1])
    for user in people[:2]:
        if user is people[1]:
            declare_before(objection_id, "free", "", "", by=make.actor(user))
        client.sign_in(user)
        assert "toch een band" in client.get(address(objection_id)).text
        page = client.get(f"{address(objection_id)}?opnieuw=1").text
        assert "Ik heb een belangenconflict" in page and "Obstakel 1.1" not in page
        said = {"choice": "conflict", "kind": "board", "explanation": "Mijn zus werkt er."}
        assert client.post(f"{overview(objection_id)}/belangen", data=said).status_code == 302
        assert client.get(address(objection_id)).status_code in (403, 404)
    client.sign_in(world.regisseur)
    assert client.get(overview(objection_id)).text.count("Belangenconflict: telt niet mee") == 2


def test_closing_says_beforehand_that_it_stays(client: FlaskClient) -> None:
    world, objection_id, _ = begun()
    client.sign_in(world.regisseur)
    assert "Afsluiten kan je niet ongedaan maken" in client.get(overview(objection_id)).text
