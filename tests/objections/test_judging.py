"""Judging an objection: with reasons, by an eye that did not score, and the decision stays as it was."""

import io
import re

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from app.addenda.models import CallFact
from app.addenda.queries import load_call
from app.decisions.queries import decision_of
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.timeline import Phase
from app.evaluation.models import ConflictDeclaration
from app.infra import clock
from app.infra.database import db, transaction
from app.objections.judging import ProposedRuling, judge
from app.objections.models import Ruling, RulingJudge
from app.objections.queries import filed_objections
from app.objections.services import save_draft, submit
from app.organisations.models import Membership
from tests import factories as make
from tests.counting import queries
from tests.decisions.world import World, build, tell_all
from tests.objections.test_filing import TEXT, mails, text

REASONS = (
    "Het antwoord over vervoer staat wel in de kandidatuur, op de plaats die de organisatie aanwijst. "
    "De jury las dat deel niet mee toen ze tot haar oordeel kwam."
)


def objected(count: int = 3) -> tuple[World, int]:
    world = build(count)
    tell_all(world, ("selected", "reserve", "not_selected"))
    return world, submit(world.proposals[-1].id, text(), by=make.actor(world.owners[-1]))


def ruling(world: World, outcome: str = "upheld", **changes: object) -> ProposedRuling:
    values = {"outcome": outcome, "reasons": REASONS, "judges": (world.regisseur.id, world.jurors[0].id)}
    return ProposedRuling(**(values | changes))  # type: ignore[arg-type]


def conflict(world: World, user_id: int, organisation_id: int) -> None:
    with transaction() as now:
        db.session.query(ConflictDeclaration).filter_by(juror_id=user_id).delete()
        db.session.add(
            ConflictDeclaration(
                addendum_id=world.call.id,
                juror_id=user_id,
                organisation_id=organisation_id,
                in_conflict=True,
                kind="board",
                declared_at=now,
            )
        )


def sent(world: World, **changes: object) -> dict[str, object]:
    return {"outcome": "dismissed", "reasons": REASONS, "judges": [str(world.regisseur.id)]} | changes


def test_a_ruling_is_told_by_letter_and_mail_once(client: FlaskClient) -> None:
    world, objection_id = objected()
    before = decision_of(world.proposals[2].id)
    client.sign_in(world.regisseur)
    page = client.get(f"/weerwoorden/{objection_id}").text
    assert TEXT["grounds"] in page and "scoorde deze kandidatuur" in page and before.motivation in page
    answer = client.post(f"/weerwoorden/{objection_id}", data=sent(world, outcome="partly"))
    assert answer.status_code == 302
    db.session.rollback()
    assert decision_of(world.proposals[2].id) == before, "the decision stays as it was"
    stored = db.session.get_one(Ruling, objection_id)
    assert stored.outcome == "partly" and not stored.reassess
    judges = db.session.execute(select(RulingJudge.user_id, RulingJudge.scored)).all()
    assert [tuple(one) for one in judges] == [(world.regisseur.id, False)]
    fact = db.session.scalars(select(CallFact).where(CallFact.kind == "objection_settled")).one()
    assert fact.subject_id == objection_id
    sent_mails = mails(world, "ruling")
    assert [one.to_address for one in sent_mails] == [world.owners[2].email]
    assert sent_mails[0].attachment_name == "uitspraak-weerwoord.pdf"
    client.sign_in(world.owners[2])
    shown = client.get(f"/kandidaturen/{world.proposals[2].id}/weerwoord").text
    assert "Deels gegrond" in shown and REASONS in shown
    file = client.get(f"/kandidaturen/{world.proposals[2].id}/weerwoord/uitspraak.pdf")
    assert file.data == stored.pdf


