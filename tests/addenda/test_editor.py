"""Writing a draft page by page: what is typed is kept, what is stored keeps its identity."""

import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.addenda.drafting.drafts import load_addendum
from app.addenda.models import Challenge, Goal, Obstacle
from app.audit.models import AuditEntry
from app.audit.queries import verify
from app.domain.life_domains import LIFE_DOMAINS
from app.domain.timeline import Phase
from app.infra.database import db
from tests import factories as make
from tests.addenda.helpers import fields, imported, send

PAGES = ("basis", "tijdlijn", "analyse", "criteria/written", "criteria/pitch", "drempels")


def challenge_of(draft: int, number: int = 1) -> Challenge:
    db.session.rollback()
    return next(one for one in load_addendum(draft).challenges if one.number == number)


def snapshot(draft: int) -> dict[str, object]:
    """Everything in the draft, with ids: a save without a change may not touch any of it."""
    db.session.rollback()
    addendum = load_addendum(draft)
    return {
        "title": addendum.title,
        "local_input": addendum.local_input,
        "deadline": addendum.deadline,
        "windows": [(one.day, one.start, one.end) for one in addendum.pitch_windows],
        "contacts": [(one.name, one.role, one.email, one.phone) for one in addendum.contacts],
        "obstacles": [
            (o.id, o.label, tuple(o.life_domains)) for c in addendum.challenges for o in c.obstacles
        ],
        "goals": [(g.id, g.text, [o.id for o in g.obstacles]) for c in addendum.challenges for g in c.goals],
        "analysis": [(one.id, one.text) for one in [*addendum.service_types, *addendum.findings]],
        "criteria": [
            (one.id, one.name, one.weight, one.minimum, one.may_be_skipped) for one in addendum.criteria
        ],
        "levels": [(one.value, one.description) for c in addendum.criteria for one in c.levels],
        "thresholds": (addendum.minimum_total, addendum.written_share, addendum.least_reason),
    }


def test_every_page_saves_unchanged_what_it_shows(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    before = snapshot(draft)
    rows = load_addendum(draft)
    pages = [
        *PAGES,
        *(f"personas/{one.id}" for one in rows.personas),
        *(f"uitdagingen/{one.id}" for one in rows.challenges),
    ]
    for page in pages:
        response = send(client, f"/oproepen/{draft}/bewerken/{page}")
        assert response.status_code == 302, page
    assert snapshot(draft) == before
    assert verify().broken_seq is None


def test_basics_are_saved_and_rows_left_empty_fall_away(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    path = f"/oproepen/{draft}/bewerken/basis"
    town = load_addendum(draft).municipalities[0].id
    changes = {"contacts-0-name": "Lien Maes", "municipalities": [str(town)], "ambition": "Niemand valt uit."}
    data = fields(client.get(path))
    for name, value in changes.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    data["contacts-1-name"] = ""
    assert client.post(path, data=data).status_code == 302
    db.session.rollback()
    addendum = load_addendum(draft)
    assert [one.name for one in addendum.contacts] == ["Lien Maes"]
    assert [one.id for one in addendum.municipalities] == [town]
    assert addendum.ambition == "Niemand valt uit."


def test_a_dangerous_address_or_a_foreign_municipality_is_refused_and_kept(client: FlaskClient) -> None:
    draft, regisseur = imported()
    foreign = make.make_region().municipalities[0].id
    client.sign_in(regisseur)
    path = f"/oproepen/{draft}/bewerken/basis"
    page = send(client, path, submission_url="javascript:alert(1)")
    assert page.status_code == 422
    assert "https://" in page.text and "javascript:alert(1)" in page.text
    assert send(client, path, municipalities=[str(foreign)]).status_code == 422
    assert send(client, path, title="x" * 201).status_code == 422
    assert send(client, path, ambition="x" * 6000).status_code == 422


def test_a_timeline_out_of_order_is_refused_at_its_field_with_what_was_typed(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    path = f"/oproepen/{draft}/bewerken/tijdlijn"
    before = snapshot(draft)
    page = send(client, path, written_from="2023-05-01", written_until="2023-05-10")
    assert page.status_code == 422
    assert "Dit moet na de uiterste indiendatum vallen." in page.text
    assert 'value="2023-05-10"' in page.text
    assert snapshot(draft) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"deadline": "2023-02-31"},
        {"deadline": "0001-01-01"},
        {"deadline": "9999-12-31"},
        {"deadline_time": "25:00"},
        {"objection_days": "NaN"},
        {"objection_days": "Infinity"},
        {"objection_days": "0"},
        {"objection_days": "9" * 5000},
        {"written_until": ""},
        {"pitch_windows-0-start": ""},
        {"pitch_windows-0-day": ""},
        {"pitch_windows-0-end": "08:00"},
    ],
    ids=str,
)
def test_a_date_that_is_none_is_refused(client: FlaskClient, changes: dict[str, str]) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    before = snapshot(draft)
    assert send(client, f"/oproepen/{draft}/bewerken/tijdlijn", **changes).status_code == 422
    assert snapshot(draft) == before


