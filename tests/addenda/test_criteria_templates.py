"""A region keeps criteria under a name and begins a call with them."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.addenda.criteria.models import CriteriaTemplate
from app.addenda.drafting.drafts import load_addendum
from app.addenda.models import Addendum, Criterion
from app.audit.models import AuditEntry
from app.domain.timeline import Phase
from app.infra.database import db
from app.regions.models import ServiceArea
from tests import factories as make
from tests.counting import queries

WHERE = "bewerken/criteria/written"


@pytest.fixture
def region(app: Any) -> ServiceArea:
    return make.make_region()


def names(call: Addendum) -> list[tuple[int, str]]:
    db.session.rollback()
    db.session.expire_all()
    return [(one.id, one.name) for one in load_addendum(call.id).criteria if one.round == "written"]


def kept() -> list[CriteriaTemplate]:
    db.session.rollback()
    return list(db.session.scalars(select(CriteriaTemplate).order_by(CriteriaTemplate.id)))


def version_in(page: str) -> str:
    return page.split('name="version" value="', 1)[1].split('"', 1)[0]


def keep(client: FlaskClient, call: Addendum, name: str) -> Any:
    return client.post(f"/oproepen/{call.id}/{WHERE}/bewaren", data={"name": name})


def use(client: FlaskClient, call: Addendum, template: int) -> Any:
    db.session.expire_all()
    url = f"/oproepen/{call.id}/{WHERE}/sjabloon"
    page = client.get(f"{url}?sjabloon={template}").text
    return client.post(url, data={"sjabloon": str(template), "version": version_in(page)})


def test_criteria_are_kept_and_begin_another_call(region: ServiceArea, client: FlaskClient) -> None:
    first, second = (make.make_call(region, Phase.DRAFT) for _ in range(2))
    one = db.session.scalars(select(Criterion).where(Criterion.addendum_id == first.id)).first()
    one.name = "Past bij onze mensen"
    db.session.commit()
    client.sign_in(make.make_regisseur(region))
    assert keep(client, first, " Klein-Brabant ").status_code == 302
    (template,) = kept()
    assert template.name == "Klein-Brabant" and template.round == "written"
    before = names(second)
    db.session.expire_all()
    page = client.get(f"/oproepen/{second.id}/{WHERE}/sjabloon?sjabloon={template.id}").text
    assert "Wat er verandert" in page and "Past bij onze mensen" in page
    assert use(client, second, template.id).status_code == 302
    after = names(second)
    assert "Past bij onze mensen" in dict(after).values()
    assert after[1] == before[1]  # what has the same name keeps its row
    page = client.get(f"/oproepen/{second.id}/{WHERE}/sjabloon?sjabloon={template.id}").text
    assert "Er verandert niets" in page


def test_the_standard_criteria_are_a_template_too(region: ServiceArea, client: FlaskClient) -> None:
    call = make.make_call(region, Phase.DRAFT)
    client.sign_in(make.make_regisseur(region))
    assert use(client, call, 0).status_code == 302
    assert len(names(call)) == 5


def test_in_an_open_call_it_becomes_an_amendment(region: ServiceArea, client: FlaskClient) -> None:
    call = make.make_call(region, Phase.OPEN)
    client.sign_in(make.make_regisseur(region))
    before = names(call)
    assert use(client, call, 0).status_code == 302
    assert names(call) == before
    assert "Criterium" in client.get(f"/oproepen/{call.id}/wijziging").text
    sealed = make.make_call(region, Phase.SEALED)
    assert client.get(f"/oproepen/{sealed.id}/{WHERE}/sjabloon").status_code == 403
    assert keep(client, sealed, "Te laat").status_code == 403


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "standaardcriteria", "Bestaat al", "BESTAAT  al"])
def test_a_name_that_cannot_be_is_refused_and_stays_typed(
    region: ServiceArea, client: FlaskClient, name: str
) -> None:
    call = make.make_call(region, Phase.DRAFT)
    client.sign_in(make.make_regisseur(region))
    keep(client, call, "Bestaat al")
    answer = keep(client, call, name)
    assert answer.status_code == 422 and f'value="{name}"' in answer.text
    assert len(kept()) == 1


def test_names_change_and_what_is_removed_comes_back(region: ServiceArea, client: FlaskClient) -> None:
    call = make.make_call(region, Phase.DRAFT)
    client.sign_in(make.make_regisseur(region))
    keep(client, call, "Eén")
    keep(client, call, "Twee")
    first, second = (one.id for one in kept())
    url = f"/regio/{region.id}/criteria"
    assert client.post(f"{url}/{first}/hernoem", data={"name": "Twee"}).status_code == 422
    assert client.post(f"{url}/{first}/hernoem", data={"name": "Drie"}).status_code == 302
    for _ in range(2):
        assert client.post(f"{url}/{first}/verwijder").status_code == 302
    page = client.get(url).text
    assert "Verwijderd (1)" in page and "Zet terug" in page
    assert client.get(f"/oproepen/{call.id}/{WHERE}/sjabloon?sjabloon={first}").status_code == 404
    assert client.post(f"{url}/{second}/hernoem", data={"name": "Drie"}).status_code == 302
    assert client.post(f"{url}/{first}/herstel").status_code == 422
    assert client.post(f"{url}/{second}/hernoem", data={"name": "Vier"}).status_code == 302
    assert client.post(f"{url}/{first}/herstel").status_code == 302
    acts = db.session.scalars(
        select(AuditEntry.action).where(AuditEntry.action.like("criteria_template.%"))
    ).all()
    assert acts.count("criteria_template.removed") == 1 and "criteria_template.restored" in acts


def test_another_region_learns_nothing_of_it(region: ServiceArea, client: FlaskClient) -> None:
    call = make.make_call(region, Phase.DRAFT)
    client.sign_in(make.make_regisseur(region))
    keep(client, call, "Van ons")
    (template,) = kept()
    elsewhere = make.make_region()
    client.sign_in(make.make_regisseur(elsewhere))
    theirs = make.make_call(elsewhere, Phase.DRAFT)
    url = f"/oproepen/{theirs.id}/{WHERE}/sjabloon"
    assert "Van ons" not in client.get(url).text
    assert client.get(f"{url}?sjabloon={template.id}").status_code == 404
    assert client.get(f"{url}?sjabloon={'9' * 30}").status_code in (200, 404)
    assert client.post(f"/regio/{elsewhere.id}/criteria/{template.id}/verwijder").status_code == 404
    assert client.get(f"/regio/{region.id}/criteria").status_code in (403, 404)
    assert client.post(f"/regio/{region.id}/criteria/{template.id}/verwijder").status_code in (403, 404)


def test_what_is_no_number_is_not_the_standard_template(region: ServiceArea, client: FlaskClient) -> None:
    call = make.make_call(region, Phase.DRAFT)
    client.sign_in(make.make_regisseur(region))
    url = f"/oproepen/{call.id}/{WHERE}/sjabloon"
    assert client.get(f"{url}?sjabloon=0").status_code == 200
    for wrong in ("abc", "-1", "٣", "00"):
        assert client.get(url, query_string={"sjabloon": wrong}).status_code == 404
        assert client.post(url, data={"sjabloon": wrong, "version": "1"}).status_code == 404
    assert client.post(url, data={"version": "1"}).status_code == 404


def test_the_list_asks_as_much_for_one_as_for_thirty(region: ServiceArea, client: FlaskClient) -> None:
    call = make.make_call(region, Phase.DRAFT)
    client.sign_in(make.make_regisseur(region))
    counts = set()
    for many in (1, 3, 30):
        for place in range(len(kept()), many):
            keep(client, call, f"Sjabloon {place}")
        client.get(f"/regio/{region.id}/criteria")
        with queries() as seen:
            assert client.get(f"/regio/{region.id}/criteria").status_code == 200
        counts.add(len(seen))
    assert len(counts) == 1