def test_the_letter_says_why_and_what_it_means(app: object) -> None:
    world, objection_id = objected()
    judge(objection_id, ruling(world, reassess=True), by=make.actor(world.regisseur))
    db.session.rollback()
    pdf = db.session.scalars(select(Ruling.pdf)).one()
    assert pdf is not None
    reader = PdfReader(io.BytesIO(pdf))
    assert (
        str(reader.trailer["/Root"]["/Lang"]).startswith("nl")
        and "/StructTreeRoot" in reader.trailer["/Root"]
    )
    words = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    for part in (
        "Je weerwoord is gegrond.",
        TEXT["contested"],
        "De jury las dat deel niet mee",
        "opnieuw beoordeeld",
        "2 personen, van wie 1 je kandidatuur niet scoorde",
        "Kerkstraat 3",
        "Raad van State",
    ):
        assert part in words, part


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"outcome": ""}, "Kies een uitspraak"),
        ({"outcome": "beroep"}, "Kies een uitspraak"),
        ({"reasons": ""}, "redenen in woorden"),
        ({"reasons": "Nee."}, "minstens 80 tekens"),
        ({"judges": []}, "Kies wie dit weerwoord bekeek"),
        ({"judges": ["999999"]}, "Kies alleen juryleden"),
        ({"judges": ["abc"]}, "Kies alleen juryleden"),
        ({"reassess": "y"}, "alleen als het weerwoord (deels) gegrond is"),
    ],
)
def test_what_does_not_stand_is_refused_and_kept(
    client: FlaskClient, changes: dict[str, object], sentence: str
) -> None:
    world, objection_id = objected()
    client.sign_in(world.regisseur)
    answer = client.post(f"/weerwoorden/{objection_id}", data=sent(world) | changes)
    assert answer.status_code == 422 and sentence in answer.text
    if "reasons" not in changes:
        assert REASONS in answer.text
    db.session.rollback()
    assert load_call(world.call.id, clock.read()).facts.open_objections == 1


def test_at_least_one_judge_did_not_score(client: FlaskClient) -> None:
    world, objection_id = objected()
    scorers = [str(one.id) for one in world.jurors]
    client.sign_in(world.regisseur)
    refused = client.post(f"/weerwoorden/{objection_id}", data=sent(world, judges=scorers))
    assert refused.status_code == 422 and "niet gescoord" in refused.text
    fresh = make.make_juror(world.call)
    accepted = client.post(f"/weerwoorden/{objection_id}", data=sent(world, judges=[*scorers, str(fresh.id)]))
    assert accepted.status_code == 302
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(RulingJudge).where(RulingJudge.scored)) == 2


def test_who_is_in_conflict_does_not_judge(client: FlaskClient) -> None:
    world, objection_id = objected()
    loyal = make.make_juror(world.call)
    conflict(world, loyal.id, world.organisations[2].id)
    client.sign_in(world.regisseur)
    refused = client.post(
        f"/weerwoorden/{objection_id}", data=sent(world, judges=[str(loyal.id), str(world.regisseur.id)])
    )
    assert refused.status_code == 422 and "belangenconflict" in refused.text
    assert f'value="{loyal.id}"' not in client.get(f"/weerwoorden/{objection_id}").text
    conflict(world, world.chair.id, world.organisations[2].id)
    with pytest.raises((Forbidden, NotFound)):
        judge(objection_id, ruling(world), by=make.actor(world.chair))
    client.sign_in(world.chair)
    assert client.get(f"/weerwoorden/{objection_id}").status_code in (403, 404)
    assert "De Brug C" not in client.get(f"/oproepen/{world.call.id}/weerwoorden").text.split("<h1>")[1]


def test_a_regisseur_who_belongs_to_the_organisation_does_not_judge(app: object) -> None:
    world, objection_id = objected()
    with transaction() as now:
        db.session.add(
            Membership(
                user_id=world.regisseur.id,
                organisation_id=world.organisations[2].id,
                role="member",
                since=now,
            )
        )
    with pytest.raises(Forbidden, match="conflict_of_interest"):
        judge(objection_id, ruling(world, judges=(world.chair.id,)), by=make.actor(world.regisseur))


def test_there_is_one_ruling(app: object) -> None:
    world, objection_id = objected()
    by = make.actor(world.regisseur)
    judge(objection_id, ruling(world), by=by)
    with pytest.raises(DomainError, match="ruling_given"):
        judge(objection_id, ruling(world, "dismissed"), by=by)
    db.session.rollback()
    assert len(mails(world, "ruling")) == 1


def test_an_evaluation_anew_leaves_the_decision_and_the_objection_open(client: FlaskClient) -> None:
    world, objection_id = objected()
    judge(objection_id, ruling(world, reassess=True), by=make.actor(world.regisseur))
    db.session.rollback()
    assert decision_of(world.proposals[2].id).outcome == "not_selected"
    assert load_call(world.call.id, clock.read()).facts.open_objections == 1, "until the new decision"
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(update(Ruling).values(outcome="dismissed"))
    client.sign_in(world.owners[2])
    shown = client.get(f"/kandidaturen/{world.proposals[2].id}/weerwoord").text
    assert "wordt opnieuw beoordeeld" in shown