def test_the_last_minute_is_stored_as_the_first_that_is_too_late(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    send(client, f"/oproepen/{draft}/bewerken/tijdlijn", deadline="2023-06-01", deadline_time="12:00")
    db.session.rollback()
    assert load_addendum(draft).deadline.isoformat() == "2023-06-01T10:01:00+00:00"


def test_a_persona_gets_a_story_strengths_and_a_portrait(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    persona = load_addendum(draft).personas[0].id
    path = f"/oproepen/{draft}/bewerken/personas/{persona}"
    changes = {"story": "Nora zorgt.\n\nElke dag.", "strengths": "- Geduldig\n\n• Handig", "age": "41"}
    assert send(client, path, portrait="5", life_domains=["Huisvesting"], **changes).status_code == 302
    db.session.rollback()
    row = load_addendum(draft).personas[0]
    assert (row.age, row.strengths, row.portrait) == (41, ["Geduldig", "Handig"], 5)
    assert (row.story, row.life_domains) == ("Nora zorgt.\n\nElke dag.", ["Huisvesting"])
    for wrong in ({"portrait": "9"}, {"life_domains": ["Ruimtevaart"]}, {"age": "-1"}, {"name": "  "}):
        assert send(client, path, **wrong).status_code == 422


def test_obstacles_keep_their_id_when_their_words_or_their_place_change(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    row = challenge_of(draft)
    ids = [one.id for one in row.obstacles]
    path = f"/oproepen/{draft}/bewerken/uitdagingen/{row.id}"
    data = fields(client.get(path))
    moved = client.post(path, data={**data, "rearrange": "obstacles:up:1"})
    assert moved.status_code == 200 and "Nog niet bewaard" in moved.text
    assert [one.id for one in challenge_of(draft).obstacles] == ids
    data = fields(moved)
    data["obstacles-0-label"] = "Een huis vol vocht"
    assert client.post(path, data=data).status_code == 302
    stored = challenge_of(draft).obstacles
    assert [one.id for one in stored] == [ids[1], ids[0], *ids[2:]]
    assert stored[0].label == "Een huis vol vocht"


def test_rows_are_added_linked_and_removed_without_javascript(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    row = challenge_of(draft)
    path = f"/oproepen/{draft}/bewerken/uitdagingen/{row.id}"
    count = len(row.obstacles)
    data = fields(client.post(path, data={**fields(client.get(path)), "rearrange": "obstacles:add"}))
    data[f"obstacles-{count}-label"] = "Geen rijbewijs"
    new_key = data[f"obstacles-{count}-key"]
    data.setlist("goals-0-obstacles", [new_key, data["obstacles-0-key"], new_key])
    assert client.post(path, data=data).status_code == 302
    stored = challenge_of(draft)
    assert stored.obstacles[-1].label == "Geen rijbewijs"
    assert {one.label for one in stored.goals[0].obstacles} == {stored.obstacles[0].label, "Geen rijbewijs"}
    gone = stored.obstacles[-1].id
    page = client.post(path, data={**fields(client.get(path)), "rearrange": f"obstacles:remove:{count}"})
    assert client.post(path, data=fields(page)).status_code == 302
    assert db.session.scalar(select(Obstacle.id).where(Obstacle.id == gone)) is None


def test_a_row_of_another_challenge_is_refused(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    first, second = challenge_of(draft, 1), challenge_of(draft, 2)
    foreign = second.obstacles[0].id
    path = f"/oproepen/{draft}/bewerken/uitdagingen/{first.id}"
    before = snapshot(draft)
    assert send(client, path, **{"obstacles-0-key": str(foreign)}).status_code == 422
    page = send(client, path, **{"goals-0-obstacles": [str(foreign)]})
    assert page.status_code == 422 and "niet bij deze uitdaging hoort" in page.text
    assert send(client, path, **{"obstacles-²-label": "x", "goals-0-key": str(foreign)}).status_code == 422
    assert snapshot(draft) == before


def test_a_persona_or_challenge_of_another_call_does_not_exist_here(client: FlaskClient) -> None:
    draft, regisseur = imported()
    other = make.make_call(make.make_region(), Phase.DRAFT)
    client.sign_in(regisseur)
    for path in (
        f"personas/{other.personas[0].id}",
        f"uitdagingen/{other.challenges[0].id}",
        "criteria/finale",
    ):
        assert client.get(f"/oproepen/{draft}/bewerken/{path}").status_code == 404
    for path in (f"personas/{other.personas[0].id}", f"uitdagingen/{other.challenges[0].id}"):
        assert client.post(f"/oproepen/{draft}/bewerken/{path}/verwijderen").status_code == 404
    assert client.get("/oproepen/99999999999999999999/bewerken").status_code == 404


def test_lines_of_the_analysis_keep_their_id_where_the_words_stay(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    path = f"/oproepen/{draft}/bewerken/analyse"
    before = {one.text: one.id for one in load_addendum(draft).service_types}
    kept = list(before)[1:]
    assert send(client, path, service_types="\n".join([*reversed(kept), "Nieuw"])).status_code == 302
    db.session.rollback()
    after = {one.text: one.id for one in load_addendum(draft).service_types}
    assert list(after) == [*reversed(kept), "Nieuw"]
    assert all(after[text] == before[text] for text in kept)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"criteria-0-weight": "25"}, "tellen samen tot 95"),
        ({"criteria-0-weight": "NaN"}, "Vul een getal van 0 tot 100 in"),
        ({"criteria-0-weight": "Infinity"}, "Vul een getal van 0 tot 100 in"),
        ({"criteria-0-weight": "1e1"}, "Vul een getal van 0 tot 100 in"),
        ({"criteria-0-weight": "-30"}, "Vul een getal van 0 tot 100 in"),
        ({"criteria-0-weight": "0"}, "groter zijn dan 0"),
        ({"criteria-0-minimum": "6"}, "Vul een getal van 0 tot 5 in"),
        ({"criteria-0-level_3": " "}, "Beschrijf dit niveau"),
        ({"criteria-0-name": ""}, "Geef het criterium een naam"),
        ({"criteria-0-key": "999999"}, "hoort niet bij deze oproep"),
    ],
    ids=str,
)
def test_criteria_that_do_not_hold_are_refused_with_what_was_typed(
    client: FlaskClient, changes: dict[str, str], message: str
) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    before = snapshot(draft)
    page = send(client, f"/oproepen/{draft}/bewerken/criteria/written", **changes)
    assert page.status_code == 422
    assert message in page.text
    typed = next(iter(changes.values()))
    assert f'value="{typed}"' in page.text or not typed.strip()
    assert snapshot(draft) == before


def test_weights_may_have_a_comma_and_a_criterion_may_go(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    path = f"/oproepen/{draft}/bewerken/criteria/pitch"
    page = client.post(path, data={**fields(client.get(path)), "rearrange": "criteria:remove:3"})
    data = fields(page)
    data["criteria-0-weight"], data["criteria-2-weight"] = "37,5", "32.5"
    assert client.post(path, data=data).status_code == 302
    db.session.rollback()
    weights = [one.weight for one in load_addendum(draft).criteria if one.round == "pitch"]
    assert weights == [Decimal("37.5"), Decimal(30), Decimal("32.5")]


def test_thresholds_stay_within_bounds(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    path = f"/oproepen/{draft}/bewerken/drempels"
    assert send(client, path, minimum_total="101").status_code == 422
    assert send(client, path, written_share="NaN").status_code == 422
    assert send(client, path, minimum_total="65,5", written_share="40").status_code == 302
    db.session.rollback()
    assert load_addendum(draft).minimum_total == Decimal("65.5")


def test_the_length_of_a_reason_is_a_rule_of_the_call(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    assert load_addendum(draft).least_reason == 20
    path = f"/oproepen/{draft}/bewerken/drempels"
    for wrong in ("-1", "1001", "veel", "", "9" * 40):
        assert send(client, path, least_reason=wrong).status_code == 422, wrong
    assert send(client, path, least_reason="50").status_code == 302
    db.session.rollback()
    assert load_addendum(draft).least_reason == 50
    text = client.get(f"/oproepen/{draft}/voorbeeld").get_data(as_text=True)
    assert "in minstens 50 tekens" in text


def test_a_criterion_that_may_not_apply_is_marked_and_shown(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    path, page = f"/oproepen/{draft}/bewerken/criteria/written", f"/oproepen/{draft}/voorbeeld"
    assert "Kan niet van toepassing zijn" not in client.get(page).get_data(as_text=True)
    data = fields(client.get(path))
    data["criteria-1-may_be_skipped"] = "y"
    assert client.post(path, data=data).status_code == 302
    db.session.rollback()
    marked = [one.may_be_skipped for one in load_addendum(draft).criteria if one.round == "written"]
    assert marked == [False, True, False, False, False]
    assert "Kan niet van toepassing zijn" in client.get(page).get_data(as_text=True)
    data = fields(client.get(path))
    del data["criteria-1-may_be_skipped"]
    assert client.post(path, data=data).status_code == 302
    db.session.rollback()
    assert not any(one.may_be_skipped for one in load_addendum(draft).criteria)


def test_a_stale_page_shows_both_texts_and_loses_neither(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    persona = load_addendum(draft).personas[0].id
    path = f"/oproepen/{draft}/bewerken/personas/{persona}"
    mine, theirs = fields(client.get(path)), fields(client.get(path))
    theirs["story"], mine["story"] = "Wat een collega schreef.", "Wat ik schreef."
    assert client.post(path, data=theirs).status_code == 302
    page = client.post(path, data=mine)
    assert page.status_code == 409
    assert "Wat een collega schreef." in page.text and "Wat ik schreef." in page.text
    db.session.rollback()
    assert load_addendum(draft).personas[0].story == "Wat een collega schreef."
    assert client.post(path, data=fields(page)).status_code == 302
    db.session.rollback()
    assert load_addendum(draft).personas[0].story == "Wat ik schreef."


def test_two_people_on_different_pages_do_not_stand_in_each_others_way(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    first = fields(client.get(f"/oproepen/{draft}/bewerken/drempels"))
    assert send(client, f"/oproepen/{draft}/bewerken/basis", title="Een andere titel").status_code == 302
    assert client.post(f"/oproepen/{draft}/bewerken/drempels", data=first).status_code == 302


def test_personas_and_challenges_come_and_go(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    base = f"/oproepen/{draft}/bewerken"
    assert client.post(f"{base}/personas", data={"name": ""}).status_code == 422
    assert client.post(f"{base}/personas", data={"name": "Rania"}).status_code == 302
    db.session.rollback()
    people = load_addendum(draft).personas
    assert [one.name for one in people] == ["Nora", "Bart", "Freddy", "Amor", "Saled", "Rania"]
    client.post(f"{base}/personas/{people[5].id}/verplaatsen", data={"direction": "up"})
    client.post(f"{base}/personas/{people[0].id}/verwijderen", data={"bevestigd": "ja"})
    second = challenge_of(draft, 2).id
    client.post(f"{base}/uitdagingen/{second}/verwijderen", data={"bevestigd": "ja"})
    client.post(f"{base}/uitdagingen")
    db.session.rollback()
    addendum = load_addendum(draft)
    assert [one.name for one in addendum.personas] == ["Bart", "Freddy", "Amor", "Rania", "Saled"]
    assert [one.number for one in addendum.challenges] == [1, 2, 3, 4]
    assert db.session.scalars(select(Goal.id).where(Goal.challenge_id == second)).all() == []


def test_each_save_leaves_one_line_in_the_log_without_what_was_written(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    send(client, f"/oproepen/{draft}/bewerken/basis", title="Geheim")
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()
    assert [one.action for one in entries] == ["addendum.drafted", "addendum.edited"]
    assert "Geheim" not in str([one.details for one in entries])


def test_after_the_deadline_nothing_is_written(client: FlaskClient) -> None:
    region = make.make_region()
    regisseur = make.make_regisseur(region)
    call = make.make_call(region, Phase.SEALED)
    client.sign_in(regisseur)
    for page in PAGES:
        assert client.get(f"/oproepen/{call.id}/bewerken/{page}").status_code == 403
        assert client.post(f"/oproepen/{call.id}/bewerken/{page}", data={}).status_code == 403


def test_every_page_of_the_editor_names_its_fields(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    row = challenge_of(draft)
    text = client.get(f"/oproepen/{draft}/bewerken/uitdagingen/{row.id}").text
    names = re.findall(
        r'<(?:input|select|textarea)(?![^>]* type="hidden")[^>]* id="((?:obstacles|goals)-[^"]+)"', text
    )
    assert {f"obstacles-{place}-label" for place in range(len(row.obstacles))} <= set(names)
    assert {f"goals-{place}-text" for place in range(len(row.goals))} <= set(names)
    assert len(names) > len(row.obstacles) * len(LIFE_DOMAINS)
    assert [name for name in names if f'for="{name}"' not in text] == []
