"""A juror's sheet: saving, handing in, and everything that is refused with what was typed kept."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.domain.timeline import Phase
from app.evaluation.models import ScoreSheet
from app.infra.database import db, transaction
from tests import factories as make
from tests.evaluation.world import World, build, declare, fields, may_skip, sheet, shortlist

XHR = {"X-Requested-With": "XMLHttpRequest"}


def post(client: FlaskClient, world: World, data: dict[str, str], **more: Any) -> Any:
    return client.post(f"/kandidaturen/{world.proposals[0].id}/scoreblad/written", data=data, **more)


def stored(world: World) -> ScoreSheet | None:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalar(select(ScoreSheet).where(ScoreSheet.juror_id == world.jurors[1].id))


@pytest.fixture
def world(app: Flask) -> World:
    return build()


@pytest.fixture
def juror(client: FlaskClient, world: World) -> FlaskClient:
    return client.sign_in(world.jurors[1])


def test_the_sheet_shows_the_proposal_beside_the_described_levels(juror: FlaskClient, world: World) -> None:
    text = juror.get(f"/kandidaturen/{world.proposals[0].id}/scoreblad/written").get_data(as_text=True)
    assert "Wij gaan naast mensen staan." in text
    assert "Niveau 5" in text and "De kandidaat ziet dit niet" in text


def test_saving_keeps_everything_and_hands_in_nothing(juror: FlaskClient, world: World) -> None:
    answer = post(juror, world, fields(world, remark_internal="Bespreken."))
    assert answer.status_code == 302
    saved = stored(world)
    assert saved is not None and saved.submitted_at is None and saved.version == 1
    assert {(one.level, one.reason) for one in saved.scores} == {(4, "Sterk onderbouwd.")}
    assert saved.remark_internal == "Bespreken."


def test_handing_in_leads_to_the_next_proposal_and_is_logged(juror: FlaskClient, world: World) -> None:
    answer = post(juror, world, fields(world, act="send"))
    onward = juror.get(answer.headers["Location"])
    assert onward.headers["Location"] == f"/kandidaturen/{world.proposals[1].id}/scoreblad/written"
    saved = stored(world)
    assert saved is not None and saved.submitted_at is not None
    actions = db.session.scalars(select(AuditEntry.action)).all()
    assert "sheet.submitted" in actions


@pytest.mark.parametrize("level", ["6", "-1", "3.5", "NaN", "inf", "３", " 3", "03", "1e0", "drie", "٣"])
def test_a_level_that_was_not_published_is_refused(juror: FlaskClient, world: World, level: str) -> None:
    answer = post(juror, world, fields(world, level=level, reason="Dit blijft staan."))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Kies een van de niveaus van de schaal" in text and "Dit blijft staan." in text
    assert stored(world) is None


def test_handing_in_without_a_reason_names_what_is_missing(juror: FlaskClient, world: World) -> None:
    first = world.criteria()[0].id
    data = fields(world, act="send", reason="Wel geschreven.") | {f"reason-{first}": "   "}
    answer = post(juror, world, data)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Schrijf waarom je dit niveau gaf voor ‘Criterium 1’" in text and f'href="#reason-{first}"' in text
    assert "Wel geschreven." in text and stored(world) is None


def test_handing_in_without_a_level_is_refused(juror: FlaskClient, world: World) -> None:
    data = fields(world, act="send")
    data.pop(f"level-{world.criteria()[0].id}")
    answer = post(juror, world, data)
    assert answer.status_code == 422 and "Kies een niveau voor" in answer.get_data(as_text=True)


def test_what_does_not_apply_is_kept_with_its_reason(juror: FlaskClient, world: World) -> None:
    may_skip(world, 0)
    first = world.criteria()[0].id
    data = fields(world, act="send") | {f"level-{first}": "na", f"reason-{first}": "Vraagt deze oproep niet."}
    assert post(juror, world, data).status_code == 302
    saved = stored(world)
    assert saved is not None and saved.submitted_at is not None
    kept = {one.criterion_id: (one.level, one.not_applicable) for one in saved.scores}
    assert kept[first] == (None, True) and (4, False) in kept.values()
    text = juror.get(f"/kandidaturen/{world.proposals[0].id}/scoreblad/written").get_data(as_text=True)
    assert "Niet van toepassing" in text and "Vraagt deze oproep niet." in text
    beside = juror.get(f"/kandidaturen/{world.proposals[0].id}/scorebladen/lopende-ronde")
    assert "n.v.t." in beside.get_data(as_text=True)
    assert "<strong>80</strong>" in beside.get_data(as_text=True)


def test_a_level_takes_the_place_of_not_applicable(juror: FlaskClient, world: World) -> None:
    may_skip(world, 0)
    first = world.criteria()[0].id
    post(juror, world, fields(world) | {f"level-{first}": "na"})
    assert post(juror, world, fields(world, version="1")).status_code == 302
    saved = stored(world)
    assert saved is not None
    assert {(one.level, one.not_applicable) for one in saved.scores} == {(4, False)}


def test_not_applicable_is_refused_where_the_call_did_not_allow_it(juror: FlaskClient, world: World) -> None:
    page = juror.get(f"/kandidaturen/{world.proposals[0].id}/scoreblad/written").get_data(as_text=True)
    assert "Niet van toepassing" not in page
    answer = post(juror, world, fields(world, level="na", reason="Dit blijft staan."))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and stored(world) is None
    assert "is bij elke kandidaat van toepassing" in text and "Dit blijft staan." in text


def test_not_applicable_asks_for_a_reason_as_a_level_does(juror: FlaskClient, world: World) -> None:
    may_skip(world, 0)
    first = world.criteria()[0].id
    data = fields(world, act="send") | {f"level-{first}": "na", f"reason-{first}": ""}
    answer = post(juror, world, data)
    assert answer.status_code == 422 and "Schrijf waarom" in answer.get_data(as_text=True)


def test_a_sheet_in_which_nothing_applies_cannot_be_handed_in(juror: FlaskClient, world: World) -> None:
    may_skip(world, 0, 1)
    answer = post(juror, world, fields(world, level="na", act="send"))
    assert answer.status_code == 422 and "zonder niveau is er geen score" in answer.get_data(as_text=True)
    assert post(juror, world, fields(world, level="na")).status_code == 302


def test_a_reason_has_the_length_the_call_asks_for(juror: FlaskClient, world: World) -> None:
    with transaction():
        db.session.merge(world.call).least_reason = 20
    address = f"/kandidaturen/{world.proposals[0].id}/scoreblad/written"
    assert "minstens 20 tekens" in juror.get(address).get_data(as_text=True)
    blanks = "Te kort." + " " * 40 + "Ja."
    answer = post(juror, world, fields(world, act="send", reason=blanks))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "minstens 20 tekens waarom; het zijn er nu 12" in text
    assert post(juror, world, fields(world, reason="Te kort.")).status_code == 302  # saving always can
    whole = fields(world, act="send", version="1", reason="é" * 20)
    assert post(juror, world, whole).status_code == 302
    saved = stored(world)
    assert saved is not None and saved.submitted_at is not None


def test_a_criterion_of_another_call_or_round_is_refused(juror: FlaskClient, world: World) -> None:
    for foreign in (build().criteria()[0].id, world.criteria("pitch")[0].id, "abc", "-3"):
        answer = post(juror, world, fields(world) | {f"level-{foreign}": "3"})
        assert answer.status_code == 422
        assert "niet bij deze ronde hoort" in answer.get_data(as_text=True)
    assert stored(world) is None


def test_a_text_beyond_the_limit_is_refused_and_kept(juror: FlaskClient, world: World) -> None:
    answer = post(juror, world, fields(world, reason="x" * 5001))
    assert answer.status_code == 422 and "te lang" in answer.get_data(as_text=True)


def test_two_tabs_show_both_texts_and_lose_neither(juror: FlaskClient, world: World) -> None:
    assert post(juror, world, fields(world, reason="Uit het eerste tabblad.")).status_code == 302
    answer = post(juror, world, fields(world, reason="Uit het tweede tabblad."))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Uit het eerste tabblad." in text and "Uit het tweede tabblad." in text
    assert 'name="version" value="1"' in text
    again = post(juror, world, fields(world, reason="Uit het tweede tabblad.", version="1"))
    assert again.status_code == 302
    saved = stored(world)
    assert saved is not None and {one.reason for one in saved.scores} == {"Uit het tweede tabblad."}


def test_saving_while_typing_sends_only_what_changed(juror: FlaskClient, world: World) -> None:
    first, second = (one.id for one in world.criteria())
    one = post(juror, world, {"version": "0", f"level-{first}": "2"}, headers=XHR)
    assert one.json["state"] == "saved" and one.json["version"] == 1
    two = post(juror, world, {"version": "1", f"reason-{second}": "Omdat."}, headers=XHR)
    assert two.json["version"] == 2
    saved = stored(world)
    assert saved is not None
    assert {row.criterion_id: (row.level, row.reason) for row in saved.scores} == {
        first: (2, ""),
        second: (None, "Omdat."),
    }
    stale = post(juror, world, {"version": "1", f"reason-{second}": "Anders."}, headers=XHR)
    assert stale.status_code == 409
    assert stale.json["theirs"] == {f"reason-{second}": "Omdat."} and stale.json["version"] == 2


def test_a_sheet_that_is_in_must_be_reopened_before_it_changes(juror: FlaskClient, world: World) -> None:
    post(juror, world, fields(world, act="send"))
    refused = post(juror, world, fields(world, reason="Anders.", version="1"))
    assert refused.status_code == 422 and "Heropen het eerst" in refused.get_data(as_text=True)
    assert "Anders." in refused.get_data(as_text=True)
    closed = post(juror, world, fields(world, reason="Anders.", version="1"), headers=XHR)
    assert closed.json["state"] == "closed"
    juror.post(f"/kandidaturen/{world.proposals[0].id}/scoreblad/written/heropenen")
    saved = stored(world)
    assert saved is not None and saved.submitted_at is None
    assert "sheet.reopened" in db.session.scalars(select(AuditEntry.action)).all()
    assert post(juror, world, fields(world, reason="Anders.", version="2")).status_code == 302


@pytest.mark.parametrize("phase", [Phase.PITCH, Phase.DECIDED, Phase.COMMUNICATED])
def test_after_the_round_a_sheet_is_refused_and_the_text_comes_back(
    client: FlaskClient, phase: Phase
) -> None:
    world = build(phase)
    answer = post(client.sign_in(world.jurors[1]), world, fields(world, reason="Te laat getypt."))
    assert answer.status_code == 403 and "Te laat getypt." in answer.get_data(as_text=True)
    assert stored(world) is None


def test_a_conflict_refuses_the_sheet_and_shows_no_content(juror: FlaskClient, world: World) -> None:
    declare(world, world.jurors[1], conflicts=(0,))
    answer = post(juror, world, fields(world, reason="Mijn tekst."))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 403 and "belangenconflict" in text and "Mijn tekst." in text
    assert "Wij gaan naast mensen staan." not in text
    assert juror.get(f"/kandidaturen/{world.proposals[0].id}/scoreblad/written").status_code == 403


def test_who_did_not_declare_reads_nothing(client: FlaskClient) -> None:
    world = build(declared=False)
    client.sign_in(world.jurors[1])
    for path in ("scoreblad/written", "lezen"):
        answer = client.get(f"/kandidaturen/{world.proposals[0].id}/{path}")
        assert answer.status_code == 403 and "Verklaar eerst" in answer.get_data(as_text=True)
        assert "Wij gaan naast mensen staan." not in answer.get_data(as_text=True)
    assert post(client, world, fields(world)).status_code == 403
    assert stored(world) is None


def test_somebody_else_finds_nothing(client: FlaskClient, world: World) -> None:
    stranger = make.make_user("Vreemde")
    for user in (stranger, world.regisseur, make.make_juror(make.make_call(make.make_region()))):
        answer = post(client.sign_in(user), world, fields(world))
        assert answer.status_code == 404
    assert client.sign_in(world.jurors[1]).get("/kandidaturen/999999/scoreblad/written").status_code == 404


def test_signed_out_the_text_is_kept_in_a_form(client: FlaskClient, world: World) -> None:
    answer = post(client, world, fields(world, reason="Lang nagedacht."))
    assert answer.status_code == 401 and "Lang nagedacht." in answer.get_data(as_text=True)
    assert post(client, world, fields(world), headers=XHR).json == {"state": "signed_out"}


def test_the_pitch_is_scored_only_for_who_was_invited(client: FlaskClient) -> None:
    world = build(Phase.PITCH)
    sheet(world, 0, world.jurors[1], [2, 3])
    shortlist(world, 0)
    client.sign_in(world.jurors[1])
    text = client.get(f"/kandidaturen/{world.proposals[0].id}/scoreblad/pitch").get_data(as_text=True)
    assert "Je scores uit de schriftelijke ronde" in text
    data = {"version": "0", "act": "send"}
    for one in world.criteria("pitch"):
        data |= {f"level-{one.id}": "5", f"reason-{one.id}": "Overtuigend."}
    assert client.post(f"/kandidaturen/{world.proposals[0].id}/scoreblad/pitch", data=data).status_code == 302
    other = world.proposals[1].id
    assert client.get(f"/kandidaturen/{other}/scoreblad/pitch").status_code == 404
    refused = client.post(f"/kandidaturen/{other}/scoreblad/pitch", data=data)
    assert refused.status_code == 422 and "niet uitgenodigd" in refused.get_data(as_text=True)


def test_the_database_admits_no_level_that_was_not_published(app: Flask, world: World) -> None:
    made = sheet(world, 0, world.jurors[1], [3, 3])
    with pytest.raises(Exception, match=r"FOREIGN KEY|fk_score_published_level"), transaction():
        db.session.merge(made).scores[0].level = 9
