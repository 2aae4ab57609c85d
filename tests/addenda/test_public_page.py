"""What everybody reads, with the same number of queries whatever the size."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup

from app.addenda import finding
from app.addenda.models import Addendum, Persona
from app.addenda.public.parts import Part
from app.addenda.public.picture import picture
from app.addenda.queries import load_call
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.notifications.services import page_url
from tests import factories as make
from tests.addenda.helpers import imported
from tests.counting import queries


def test_drafts_are_known_to_nobody_else(client: FlaskClient, app: Flask) -> None:
    draft, regisseur = imported()
    owner = make.make_member(make.make_organisation())
    for one in (client, app.test_client().sign_in(owner), app.test_client().sign_in(regisseur)):
        assert one.get(f"/oproepen/{draft}").status_code == 404
    assert "Klein-Brabant" not in client.get("/oproepen").text
    assert app.test_client().sign_in(regisseur).get(f"/oproepen/{draft}/voorbeeld").status_code == 200
    assert app.test_client().sign_in(owner).get(f"/oproepen/{draft}/voorbeeld").status_code == 404


def test_the_page_shows_people_obstacles_goals_and_the_links_between_them(client: FlaskClient) -> None:
    call = make.make_call(make.make_region(), challenges=2)
    page = client.get(f"/oproepen/{call.id}").text
    for words in ("Nora zoekt werk.", "Obstakel 2.3", "Zich beter verplaatsen", "bij obstakel 1", "Woonhulp"):
        assert words in page
    assert page.count('vector-effect="non-scaling-stroke"') == 2
    assert "Nog 10 dagen" in page or "Nog 9 dagen" in page


def test_goals_that_ask_for_themselves_stand_under_no_half_question(client: FlaskClient) -> None:
    call = make.make_call(make.make_region())
    assert "Hoe kunnen we helpen, zodat ze …" in client.get(f"/oproepen/{call.id}").text
    with transaction():
        db.session.get_one(Addendum, call.id).challenges[0].goals[0].text = "Hoe kunnen we Nora bereiken?"
    assert "Hoe kunnen we helpen" not in client.get(f"/oproepen/{call.id}").text


def test_on_a_phone_the_contents_and_a_long_story_fold(client: FlaskClient) -> None:
    call = make.make_call(make.make_region())
    page = client.get(f"/oproepen/{call.id}").text
    assert "<summary>Op deze pagina</summary>" in page and "Lees het hele verhaal" not in page
    with transaction():
        db.session.get_one(Addendum, call.id).personas[0].story = "Nora zoekt werk. " * 30
    page = client.get(f"/oproepen/{call.id}").text
    assert "Lees het hele verhaal" in page and page.count("Nora zoekt werk.") >= 30


def test_what_people_typed_is_shown_as_text(client: FlaskClient) -> None:
    call = make.make_call(make.make_region())
    with transaction():
        row = db.session.get_one(Addendum, call.id)
        row.ambition = "<script>alert(1)</script> **samen**"
        row.title = "<b>Samen</b>"
        row.personas[0].story = "[klik](javascript:alert(1))"
    page = client.get(f"/oproepen/{call.id}").text
    assert "<script>alert" not in page and "<b>Samen" not in page and 'href="javascript' not in page
    assert "<strong>samen</strong>" in page


@pytest.mark.parametrize("phase", [Phase.SEALED, Phase.PARTNERSHIP])
def test_after_the_deadline_nobody_is_invited_to_apply(client: FlaskClient, phase: Phase) -> None:
    call = make.make_call(make.make_region(), phase)
    page = client.get(f"/oproepen/{call.id}").text
    assert "de uiterste indiendatum is voorbij" in page
    assert "stel je kandidaat</a>" not in page


def test_the_way_to_apply_fits_who_looks(client: FlaskClient, app: Flask) -> None:
    region = make.make_region()
    call = make.make_call(region)
    member = make.make_member(make.make_organisation())
    regisseur = make.make_regisseur(region)
    assert "/aanmelden?next=" in client.get(f"/oproepen/{call.id}").text
    assert (
        f'action="/oproepen/{call.id}/kandidatuur"'
        in app.test_client().sign_in(member).get(f"/oproepen/{call.id}").text
    )
    assert (
        f'action="/oproepen/{call.id}/kandidatuur"'
        not in app.test_client().sign_in(regisseur).get(f"/oproepen/{call.id}").text
    )


def test_a_public_page_costs_the_same_few_queries_whatever_its_size(client: FlaskClient, app: Flask) -> None:
    region = make.make_region()
    sizes = [make.make_call(region, challenges=n, obstacles=n * 3, criteria=n).id for n in (1, 4, 10)]
    regisseur = make.make_regisseur(region)
    for visitor in (client, app.test_client().sign_in(regisseur)):
        visitor.get(f"/oproepen/{sizes[0]}")
        counts = []
        for call_id in sizes:
            with queries() as seen:
                assert visitor.get(f"/oproepen/{call_id}").status_code == 200
            counts.append(len(seen))
        assert len(set(counts)) == 1
        assert counts[0] <= 16, seen


def _many(count: int) -> None:
    """Copies of a small call, quickly."""
    region = make.make_region()
    first = make.make_call(region)
    with transaction():
        for number in range(count - 1):
            db.session.add(
                Addendum(
                    service_area_id=region.id,
                    title=f"Oproep {number}",
                    launch=first.launch,
                    deadline=(first.deadline or make.clock.read()) + timedelta(hours=number),
                    created_at=first.created_at,
                    published_at=first.published_at,
                    municipalities=list(region.municipalities),
                    personas=[Persona(name="Nora", portrait=2)],
                )
            )


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_list_costs_six_queries_for_one_three_or_three_hundred_calls(
    client: FlaskClient, count: int
) -> None:
    _many(count)
    with queries() as seen:
        page = client.get("/oproepen")
    assert page.status_code == 200
    assert len(seen) <= 6, seen
    assert page.text.count("<article") == min(count, 30)
    if count == 300:
        assert "Oproep 1 tot 30 van 300" in page.text
        assert client.get("/oproepen?vanaf=270").text.count("<article") == 30
        assert client.get("/oproepen?vanaf=300").text.count("<article") == 30


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_of_a_region_costs_the_same(app: Flask, count: int) -> None:
    _many(count)
    region = db.session.scalars(db.select(Addendum.service_area_id)).first()
    client = app.test_client().sign_in(
        make.make_regisseur(db.session.get_one(type(make.make_region()), region))
    )
    client.get("/toegankelijkheid")
    with queries() as seen:
        assert client.get(f"/regio/{region}/oproepen").status_code == 200
    assert len(seen) <= 5, seen


def test_calls_are_found_by_word_place_life_domain_and_state(client: FlaskClient) -> None:
    here, there = make.make_region("Denderstreek"), make.make_region("Kempen")
    first, second = make.make_call(here), make.make_call(there, Phase.SEALED)
    with transaction():
        row = db.session.get_one(Addendum, first.id)
        row.challenges[0].obstacles[0].life_domains = ["Huisvesting"]
        row.challenges[0].obstacles[0].label = "Wonen met 100% schimmel"
        db.session.flush()
        for one in (first, second):
            finding.reindex(one.id)

    def found(query: str) -> set[int]:
        text = client.get(f"/oproepen?{query}").text
        return {one.id for one in (first, second) if f'href="/oproepen/{one.id}"' in text}

    town = here.municipalities[0].id
    assert found("") == {first.id, second.id}
    assert found("q=denderstreek") == {first.id}
    assert found("q=SCHIMMEL") == {first.id}
    assert found("q=100%25") == {first.id}
    assert found("q=%25") == set()
    assert found("q=_chimmel") == set()
    assert found(f"gemeente={town}") == {first.id}
    assert found("levensdomein=Huisvesting") == {first.id}
    assert found("stand=open") == {first.id}
    assert found("stand=closed") == {second.id}
    assert found("stand=soon") == {first.id}
    assert found(f"q=schimmel&gemeente={town}&levensdomein=Huisvesting&stand=soon") == {first.id}
    assert found(f"q=schimmel&gemeente={there.municipalities[0].id}") == set()
    assert found("gemeente=999999") == set()
    assert found("stand=raar&gemeente=x&levensdomein=y&vanaf=z&endpoint=q&_external=1") == {
        first.id,
        second.id,
    }
    assert "Geen oproep gevonden" in client.get("/oproepen?q=xyzzy").text


def test_only_life_domains_of_published_calls_are_offered(client: FlaskClient, at: Any) -> None:
    call, draft = make.make_call(make.make_region()), make.make_call(make.make_region(), Phase.DRAFT)
    planned = make.make_call(make.make_region())
    with transaction():
        row = db.session.get_one(Addendum, call.id)
        row.challenges[0].obstacles[0].life_domains = ["Huisvesting", "Financiën"]
        row.personas[0].life_domains = ["Justitie"]
        db.session.get_one(Addendum, draft.id).personas[0].life_domains = ["Middelengebruik"]
        later = db.session.get_one(Addendum, planned.id)
        later.personas[0].life_domains, later.launch = ["Tijdsbesteding"], make.some_day(3)
    page = client.get("/oproepen").text.partition('name="levensdomein"')[2].partition("</select>")[0]
    assert [page.find(f">{name}</option>") > 0 for name in ("Huisvesting", "Financiën", "Justitie")] == [
        True
    ] * 3
    assert page.count("<option") == 4


def test_the_filters_are_folded_until_one_is_in_use(client: FlaskClient) -> None:
    make.make_call(make.make_region())
    fold = '<details class="pw-filter__more"'
    assert f"{fold}>" in client.get("/oproepen?q=nora").text
    page = client.get("/oproepen?stand=open").text
    assert f"{fold} open>" in page and page.index('name="q"') < page.index(fold)


def test_an_empty_list_says_what_will_come(client: FlaskClient) -> None:
    assert "Nog geen oproepen" in client.get("/oproepen").text


def graph_of(page: str) -> list[dict[str, Any]]:
    """The linked data of a page, taken out as a browser would."""
    _, _, rest = page.partition('<script type="application/ld+json">')
    data = json.loads(rest.partition("</script>")[0])
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def test_machines_read_what_is_sought_by_whom_and_until_when(client: FlaskClient) -> None:
    call = make.make_call(make.make_region("Denderstreek", ("Ninove",)))
    graph = graph_of(client.get(f"/oproepen/{call.id}").text)
    by_type = {one["@type"]: one for one in graph}
    demand = by_type["Demand"]
    assert demand["name"] == "Lokaal partnerschap Denderstreek"
    assert demand["areaServed"][0]["name"] == "Ninove"
    assert demand["availabilityEnds"][11:16] == "23:59" and demand["availabilityEnds"][-6] in "+-"
    assert [one["name"] for one in demand["itemOffered"]] == ["Vertrouwenspersoon", "Woonhulp"]
    assert by_type["GovernmentOrganization"]["seeks"] == {"@id": demand["@id"]}
    assert by_type["Event"]["startDate"][11:16] == "09:00"
    assert by_type["WebPage"]["mainEntity"] == {"@id": demand["@id"]}


def test_nothing_that_people_type_breaks_out_of_the_linked_data(client: FlaskClient) -> None:
    call = make.make_call(make.make_region())
    title = '</script><script>alert("x")</script><!-- & \u2028'
    with transaction():
        row = db.session.get_one(Addendum, call.id)
        row.title = title
        row.ambition = "<!--<script>"
    page = client.get(f"/oproepen/{call.id}").text
    assert "<script>alert" not in page and "<!--" not in page.partition("<main")[0]
    assert next(one for one in graph_of(page) if one["@type"] == "Demand")["name"] == title


def test_the_head_says_what_the_page_is(client: FlaskClient, app: Flask) -> None:
    region = make.make_region()
    call = make.make_call(region)
    page = client.get(f"/oproepen/{call.id}").text
    assert f'<link rel="canonical" href="{page_url("addenda.show", addendum_id=call.id)}">' in page
    assert 'property="og:title"' in page and 'property="og:description"' in page
    assert "voor mensen als Nora" in page
    draft = make.make_call(region, Phase.DRAFT)
    preview = app.test_client().sign_in(make.make_regisseur(region)).get(f"/oproepen/{draft.id}/voorbeeld")
    assert preview.status_code == 200
    assert "canonical" not in preview.text and "ld+json" not in preview.text


def test_the_deadline_leaves_no_doubt(client: FlaskClient, at: Any) -> None:
    at("2026-03-02T10:00")
    call = make.make_call(make.make_region())
    with transaction():
        db.session.get_one(Addendum, call.id).questions_until = date(2026, 3, 4)
    page = client.get(f"/oproepen/{call.id}").text
    assert "woensdag 11 maart 2026, 23u59 (Belgische tijd)" in page
    assert "Nog 9 dagen" in page
    assert "Vragen stellen kan tot en met woensdag 4 maart 2026." in page
    at("2026-03-05T10:00")
    assert "Vragen stellen kon tot en met woensdag 4 maart 2026." in client.get(f"/oproepen/{call.id}").text


def test_a_closed_call_says_what_happened_since(client: FlaskClient) -> None:
    region = make.make_region()
    sealed = client.get(f"/oproepen/{make.make_call(region, Phase.SEALED).id}").text
    assert "verzegeld tot ze samen geopend worden" in sealed
    pitch = client.get(f"/oproepen/{make.make_call(region, Phase.PITCH).id}").text
    assert "Kandidaturen geopend op" in pitch and "Schriftelijke ronde afgesloten op" in pitch
    assert "Beslissing meegedeeld op" not in pitch
    done = client.get(f"/oproepen/{make.make_call(region, Phase.PARTNERSHIP).id}").text
    assert "Beslissing meegedeeld op" in done and "Weerwoord kon tot en met" in done


def test_each_entry_of_the_contents_leads_to_a_section(client: FlaskClient) -> None:
    call = make.make_call(make.make_region())
    with transaction():
        row = db.session.get_one(Addendum, call.id)
        row.vision, row.mission, row.local_input = "Samen.", "Nabij.", "Meer."
        row.personas[0].life_domains = ["Huisvesting"]
    page = client.get(f"/oproepen/{call.id}").text
    contents = page.partition('aria-label="Op deze pagina"')[2].partition("</nav>")[0]
    anchors = re.findall(r'href="#([^"]+)"', contents)
    assert {"personas", "richting", "levensdomeinen", "verloop", "meenemen"} <= set(anchors)
    for anchor in anchors:
        assert page.count(f'id="{anchor}"') == 1, anchor


def test_features_further_along_add_their_section(client: FlaskClient, app: Flask) -> None:
    call = make.make_call(make.make_region())
    before = app.config["CALL_PAGE_PARTS"]
    app.config["CALL_PAGE_PARTS"] = (
        lambda call, actor: Part("extra", f"Meer over {call.title}", Markup("<p>Iets <b>anders</b></p>")),
        lambda call, actor: None,
    )
    page = client.get(f"/oproepen/{call.id}").text
    app.config["CALL_PAGE_PARTS"] = before
    assert '<h2 id="extra">Meer over' in page and "<p>Iets <b>anders</b></p>" in page
    assert 'href="#extra"' in page


def test_the_road_is_drawn_to_scale_with_today_on_it(client: FlaskClient, at: Any) -> None:
    at("2026-03-02T10:00")
    call = make.make_call(make.make_region())
    page = client.get(f"/oproepen/{call.id}").text
    drawing = page.partition('class="pw-road"')[2].partition("</figure>")[0]
    assert drawing.count('role="img"') == 2 and drawing.count("vandaag") == 2
    loaded = load_call(call.id, make.clock.read())
    road = picture(loaded, [loaded.pitch_from], None, make.clock.read())
    assert road is not None and road.today is not None
    bars = {one.row.label: [float(edge.rstrip("%")) for bar in one.bars for edge in bar] for one in road.rows}
    per_day = (bars["Schriftelijke ronde"][1] - bars["Schriftelijke ronde"][0]) / 10
    assert bars["Indienen"][1] - bars["Indienen"][0] == pytest.approx(42 * per_day, abs=0.05)
    assert bars["Schriftelijke ronde"][0] > bars["Indienen"][1]
    assert bars["Indienen"][0] < float(road.today.rstrip("%")) < bars["Indienen"][1]
    labels = sorted(one.label_y for one in road.rows)
    assert all(after - before >= 40 for before, after in zip(labels, labels[1:], strict=False))


def test_a_call_without_dates_has_no_drawing(app: Flask) -> None:
    region = make.make_region()
    call = make.make_call(region, Phase.DRAFT)
    with transaction():
        row = db.session.get_one(Addendum, call.id)
        row.launch = row.deadline = row.written_from = row.written_until = row.decision_before = None
        row.pitch_windows = []
    page = app.test_client().sign_in(make.make_regisseur(region)).get(f"/oproepen/{call.id}/voorbeeld")
    assert page.status_code == 200
    assert "pw-road" not in page.text and "nog te kiezen" in page.text


def test_every_filter_in_use_can_be_taken_off_alone(client: FlaskClient) -> None:
    region = make.make_region()
    make.make_call(region)
    town = region.municipalities[0]
    page = client.get(f"/oproepen?q=iets&gemeente={town.id}&levensdomein=Huisvesting&stand=open").text
    chips = page.partition('aria-label="Gekozen filters"')[2].partition("</ul>")[0]
    assert f'href="/oproepen?gemeente={town.id}&amp;levensdomein=Huisvesting&amp;stand=open"' in chips
    assert f'href="/oproepen?q=iets&amp;gemeente={town.id}&amp;levensdomein=Huisvesting"' in chips
    assert town.name in chips and "Wis alles" in chips
    assert "0</strong> oproepen gevonden" in page and "Haal hierboven een filter weg" in page


def test_an_unchanged_list_is_not_sent_twice_to_a_visitor(client: FlaskClient, app: Flask, at: Any) -> None:
    at("2026-03-02T10:00")
    call = make.make_call(make.make_region())
    first = client.get("/oproepen")
    tag = first.headers["ETag"]
    assert client.get("/oproepen", headers={"If-None-Match": tag}).status_code == 304
    with transaction():
        db.session.get_one(Addendum, call.id).title = "Anders"
    assert client.get("/oproepen", headers={"If-None-Match": tag}).status_code == 200
    member = app.test_client().sign_in(make.make_member(make.make_organisation()))
    assert "ETag" not in member.get("/oproepen").headers
