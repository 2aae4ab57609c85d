"""The log of a region, and that of the installation: what each may tell, and to whom."""

import ast
import re

import pytest
from flask.testing import FlaskClient

from app.accounts.models import User
from app.audit.policy import NEVER_SHOWN
from app.audit.services import record
from app.domain.timeline import Phase
from app.evaluation.models import JurySeat
from app.infra.database import db, transaction
from app.organisations.models import Organisation
from app.workspace.log_words import SENTENCES
from config import ROOT
from tests import factories as make
from tests.counting import queries
from tests.workspace.world import World, build, declare


def note(
    world: World,
    phase: Phase | None,
    action: str,
    *,
    organisation: Organisation | None = None,
    sealed: bool = False,
    times: int = 1,
) -> None:
    call = world.calls[phase] if phase is not None else None
    with transaction() as now:
        for _ in range(times):
            record(
                action,
                actor_id=world.regisseur.id,
                subject="addendum:1",
                at=now,
                service_area_id=world.region.id,
                addendum_id=call.id if call else None,
                organisation_id=organisation.id if organisation else None,
                sealed=sealed,
            )


def log(client: FlaskClient, world: World, user: User, query: str = "") -> str:
    answer = client.sign_in(user).get(f"/regio/{world.region.id}/logboek{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def rows(page: str) -> int:
    return len(re.findall(r'data-label="Wanneer"', page))


def test_a_log_reads_as_sentences_newest_first(client: FlaskClient) -> None:
    world = build(Phase.OPEN)
    note(world, Phase.OPEN, "addendum.drafted")
    note(world, Phase.OPEN, "addendum.published")
    page = log(client, world, world.regisseur)
    assert page.index("publiceerde de oproep") < page.index("begon een oproep")
    assert "Rik De Regisseur" in page and world.calls[Phase.OPEN].title in page


def test_an_act_without_a_sentence_shows_its_code(client: FlaskClient) -> None:
    world = build(Phase.OPEN)
    note(world, Phase.OPEN, "iets.nieuws")
    assert "iets.nieuws" in log(client, world, world.regisseur)


def test_an_empty_log_and_a_page_beyond_the_end_say_so(client: FlaskClient) -> None:
    world = build()
    assert "Hier staat nog niets" in log(client, world, world.regisseur)
    assert "Zo ver gaat het logboek niet terug" in log(client, world, world.regisseur, "?pagina=9")


@pytest.mark.parametrize("query", ["?pagina=0", "?pagina=-3", "?pagina=x", "?pagina=99999999999999999999"])
def test_a_strange_page_number_is_no_error(client: FlaskClient, query: str) -> None:
    world = build()
    log(client, world, world.regisseur, query)


def test_what_is_sealed_stays_hidden_until_the_opening(client: FlaskClient) -> None:
    world = build(Phase.OPEN, Phase.SEALED, Phase.WRITTEN)
    for phase in world.calls:
        note(world, phase, "proposal.submitted", organisation=world.organisation, sealed=True)
    page = log(client, world, world.regisseur)
    assert rows(page) == 1 and "Vzw De Brug" in page
    assert rows(log(client, world, world.regisseur, f"?oproep={world.calls[Phase.SEALED].id}")) == 0


def test_a_draft_that_was_never_handed_in_stays_unknown_for_ever(client: FlaskClient) -> None:
    world = build(Phase.WRITTEN)
    silent = make.make_organisation("Vzw Stil")
    make.make_proposal(world.calls[Phase.WRITTEN], silent)
    note(world, Phase.WRITTEN, "proposal.started", organisation=silent, sealed=True)
    assert "Vzw Stil" not in log(client, world, world.regisseur)


def test_an_objection_that_is_being_written_is_not_told(client: FlaskClient) -> None:
    world = build(Phase.COMMUNICATED)
    note(world, Phase.COMMUNICATED, "objection.drafted", organisation=world.organisation)
    note(world, Phase.COMMUNICATED, "objection.filed", organisation=world.organisation)
    assert rows(log(client, world, world.regisseur)) == 1


def test_no_number_tells_how_much_is_hidden(client: FlaskClient) -> None:
    """The same visible acts give the same page, whatever is sealed between them."""
    world = build(Phase.OPEN)
    note(world, Phase.OPEN, "addendum.published")
    before = log(client, world, world.regisseur)
    note(world, Phase.OPEN, "proposal.edited", organisation=world.organisation, sealed=True, times=70)
    assert _main(log(client, world, world.regisseur)) == _main(before)


def _main(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>")[0]


def test_a_conflict_hides_the_applicant_from_a_regisseur_too(client: FlaskClient) -> None:
    world = build(Phase.DECIDED)
    call = world.calls[Phase.DECIDED]
    with transaction() as now:
        seat = JurySeat(addendum_id=call.id, user_id=world.regisseur.id, chair=False, seat="vdab", since=now)
        db.session.add(seat)
    note(world, Phase.DECIDED, "decision.proposed", organisation=world.organisation)
    assert "Vzw De Brug" in log(client, world, world.regisseur)
    declare(call, world.regisseur, world.organisation, conflict=True)
    assert "Vzw De Brug" not in log(client, world, world.regisseur)


def test_pages_of_fifty_without_a_total(client: FlaskClient) -> None:
    world = build(Phase.OPEN)
    note(world, Phase.OPEN, "addendum.edited", times=51)
    first = log(client, world, world.regisseur)
    assert rows(first) == 50 and "Volgende" in first and "<p>Pagina 1</p>" in first
    second = log(client, world, world.regisseur, "?pagina=2")
    assert rows(second) == 1 and "Vorige" in second and "Volgende" not in second


def test_the_filter_takes_only_calls_of_the_region(client: FlaskClient) -> None:
    world = build(Phase.OPEN, Phase.WRITTEN)
    for phase in world.calls:
        note(world, phase, "addendum.published")
    assert rows(log(client, world, world.regisseur, f"?oproep={world.calls[Phase.OPEN].id}")) == 1
    foreign = make.make_call(make.make_region(), Phase.OPEN)
    answer = client.get(f"/regio/{world.region.id}/logboek?oproep={foreign.id}")
    assert answer.status_code == 404


def test_the_invitations_to_a_jury_are_in_the_log_of_the_region(client: FlaskClient) -> None:
    world = build(Phase.OPEN)
    with transaction() as now:
        record(
            "invitation.sent",
            actor_id=world.regisseur.id,
            subject="invitation:1",
            at=now,
            addendum_id=world.calls[Phase.OPEN].id,
            role="juror",
        )
    assert "stuurde een uitnodiging (jurylid)" in log(client, world, world.regisseur)


def test_only_who_runs_or_watches_the_region_reads_its_log(client: FlaskClient) -> None:
    world = build(Phase.WRITTEN)
    url = f"/regio/{world.region.id}/logboek"
    assert "/aanmelden" in client.get(url).headers["Location"]
    log(client, world, make.make_regisseur(world.region, "observer"))
    others = [
        make.make_regisseur(make.make_region()),
        make.make_juror(world.calls[Phase.WRITTEN], chair=True),
        world.owner,
        make.make_user(administrator=True),
    ]
    assert [client.sign_in(user).get(url).status_code for user in others] == [404] * 4
    assert client.sign_in(world.regisseur).get("/regio/987654/logboek").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_log_costs_the_same_for_every_length(client: FlaskClient, count: int) -> None:
    world = build(Phase.OPEN)
    note(world, Phase.OPEN, "addendum.edited", times=count)
    log(client, world, world.regisseur)
    with queries() as seen:
        log(client, world, world.regisseur)
    assert len(seen) == 5


def test_the_system_log_leaves_out_every_call(client: FlaskClient) -> None:
    world = build(Phase.OPEN)
    note(world, Phase.OPEN, "addendum.published")
    with transaction() as now:
        record("account.deactivated", actor_id=world.regisseur.id, subject=f"user:{world.owner.id}", at=now)
    people = [make.make_user(administrator=True), make.make_regisseur(world.region, "observer")]
    for person in people:
        page = client.sign_in(person).get("/beheer/logboek").get_data(as_text=True)
        assert "sloot een account af" in page and "Mia Medewerker" in page
        assert "publiceerde" not in page and world.calls[Phase.OPEN].title not in page


def test_the_system_log_is_not_for_others(client: FlaskClient) -> None:
    world = build(Phase.OPEN)
    assert "/aanmelden" in client.get("/beheer/logboek").headers["Location"]
    for person in (world.regisseur, world.owner, make.make_juror(world.calls[Phase.OPEN])):
        assert client.sign_in(person).get("/beheer/logboek").status_code == 404


def test_sentences_start_small_and_have_no_point() -> None:
    assert [one for one in SENTENCES.values() if one[:1].isupper() or one.endswith(".")] == []


def test_the_accessibility_statement_is_linked_from_every_page(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    assert 'href="/toegankelijkheid"' in page
    statement = client.get("/toegankelijkheid").get_data(as_text=True)
    assert "WCAG" in statement and "niveau AA" in statement and "axe" in statement


def test_every_act_that_is_recorded_has_its_words() -> None:
    """A code like "call.opened" given to `record` or to a feature's own note of an act."""
    found = set()
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in {"record", "note_edit", "note_act"}:
                found |= {text for argument in node.args for text in _codes(argument)}
    assert len(found) > 50
    assert found - set(SENTENCES) - set(NEVER_SHOWN) == set()


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _codes(argument: ast.expr) -> set[str]:
    texts = (one.value for one in ast.walk(argument) if isinstance(one, ast.Constant))
    return {text for text in texts if isinstance(text, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", text)}
