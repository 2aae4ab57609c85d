"""Writing: one proposal per organisation, nothing typed is ever lost, NIET INGEDIEND until it is."""

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.addenda.models import ServiceType
from app.audit.models import AuditEntry
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.proposals.handing_in.submitting import submit_proposal
from app.proposals.models import Answer, Proposal
from app.proposals.writing.drafts import working_content
from app.proposals.writing.services import start_proposal
from tests import factories as make
from tests.counting import queries


class Draft:
    def __init__(self) -> None:
        self.call = make.make_call(make.make_region(), challenges=2)
        self.organisation = make.make_organisation("Vzw De Brug")
        self.owner = make.make_member(self.organisation)
        self.member = make.make_member(self.organisation, "member")
        self.id = start_proposal(self.call.id, self.organisation.id, by=make.actor(self.owner))
        self.obstacles = make.obstacle_ids(self.call)
        self.url = f"/kandidaturen/{self.id}"
        self.challenge = f"{self.url}/uitdaging/1"
        self.deadline = self.call.deadline


@pytest.fixture
def draft(app: Flask) -> Draft:
    return Draft()


def token_of(page: str) -> str:
    found = re.search(r'name="version"[^>]*value="([^"]*)"', page)
    assert found
    return unescape(found.group(1))


def stored(draft: Draft, obstacle: int) -> tuple[str, str, str] | None:
    answer = db.session.get(Answer, (draft.id, obstacle), populate_existing=True)
    return (answer.approach, answer.expertise, answer.reach) if answer else None


def autosave(client: FlaskClient, draft: Draft, version: str, **fields: str) -> Any:
    data = {"version": version, **{name.replace("_", "-"): text for name, text in fields.items()}}
    headers = {"X-Requested-With": "XMLHttpRequest"}
    return client.post(f"{draft.challenge}/bewaar", data=data, headers=headers)


def test_starting_twice_gives_the_same_proposal(draft: Draft) -> None:
    assert start_proposal(draft.call.id, draft.organisation.id, by=make.actor(draft.member)) == draft.id
    assert db.session.scalar(select(db.func.count(Proposal.id))) == 1


def test_with_one_organisation_the_button_starts_at_once(draft: Draft, client: FlaskClient) -> None:
    answer = client.sign_in(draft.member).post(f"/oproepen/{draft.call.id}/kandidatuur")
    assert answer.location.endswith(draft.url)


def test_with_several_organisations_one_chooses(draft: Draft, client: FlaskClient) -> None:
    second = make.make_organisation("Vzw De Sluis")
    with transaction() as now:
        db.session.add(
            make.Membership(user_id=draft.owner.id, organisation_id=second.id, role="owner", since=now)
        )
    client.sign_in(draft.owner)
    page = client.post(f"/oproepen/{draft.call.id}/kandidatuur")
    assert page.status_code == 200 and "Vzw De Sluis" in page.text and "Vzw De Brug" in page.text
    answer = client.post(f"/oproepen/{draft.call.id}/kandidatuur", data={"organisation_id": second.id})
    assert answer.status_code == 302
    assert db.session.scalar(select(db.func.count(Proposal.id))) == 2


def test_nobody_starts_for_an_organisation_of_others(draft: Draft, client: FlaskClient) -> None:
    other = make.make_organisation()
    client.sign_in(draft.owner)
    url = f"/oproepen/{draft.call.id}/kandidatuur"
    assert client.post(url, data={"organisation_id": other.id}).status_code == 404
    assert client.post("/oproepen/999999/kandidatuur").status_code == 404


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.SEALED, Phase.WRITTEN])
def test_only_an_open_call_can_be_started(draft: Draft, client: FlaskClient, phase: Phase) -> None:
    call = make.make_call(make.make_region(), phase)
    answer = client.sign_in(draft.owner).post(f"/oproepen/{call.id}/kandidatuur")
    assert answer.status_code in (403, 404)


