"""The chair proposes, the regisseur confirms, and nobody does both."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEntry
from app.decisions.candidates import candidates, draft_reasons
from app.decisions.communicating import communicate
from app.decisions.models import Decision
from app.decisions.services import confirm, propose
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.timeline import Phase
from app.evaluation.models import ConflictDeclaration, Consensus, JurySeat, Score, ScoreSheet
from app.infra.database import db, transaction
from app.regions.models import RegionRole
from tests import factories as make
from tests.counting import queries
from tests.decisions.world import REASONS, World, build, confirm_all, propose_all, stored, wanted


def sent(**changes: object) -> dict[str, object]:
    form = wanted().texts() | {"version": "0"}
    form["reasons"] = form.pop("motivation")
    return form | changes


def test_the_chair_proposes_and_the_table_shows_it(client: FlaskClient) -> None:
    world = build()
    client.sign_in(world.chair)
    answer = client.post(f"/kandidaturen/{world.proposals[0].id}/beslissing/voorstel", data=sent())
    assert answer.status_code == 302
    page = client.get(f"/oproepen/{world.call.id}/beslissingen").text
    assert "1 van 3 voorgesteld" in page and "Te bevestigen" in page
    assert page.index("De Brug A") < page.index("De Brug B") < page.index("De Brug C")
    assert "2 van 3" in page and "100 %" in page


def test_who_has_sixty_finds_what_is_to_do(client: FlaskClient) -> None:
    world = build(9)
    by = make.actor(world.chair)
    for number, proposal in enumerate(world.proposals[:8]):
        propose(proposal.id, wanted(name=world.organisations[number].name), by=by)
    first = stored(world, 0)
    confirm(world.call.id, {first.id: first.version}, by=make.actor(world.regisseur))
    client.sign_in(world.regisseur)
    address = f"/oproepen/{world.call.id}/beslissingen"

    def shown(asked: str) -> str:
        page = client.get(f"{address}?{asked}").text
        return "".join(re.findall("<bdi>Vzw De Brug ([A-I])</bdi>", page))

    assert shown("") == shown("stand=onzin") == shown("naam=%00") == "ABCDEFGHI"
    assert shown("stand=bevestigd") == "A" and shown("stand=voorstellen") == "I"
    assert shown("stand=bevestigen") == "BCDEFGH" and shown("stand=bevestigen&naam=BRUG+c") == "C"
    assert "7 van 9 kandidaten" in client.get(f"{address}?stand=bevestigen").text
    nobody = client.get(f"{address}?naam=zzz").text
    assert "Niemand gevonden" in nobody and "8 van 9 voorgesteld" in nobody
    page = client.get(f"{address}/meedelen").text
    assert f'href="{address}?stand=bevestigen">7 te bevestigen</a>' in page
    assert "<bdi>Vzw De Brug I</bdi>: te doen" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"outcome": ""}, "Kies een van de vier uitkomsten"),
        ({"outcome": "maybe"}, "Kies een van de vier uitkomsten"),
        ({"reasons": ""}, "heeft altijd redenen in woorden nodig"),
        ({"reasons": "Aanpak 12/20, bereik 14/20"}, "Punten alleen zijn geen redenen"),
        ({"reasons": "Te weinig."}, "minstens 80 tekens"),
        ({"legal_basis": "De wet"}, "wet van 29 juli 1991"),
        ({"appeal_routes": "Geen"}, "Raad van State"),
        ({"reasons": "woord " * 4000}, "hoogstens 20000 tekens"),
    ],
)
def test_what_does_not_stand_is_refused_at_its_field_and_kept(
    client: FlaskClient, changes: dict[str, object], sentence: str
) -> None:
    world = build(1)
    answer = client.sign_in(world.chair).post(
        f"/kandidaturen/{world.proposals[0].id}/beslissing/voorstel",
        data=sent(appeal_routes="Mijn eigen zin, Raad van State, 60 dagen") | changes,
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    if "appeal_routes" not in changes:
        assert "Mijn eigen zin" in answer.text
    assert stored(world, 0) is None


def test_the_draft_is_a_start_and_never_the_reasons(client: FlaskClient) -> None:
    world = build(1)
    proposal = world.proposals[0]
    remark = "Jullie aanpak is warm en concreet, en het bereik via de buurt overtuigde ons allemaal sterk."
    with transaction() as now:
        db.session.execute(
            update(ScoreSheet)
            .where(ScoreSheet.juror_id == world.jurors[0].id)
            .values(remark_applicant=remark)
        )
        criterion = world.call.criteria[0]
        db.session.add(
            Consensus(
                proposal_id=proposal.id,
                criterion_id=criterion.id,
                level=4,
                reason="Na overleg vinden we dit een vier waard.",
                recorded_by_id=world.chair.id,
                recorded_at=now,
            )
        )
    client.sign_in(world.chair)
    page = client.get(f"/kandidaturen/{proposal.id}/beslissing/voorstel").text
    assert remark in page and "Na overleg vinden we dit een vier waard." in page
    draft = draft_reasons(world.call.id, proposal.id)
    answer = client.post(
        f"/kandidaturen/{proposal.id}/beslissing/voorstel", data=sent(reasons=draft.replace("\n", "\r\n"))
    )
    assert answer.status_code == 422 and "samengestelde ontwerp" in answer.text
    assert stored(world, 0) is None


def test_internal_remarks_never_reach_the_draft(app: object) -> None:
    world = build(1)
    with transaction():
        db.session.execute(update(ScoreSheet).values(remark_internal="Alleen voor ons"))
    assert "Alleen voor ons" not in draft_reasons(world.call.id, world.proposals[0].id)


def test_a_stale_form_shows_both_texts_and_loses_neither(client: FlaskClient) -> None:
    world = build(1)
    other_text = REASONS.format(name="een ander")
    propose(world.proposals[0].id, wanted("reserve", reasons=other_text), by=make.actor(world.chair))
    mine = (
        "Mijn eigen tekst over deze kandidatuur, die ik al een uur zit te schrijven voor de kandidaat zelf."
    )
    answer = client.sign_in(world.chair).post(
        f"/kandidaturen/{world.proposals[0].id}/beslissing/voorstel", data=sent(reasons=mine)
    )
    assert answer.status_code == 409
    assert mine in answer.text and "een ander" in answer.text and 'value="1"' in answer.text
    assert stored(world, 0).motivation == other_text
    again = client.post(
        f"/kandidaturen/{world.proposals[0].id}/beslissing/voorstel", data=sent(reasons=mine, version="1")
    )
    assert again.status_code == 302
    assert stored(world, 0).motivation == mine and stored(world, 0).version == 2


def test_a_change_voids_the_confirmation(app: object) -> None:
    world = build(1)
    propose_all(world)
    confirm_all(world)
    assert stored(world, 0).confirmed_by_id == world.regisseur.id
    propose(world.proposals[0].id, wanted("reserve", version=1), by=make.actor(world.chair))
    assert stored(world, 0).confirmed_at is None and stored(world, 0).confirmed_by_id is None


def test_who_proposed_does_not_confirm(client: FlaskClient) -> None:
    world = build(1)
    with transaction() as now:
        db.session.add(
            RegionRole(
                user_id=world.chair.id, service_area_id=world.region.id, role="regisseur", granted_at=now
            )
        )
    propose_all(world)
    row = stored(world, 0)
    answer = client.sign_in(world.chair).post(
        f"/oproepen/{world.call.id}/beslissingen/bevestigen",
        data={"chosen": f"{row.id}:{row.version}", "read": "y"},
    )
    assert answer.status_code == 422 and "Iemand anders moet het bevestigen" in answer.text
    assert stored(world, 0).confirmed_at is None


def test_the_database_itself_wants_two_people(app: object) -> None:
    world = build(1)
    propose_all(world)
    with pytest.raises(IntegrityError), transaction() as now:
        db.session.execute(update(Decision).values(confirmed_by_id=world.chair.id, confirmed_at=now))
    with pytest.raises(IntegrityError), transaction() as now:
        db.session.execute(update(Decision).values(notified_at=now))
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(update(Decision).values(motivation=""))


def test_confirming_needs_the_reading_and_the_version_that_was_read(client: FlaskClient) -> None:
    world = build(2)
    propose_all(world)
    rows = [stored(world, 0), stored(world, 1)]
    shown = [f"{row.id}:{row.version}" for row in rows]
    client.sign_in(world.regisseur)
    address = f"/oproepen/{world.call.id}/beslissingen/bevestigen"
    page = client.get(address).text
    assert all(row.motivation in page for row in rows)
    unread = client.post(address, data={"shown": shown, "all": "1"})
    assert unread.status_code == 422 and "Vink aan dat je de redenen las" in unread.text
    nothing = client.post(address, data={"shown": shown, "read": "y"})
    assert nothing.status_code == 422 and "minstens één" in nothing.text
    propose(world.proposals[1].id, wanted("selected", version=1), by=make.actor(world.chair))
    stale = client.post(address, data={"shown": shown, "read": "y", "all": "1"})
    assert stale.status_code == 409
    assert stored(world, 0).confirmed_at is None, "nothing is confirmed unread"
    one = client.post(address, data={"chosen": shown[0], "shown": shown, "read": "y"})
    assert one.status_code == 302
    assert stored(world, 0).confirmed_at and not stored(world, 1).confirmed_at


@pytest.mark.parametrize("junk", ["x:1", "1:x", "99999999999:1", "-1:1", "²:1", ""])
def test_junk_in_the_form_confirms_nothing(client: FlaskClient, junk: str) -> None:
    world = build(1)
    propose_all(world)
    answer = client.sign_in(world.regisseur).post(
        f"/oproepen/{world.call.id}/beslissingen/bevestigen", data={"chosen": junk, "read": "y"}
    )
    assert answer.status_code == 422


def test_a_decision_of_another_call_is_not_found(app: object) -> None:
    world, other = build(1), build(1)
    propose_all(other)
    with pytest.raises(NotFound):
        confirm(world.call.id, {stored(other, 0).id: 1}, by=make.actor(world.regisseur))


def test_a_chair_in_conflict_proposes_nothing_there(client: FlaskClient) -> None:
    world = build(2)
    with transaction() as now:
        db.session.query(ConflictDeclaration).filter_by(juror_id=world.chair.id).delete()
        db.session.add(
            ConflictDeclaration(
                addendum_id=world.call.id,
                juror_id=world.chair.id,
                organisation_id=world.organisations[0].id,
                in_conflict=True,
                kind="board",
                declared_at=now,
            )
        )
    by = make.actor(world.chair)
    with pytest.raises((Forbidden, NotFound)):
        propose(world.proposals[0].id, wanted(), by=by)
    assert propose(world.proposals[1].id, wanted(), by=by) == 1
    client.sign_in(world.chair)
    assert client.get(f"/kandidaturen/{world.proposals[0].id}/beslissing/voorstel").status_code in (403, 404)


def test_only_a_chair_and_only_in_this_phase(app: object) -> None:
    world = build(1)
    for user in (world.regisseur, world.jurors[0]):
        with pytest.raises((Forbidden, NotFound)):
            propose(world.proposals[0].id, wanted(), by=make.actor(user))
    early = make.make_call(world.region, Phase.PITCH)
    chair = make.make_juror(early, chair=True)
    proposal = make.make_proposal(early, world.organisations[0], world.owners[0], submitted=True)
    with pytest.raises(Forbidden, match="not_in_this_phase"):
        propose(proposal.id, wanted(), by=make.actor(chair))


def test_each_act_is_logged_without_its_outcome(app: object) -> None:
    world = build(1)
    propose_all(world)
    confirm_all(world)
    db.session.rollback()
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()
    acts = [one for one in entries if one.action.startswith("decision.")]
    assert [one.action for one in acts] == ["decision.proposed", "decision.confirmed"]
    assert all("selected" not in str(one.details) for one in acts)


def test_a_stale_version_is_refused_by_the_service_too(app: object) -> None:
    world = build(1)
    propose_all(world)
    with pytest.raises(Stale) as caught:
        propose(world.proposals[0].id, wanted("reserve"), by=make.actor(world.chair))
    assert caught.value.theirs["outcome"] == "selected"
    with pytest.raises(DomainError, match="nothing_chosen"):
        confirm(world.call.id, {}, by=make.actor(world.regisseur))
    assert db.session.scalar(select(JurySeat).where(JurySeat.chair)) is not None


def test_a_confirmation_counts_only_on_the_ranking_it_was_given_on(client: FlaskClient) -> None:
    world = divided()
    assert confirm_all(world) == 3
    assert [one.confirmed for one in candidates(world.call.id)] == [True] * 3
    declare_conflict(world)
    lapsed = [one.proposal.organisation_name for one in candidates(world.call.id) if one.lapsed]
    assert lapsed == ["Vzw De Brug B"]
    client.sign_in(world.regisseur)
    table = client.get(f"/oproepen/{world.call.id}/beslissingen").text
    assert table.count("Bevestiging vervallen: de rangschikking veranderde") == len(lapsed)
    with pytest.raises(DomainError, match="confirmations_lapsed") as caught:
        communicate(world.call.id, by=make.actor(world.regisseur))
    assert caught.value.facts["names"] == "Vzw De Brug B"
    assert "Bevestig 1 voorgestelde beslissing" in client.get("/").text, "the home page counts the same"
    assert confirm_all(world) == len(lapsed), "what still counts is left as it is"
    assert communicate(world.call.id, by=make.actor(world.regisseur)) == 3


def test_a_ranking_that_moved_while_it_was_read_is_not_confirmed(client: FlaskClient) -> None:
    world = divided()
    client.sign_in(world.regisseur)
    page = client.get(f"/oproepen/{world.call.id}/beslissingen/bevestigen").text
    shown = re.findall(r'name="shown" value="([^"]+)"', page)
    declare_conflict(world)
    data = {"shown": shown, "all": "1", "read": "y"}
    answer = client.post(f"/oproepen/{world.call.id}/beslissingen/bevestigen", data=data)
    assert answer.status_code == 409
    db.session.rollback()
    assert not any(one.confirmed for one in candidates(world.call.id))


def test_forty_decisions_are_read_and_confirmed_on_one_page(client: FlaskClient) -> None:
    world = build(3)
    counts = []
    propose_all(world)
    client.sign_in(world.regisseur)
    address = f"/oproepen/{world.call.id}/beslissingen/bevestigen"
    with queries() as asked:
        assert client.get(address).text.count("pw-panel") >= 3
    counts.append(len(asked))
    bigger = build(40)
    propose_all(bigger)
    client.sign_in(bigger.regisseur)
    address = f"/oproepen/{bigger.call.id}/beslissingen/bevestigen"
    with queries() as asked:
        page = client.get(address).text
    assert page.count('name="shown"') == 40 and "Bevestig alle 40" in page
    assert len(asked) == counts[0]


def divided(count: int = 3) -> World:
    """One juror found the second applicant weaker than the other did."""
    world = build(count)
    with transaction():
        sheets = select(ScoreSheet.id).where(
            ScoreSheet.proposal_id == world.proposals[1].id, ScoreSheet.juror_id == world.jurors[0].id
        )
        db.session.execute(update(Score).where(Score.sheet_id.in_(sheets)).values(level=3))
    propose_all(world)
    return world


def declare_conflict(world: World) -> None:
    """Of that juror with the second applicant, after all: those scores do not count any more."""
    with transaction():
        db.session.execute(
            update(ConflictDeclaration)
            .where(
                ConflictDeclaration.juror_id == world.jurors[0].id,
                ConflictDeclaration.organisation_id == world.organisations[1].id,
            )
            .values(in_conflict=True, kind="board")
        )