def test_an_open_objection_holds_the_call_until_its_ruling(app: object, at) -> None:  # type: ignore[no-untyped-def]
    at("2023-07-03T10:00")
    world, objection_id = objected()
    at("2023-07-18T00:00:10")
    assert load_call(world.call.id, clock.read()).phase is Phase.OBJECTIONS
    judge(objection_id, ruling(world, "dismissed"), by=make.actor(world.chair))
    db.session.rollback()
    assert load_call(world.call.id, clock.read()).phase is Phase.PARTNERSHIP
    with pytest.raises((Forbidden, DomainError)):
        judge(objection_id, ruling(world, "dismissed"), by=make.actor(world.chair))


def test_a_draft_is_nobody_elses(client: FlaskClient) -> None:
    world = build(1)
    tell_all(world)
    save_draft(world.proposals[0].id, text(), by=make.actor(world.owners[0]))
    db.session.rollback()
    client.sign_in(world.regisseur)
    assert client.get("/weerwoorden/1").status_code == 404
    assert client.get("/weerwoorden/1/lezen").status_code == 404
    listed = client.get(f"/oproepen/{world.call.id}/weerwoorden").text
    assert ">Geen<" in "".join(listed.split()) and "Ingediend op" not in listed
    elsewhere = make.make_regisseur(make.make_region())
    client.sign_in(elsewhere)
    assert client.get(f"/oproepen/{world.call.id}/weerwoorden").status_code == 404


def test_an_observer_reads_and_judges_nothing(client: FlaskClient) -> None:
    world, objection_id = objected()
    client.sign_in(make.make_regisseur(world.region, "observer"))
    assert client.get(f"/weerwoorden/{objection_id}/lezen").status_code == 200
    page = client.get(f"/oproepen/{world.call.id}/weerwoorden").text
    assert "De Brug C" in page and "Uitspraak doen" not in page
    assert client.post(f"/weerwoorden/{objection_id}", data=sent(world)).status_code == 404


def test_the_list_asks_the_same_number_of_questions_for_any_number_of_rows(client: FlaskClient) -> None:
    counts = []
    for size in (1, 3, 12):
        world = build(size)
        tell_all(world, ("not_selected",))
        for proposal, owner in zip(world.proposals, world.owners, strict=True):
            submit(proposal.id, text(), by=make.actor(owner))
        client.sign_in(world.regisseur)
        with queries() as asked:
            assert client.get(f"/oproepen/{world.call.id}/weerwoorden").text.count(">Uitspraak doen<") == size
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


def preview(client: FlaskClient, objection_id: int, **fields: object):  # type: ignore[no-untyped-def]
    return client.post(f"/weerwoorden/{objection_id}/voorbeeld", data=fields)


def test_the_letter_can_be_read_before_the_ruling_and_nothing_is_kept(client: FlaskClient) -> None:
    world, objection_id = objected()
    client.sign_in(world.regisseur)
    shown = preview(client, objection_id, **sent(world, outcome="upheld", reassess="y"))
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(shown.data)).pages)
    assert "Je weerwoord is gegrond" in words and "opnieuw beoordeeld" in words and REASONS[:30] in words
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Ruling)) == 0
    assert mails(world, "ruling") == []
    for changes, sentence in (
        ({"outcome": ""}, "Kies een uitspraak"),
        ({"reasons": "x" * 20_001}, "te lang"),
    ):
        refused = preview(client, objection_id, **sent(world) | changes)
        assert refused.status_code == 422 and sentence in refused.text
    assert preview(client, objection_id, **sent(world, reasons="", judges=[])).status_code == 200
    markup = '#set page(fill: red)\x00 <b>"\\'
    odd = preview(client, objection_id, **sent(world, reasons=markup, judges=["x"]))
    assert odd.data.startswith(b"%PDF")
    for user in (world.owners[2], world.jurors[0], make.make_regisseur(world.region, "observer")):
        client.sign_in(user)
        assert preview(client, objection_id, **sent(world)).status_code in (403, 404)


def test_after_the_ruling_its_preview_is_the_letter_itself(client: FlaskClient) -> None:
    world, objection_id = objected()
    judge(objection_id, ruling(world, "dismissed"), by=make.actor(world.regisseur))
    client.sign_in(world.regisseur)
    answer = preview(client, objection_id, **sent(world, outcome="upheld"))
    assert answer.status_code == 302 and answer.headers["Location"].endswith("uitspraak.pdf")