def test_the_button_saves_every_field_and_stays(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.member)
    version = token_of(client.get(draft.challenge).text)
    one = draft.obstacles[0]
    data = {
        "version": version,
        f"approach-{one}": " Eerst luisteren.\r\nDan doen. ",
        f"expertise-{one}": "Tien jaar\x00 ervaring",
        f"reach-{one}": "Via de buurt 🚲",
    }
    assert client.post(draft.challenge, data=data).location.endswith("/uitdaging/1")
    assert stored(draft, one) == ("Eerst luisteren.\nDan doen.", "Tien jaar ervaring", "Via de buurt 🚲")
    following = client.post(draft.challenge, data={**data, "next": "1"})
    assert following.location.endswith("/uitdaging/2")


def test_a_save_while_typing_touches_only_what_changed(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    version = token_of(client.get(draft.challenge).text)
    one, two = draft.obstacles[:2]
    first = autosave(client, draft, version, **{f"approach_{one}": "Aanpak"}).json
    assert first["state"] == "saved" and re.fullmatch(r"\d\d:\d\d:\d\d", first["saved_at"])
    second = autosave(client, draft, first["version"], **{f"reach_{two}": "Bereik"}).json
    assert second["state"] == "saved"
    assert stored(draft, one) == ("Aanpak", "", "") and stored(draft, two) == ("", "", "Bereik")


def test_saving_while_typing_does_not_flood_the_log(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    version = token_of(client.get(draft.challenge).text)
    for text in ("a", "ab", "abc"):
        fields = {f"approach_{draft.obstacles[0]}": text}
        version = autosave(client, draft, version, **fields).json["version"]
    entries = list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq)))
    assert [one.action for one in entries] == ["proposal.started", "proposal.edited"]
    assert all(one.sealed for one in entries)