def test_a_second_ruling_changes_nothing_and_what_was_typed_is_shown(client: FlaskClient) -> None:
    world, objection_id = objected()
    client.sign_in(world.regisseur)
    first = sent(world, outcome="dismissed")
    assert client.post(f"/weerwoorden/{objection_id}", data=first).status_code == 302
    again = client.post(f"/weerwoorden/{objection_id}", data=first, follow_redirects=True)
    assert "was al gedaan" in again.text
    client.sign_in(world.chair)
    other = client.post(
        f"/weerwoorden/{objection_id}", data=sent(world, outcome="upheld", reasons="Toch wel. " * 12)
    )
    assert other.status_code == 409 and "Toch wel." in other.text and "al een uitspraak" in other.text
    db.session.rollback()
    assert db.session.scalars(select(Ruling.outcome)).all() == ["dismissed"]
    assert len(mails(world, "ruling")) == 1


def test_who_scored_in_one_round_only_scored(client: FlaskClient) -> None:
    world, objection_id = objected()
    pitch_only = make.make_juror(world.call)
    make.make_sheet(world.call, world.proposals[2], pitch_only, 3, round_name="pitch")
    begun = make.make_juror(world.call)
    make.make_sheet(world.call, world.proposals[2], begun, 3, sent=False)
    client.sign_in(world.regisseur)
    page = client.get(f"/weerwoorden/{objection_id}").text
    for user, scored in ((pitch_only, True), (begun, False)):
        label = page.split(f'value="{user.id}"')[1].split("</label>")[0]
        assert ("scoorde deze kandidatuur" in label) is scored
    refused = client.post(f"/weerwoorden/{objection_id}", data=sent(world, judges=[str(pitch_only.id)]))
    assert refused.status_code == 422 and "niet gescoord" in refused.text
    accepted = client.post(f"/weerwoorden/{objection_id}", data=sent(world, judges=[str(begun.id)]))
    assert accepted.status_code == 302


def test_the_list_is_searched_and_filtered_with_as_many_questions(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    at("2023-07-03T10:00")
    world = build(6)
    tell_all(world, ("not_selected",))
    for number in (0, 1, 2):
        submit(world.proposals[number].id, text(), by=make.actor(world.owners[number]))
    by = make.actor(world.regisseur)
    ids = [row.id for row in filed_objections(world.call.id)]
    judge(ids[0], ruling(world, "dismissed"), by=by)
    judge(ids[1], ruling(world, reassess=True), by=by)
    at("2023-07-18T00:00:01")
    with pytest.raises(Forbidden, match="objection_too_late"):
        submit(world.proposals[3].id, text(), by=make.actor(world.owners[3]))
    client.sign_in(world.regisseur)
    address = f"/oproepen/{world.call.id}/weerwoorden"

    def shown(asked: str) -> str:
        page = client.get(f"{address}?{asked}").text.split("<table")
        return "".join(sorted(set(re.findall("Vzw De Brug ([A-F])", page[1])))) if len(page) > 1 else ""

    assert shown("") == "ABCDEF"
    for stand, letters in (
        ("uitspraak", "A"),
        ("opnieuw", "B"),
        ("bekijken", "C"),
        ("laat", "D"),
        ("geen", "EF"),
        ("indienen", ""),
        ("onzin", "ABCDEF"),
        ("%00", "ABCDEF"),
    ):
        assert shown(f"stand={stand}") == letters, stand
    assert shown("naam=BRUG+f") == "F" and shown("naam=c&stand=laat") == "" and shown("naam=%25") == ""
    assert "Niemand gevonden" in client.get(f"{address}?naam=zzz").text
    counts = set()
    for asked in ("", "stand=bekijken", "naam=brug"):
        with queries() as found:
            client.get(f"{address}?{asked}")
        counts.add(len(found))
    assert len(counts) == 1


def test_an_empty_ruling_hears_everything_that_is_missing_at_once(client: FlaskClient) -> None:
    world, objection_id = objected()
    client.sign_in(world.regisseur)
    page = client.post(f"/weerwoorden/{objection_id}", data={})
    assert page.status_code == 422
    for sentence in ("Kies een uitspraak", "redenen in woorden", "Kies wie dit weerwoord bekeek"):
        assert sentence in page.text