def test_two_people_in_different_fields_do_not_hinder_each_other(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    version = token_of(client.get(draft.challenge).text)
    one, two = draft.obstacles[:2]
    autosave(client, draft, version, **{f"approach_{one}": "Van Mia"})
    everything = {f"{part}-{each}": "" for part in ("approach", "expertise", "reach") for each in (one, two)}
    data = {**everything, "version": version, f"approach-{two}": "Van Jan"}
    assert client.post(draft.challenge, data=data).status_code == 302
    assert stored(draft, one) == ("Van Mia", "", "") and stored(draft, two) == ("Van Jan", "", "")


def test_a_stale_save_shows_both_texts_and_saves_neither_away(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    version = token_of(client.get(draft.challenge).text)
    one, two = draft.obstacles[:2]
    autosave(client, draft, version, **{f"approach_{one}": "Tekst van Mia", f"reach_{two}": "Ook van Mia"})
    answer = client.post(draft.challenge, data={"version": version, f"approach-{one}": "Tekst van Jan"})
    assert answer.status_code == 409
    assert "Tekst van Mia" in answer.text and "Tekst van Jan" in answer.text and "Ook van Mia" in answer.text
    assert stored(draft, one) == ("Tekst van Mia", "", "")
    again = {"version": token_of(answer.text), f"approach-{one}": "Tekst van Jan en Mia"}
    assert client.post(draft.challenge, data=again).status_code == 302
    assert stored(draft, one) == ("Tekst van Jan en Mia", "", "")


def test_a_stale_save_while_typing_answers_with_their_text(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    version = token_of(client.get(draft.challenge).text)
    name = f"approach_{draft.obstacles[0]}"
    autosave(client, draft, version, **{name: "Mia"})
    answer = autosave(client, draft, version, **{name: "Jan"})
    assert (answer.status_code, answer.json["state"]) == (409, "conflict")
    assert answer.json["theirs"] == {name.replace("_", "-"): "Mia"}


def test_a_field_of_another_challenge_or_call_is_not_written(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    elsewhere = draft.obstacles[3]
    autosave(client, draft, "", **{f"approach_{elsewhere}": "Verkeerde uitdaging"})
    assert stored(draft, elsewhere) is None
    assert client.get(f"{draft.url}/uitdaging/9").status_code == 404
    assert client.post(f"{draft.url}/uitdaging/9", data={}).status_code == 404


def test_a_text_beyond_measure_is_refused_and_kept(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    text = "Lang " * 5000
    answer = client.post(draft.challenge, data={"version": "", f"approach-{draft.obstacles[0]}": text})
    assert answer.status_code == 422
    assert "te lang" in answer.text and text.strip() in answer.text


def test_after_the_deadline_what_was_typed_is_on_the_page(draft: Draft, client: FlaskClient, at: Any) -> None:
    client.sign_in(draft.owner)
    at(draft.deadline)
    data = {"version": "", f"approach-{draft.obstacles[0]}": "Net te laat getypt"}
    answer = client.post(draft.challenge, data=data)
    assert answer.status_code == 403
    assert "Net te laat getypt" in answer.text and "afgesloten" in answer.text
    late = autosave(client, draft, "", **{f"approach_{draft.obstacles[0]}": "Te laat"})
    assert (late.status_code, late.json["state"]) == (403, "closed")
    general = client.post(f"{draft.url}/algemeen", data={"version": "", "summary": "Late samenvatting"})
    assert general.status_code == 403 and "Late samenvatting" in general.text
    assert stored(draft, draft.obstacles[0]) is None


def test_signed_out_the_texts_come_back_to_send_again(draft: Draft, client: FlaskClient) -> None:
    name = f"approach-{draft.obstacles[0]}"
    data = {"version": "x", name: "Getypt <toen> de sessie verliep", "next": "1"}
    answer = client.post(draft.challenge, data=data)
    assert answer.status_code == 401
    assert "Getypt &lt;toen&gt; de sessie verliep" in answer.text
    assert f'action="{draft.challenge}"' in answer.text and f'name="{name}"' in answer.text
    unknown = client.post("/kandidaturen/424242/uitdaging/1", data=data)
    assert unknown.text == answer.text.replace(f"/kandidaturen/{draft.id}/", "/kandidaturen/424242/")
    json = client.post(f"{draft.challenge}/bewaar", data=data, headers={"X-Requested-With": "XMLHttpRequest"})
    assert (json.status_code, json.json) == (401, {"state": "signed_out"})


def test_another_site_cannot_put_its_text_in_that_page(draft: Draft, client: FlaskClient) -> None:
    answer = client.post(
        draft.challenge, data={"approach-1": "Van elders"}, headers={"Origin": "https://elders.be"}
    )
    assert answer.status_code == 400 and "Van elders" not in answer.text


def test_an_expired_form_keeps_its_texts_too(draft: Draft, app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        client.sign_in(draft.owner)
        answer = client.post(draft.challenge, data={f"approach-{draft.obstacles[0]}": "Lang open"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 401 and "Lang open" in answer.text


def general(client: FlaskClient, draft: Draft, **fields: Any) -> Any:
    version = token_of(client.get(f"{draft.url}/algemeen").text)
    return client.post(f"{draft.url}/algemeen", data={"version": version, **fields})


def test_the_general_part_reads_dutch_numbers(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    service = draft.call.service_types[1].id
    fields = {
        "capacity_fte": "1,5",
        "cost_estimate": "€ 45.000",
        "service_types": [service],
        "coordinator": "y",
    }
    assert general(client, draft, summary="Kort", outreaching="Wij gaan langs", **fields).status_code == 302
    content = working_content(draft.id)
    assert (content["capacity_fte"], content["cost_estimate"]) == ("1.50", "45000.00")
    assert content["coordinator"] and content["summary"] == "Kort"
    assert content["expectations"]["outreaching"] == "Wij gaan langs"
    assert [one["id"] for one in content["service_types"]] == [service]
    page = client.get(f"{draft.url}/algemeen").text
    assert 'value="1,5"' in page and 'value="45000"' in page
    assert general(client, draft, summary="Kort").status_code == 302
    assert working_content(draft.id)["coordinator"] is False


@pytest.mark.parametrize("amount", ["NaN", "inf", "-1", "1e5", "veel", "99.999.999.999", "1,2,3", "１"])
def test_what_is_no_amount_is_refused_at_the_field(draft: Draft, client: FlaskClient, amount: str) -> None:
    client.sign_in(draft.owner)
    answer = general(client, draft, capacity_fte=amount, summary="Blijft staan")
    assert answer.status_code == 422
    assert "Blijft staan" in answer.text and 'id="capacity_fte-error"' in answer.text
    assert working_content(draft.id)["capacity_fte"] is None


def test_a_service_type_of_another_call_is_refused(draft: Draft, client: FlaskClient) -> None:
    other = make.make_call(make.make_region())
    foreign = db.session.scalar(select(ServiceType.id).where(ServiceType.addendum_id == other.id))
    answer = general(client.sign_in(draft.owner), draft, service_types=[foreign])
    assert answer.status_code == 422


def test_general_part_stale_shows_both(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    version = token_of(client.get(f"{draft.url}/algemeen").text)
    general(client, draft, summary="Van Mia")
    answer = client.post(f"{draft.url}/algemeen", data={"version": version, "summary": "Van Jan"})
    assert answer.status_code == 409
    assert "Van Mia" in answer.text and "Van Jan" in answer.text


def test_autosave_of_the_general_part_leaves_the_rest_alone(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    general(client, draft, summary="Staat er", truthful="y")
    version = token_of(client.get(f"{draft.url}/algemeen").text)
    url, headers = f"{draft.url}/algemeen/bewaar", {"X-Requested-With": "XMLHttpRequest"}
    answer = client.post(
        url, data={"version": version, "truthful": "", "references": "OCMW"}, headers=headers
    )
    assert answer.json["state"] == "saved"
    content = working_content(draft.id)
    assert content["summary"] == "Staat er" and content["references"] == "OCMW"
    assert content["declarations"]["truthful"] is False
    bad = client.post(url, data={"version": answer.json["version"], "cost_estimate": "veel"}, headers=headers)
    assert (bad.status_code, bad.json["state"]) == (422, "failed")


def test_not_submitted_stands_on_every_page_until_it_is(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    pages = [draft.url, f"{draft.url}/algemeen", draft.challenge, f"{draft.url}/indienen"]
    assert all("NIET INGEDIEND" in client.get(page).text for page in pages)
    one = draft.obstacles[0]
    client.post(draft.challenge, data={"version": "", f"approach-{one}": "Aanpak"})
    general(client, draft, summary="Kort", truthful="y", no_client_data="y")
    submit_proposal(draft.id, key="k", by=make.actor(draft.owner))
    assert not any("NIET INGEDIEND" in client.get(page).text for page in pages)
    version = token_of(client.get(draft.challenge).text)
    client.post(draft.challenge, data={"version": version, f"approach-{one}": "Andere aanpak"})
    assert all("Gewijzigd na indienen" in client.get(page).text for page in [*pages, "/kandidaturen"])
    version = token_of(client.get(draft.challenge).text)
    client.post(draft.challenge, data={"version": version, f"approach-{one}": "Aanpak"})
    assert not any("Gewijzigd na indienen" in client.get(page).text for page in [*pages, "/kandidaturen"])


def test_own_list_needs_the_same_queries_for_any_number(app: Flask, client: FlaskClient) -> None:
    counts = []
    organisation = make.make_organisation()
    owner = make.make_member(organisation)
    client.sign_in(owner)
    done = 0
    for number in (1, 3, 30):
        for _ in range(number - done):
            make.make_proposal(make.make_call(make.make_region()), organisation, owner, submitted=True)
        done = number
        with queries() as seen:
            assert client.get("/kandidaturen").text.count("Vzw De Brug") >= number
        counts.append(len(seen))
    assert len(set(counts)) == 1 and counts[0] <= 12


def test_without_proposals_the_list_says_what_to_do(app: Flask, client: FlaskClient) -> None:
    assert "Nog geen organisatie" in client.sign_in(make.make_user()).get("/kandidaturen").text
