"""Letters are made ahead, one by one; the act takes those that still say what they must say."""

import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.addenda.queries import load_call
from app.audit.models import AuditEntry
from app.decisions import communicating
from app.decisions.communicating import communicate
from app.decisions.letters import making
from app.decisions.letters.making import ask_for_letters, continue_letters, make_letters
from app.decisions.letters.queries import run_of
from app.decisions.letters.services import save_words
from app.decisions.letters.wording import Words
from app.decisions.models import Letter, PreparedLetter
from app.decisions.services import propose
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.timeline import Phase, local_day
from app.evaluation.models import ConflictDeclaration
from app.infra import clock
from app.infra.database import db, transaction
from app.infra.jobs import work_off
from app.notifications.models import OutboxMessage
from app.notifications.sending import attached_pdf
from tests import factories as make
from tests.counting import queries
from tests.decisions.test_communicating import text_of
from tests.decisions.world import World, build, confirm_all, propose_all, stored, wanted


class Killed(BaseException):
    """The process is gone: nothing catches it."""


def ready_world(count: int = 3) -> World:
    world = build(count)
    propose_all(world)
    confirm_all(world)
    return world


def ask(world: World, days: int = 0) -> bool:
    day = local_day(clock.read()) + timedelta(days=days)
    return ask_for_letters(world.call.id, day, by=make.actor(world.regisseur))


def made() -> dict[int, tuple[str, bytes]]:
    db.session.rollback()
    rows = db.session.scalars(select(PreparedLetter))
    return {row.decision_id: (row.data_sha256, row.pdf) for row in rows}


def tell(world: World) -> int:
    db.session.rollback()
    return communicate(world.call.id, by=make.actor(world.regisseur))


def drawn(monkeypatch: pytest.MonkeyPatch, stop_after: int | None = None) -> list[str]:
    """To whom letters are drawn from here on; the process dies after some."""
    seen: list[str] = []
    real = making.letter_pdf

    def count(data: Any) -> bytes:
        if stop_after is not None and len(seen) == stop_after:
            raise Killed
        seen.append(data["recipient"][0])
        return real(data)

    for module in (making, communicating):
        monkeypatch.setattr(module, "letter_pdf", count)
    return seen


def test_the_worker_makes_what_was_asked(app: object) -> None:
    world = ready_world()
    assert ask(world) and not made()
    work_off()
    assert len(made()) == 3 and all(pdf.startswith(b"%PDF") for _, pdf in made().values())
    run = run_of(world.call.id)
    assert run is not None and run.finished_at is not None and run.problem is None
    entry = db.session.query(AuditEntry).filter_by(action="letters.asked").one()
    assert "outcome" not in entry.details


def test_a_second_click_asks_nothing_new(client: FlaskClient) -> None:
    world = ready_world()
    client.sign_in(world.regisseur)
    address = f"/oproepen/{world.call.id}/brieven/alle"
    day = {"day": local_day(clock.read()).isoformat()}
    assert client.post(address, data=day).status_code == 302
    again = client.post(address, data=day, follow_redirects=True)
    assert "werden al gemaakt" in again.text
    assert db.session.query(AuditEntry).filter_by(action="letters.asked").count() == 1


def test_only_what_is_missing_or_changed_is_made(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    world = ready_world()
    ask(world)
    work_off()
    before = made()
    propose(world.proposals[1].id, wanted("selected", version=1), by=make.actor(world.chair))
    seen = drawn(monkeypatch)
    ask(world)
    work_off()
    assert seen == [world.organisations[1].name]
    changed = {one for one, letter in made().items() if before[one] != letter}
    assert changed == {stored(world, 1).id}


def test_a_worker_that_is_killed_halfway_goes_on_where_it_was(
    still: Any, app: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    still("2023-07-03T10:00:00")
    world = ready_world(5)
    ask(world)
    first = drawn(monkeypatch, stop_after=2)
    with pytest.raises(Killed):
        make_letters(world.call.id)
    assert len(made()) == 2 and len(first) == 2
    monkeypatch.undo()
    second = drawn(monkeypatch)
    continue_letters(clock.read())
    assert second == [], "somebody may still be at it"
    still("2023-07-03T10:02:00")
    continue_letters(clock.read())
    assert len(second) == 3 and not set(first) & set(second) and len(made()) == 5
    run = run_of(world.call.id)
    assert run is not None and run.finished_at is not None


def test_one_that_cannot_be_drawn_holds_up_no_other(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = ready_world()
    real, name = making.letter_pdf, world.organisations[1].name

    def fails(data: Any) -> bytes:
        if data["recipient"][0] == name:
            raise ValueError("no glyph")
        return real(data)

    monkeypatch.setattr(making, "letter_pdf", fails)
    ask(world)
    work_off()
    assert len(made()) == 2
    client.sign_in(world.regisseur)
    page = client.get(f"/oproepen/{world.call.id}/brieven/alle").text
    assert "Niet elke brief lukte" in page and "2 van 3" in page


def test_the_act_takes_the_letters_that_are_ready(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    world = ready_world()
    ask(world)
    work_off()
    before = {one: pdf for one, (_, pdf) in made().items()}
    seen = drawn(monkeypatch)
    assert tell(world) == 3 and seen == []
    archive = dict(db.session.execute(select(Letter.decision_id, Letter.pdf)).all())  # type: ignore[arg-type]
    assert archive == before
    for letter in db.session.scalars(select(Letter)):
        assert letter.sha256 == hashlib.sha256(letter.pdf).hexdigest()
    assert made() == {}, "what is in the archive is not kept twice"


def test_a_letter_with_old_words_never_leaves(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    world = ready_world()
    ask(world)
    work_off()
    words = Words("Een nieuwe opening.")
    save_words(world.call.id, "reserve", words, seen=0, by=make.actor(world.regisseur))
    seen = drawn(monkeypatch)
    assert tell(world) == 3 and seen == [world.organisations[1].name]
    db.session.rollback()
    assert "Een nieuwe opening." in text_of(db.session.get_one(Letter, stored(world, 1).id).pdf)


def test_letters_of_yesterday_are_made_again(
    still: Any, app: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    still("2023-07-03T23:58:00")
    world = ready_world(2)
    ask(world)
    work_off()
    still("2023-07-04T00:01:00")
    seen = drawn(monkeypatch)
    assert tell(world) == 2 and len(seen) == 2
    text = text_of(db.session.scalars(select(Letter.pdf)).first() or b"")
    assert "dinsdag 4 juli 2023" in text and "dinsdag 18 juli 2023, 23u59" in text


def test_letters_can_be_made_today_for_tomorrow(
    still: Any, app: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    still("2023-07-03T18:00:00")
    world = ready_world(2)
    ask(world, days=1)
    work_off()
    still("2023-07-04T09:00:00")
    seen = drawn(monkeypatch)
    assert tell(world) == 2 and seen == []


def test_too_many_missing_letters_are_asked_for_and_nothing_is_told(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(communicating, "MOST_MADE_HERE", 2)
    world = ready_world()
    client.sign_in(world.regisseur)
    address = f"/oproepen/{world.call.id}/beslissingen/meedelen"
    answer = client.post(address, data={"agreed": "y"})
    assert answer.status_code == 422 and "Van de 3 brieven zijn er nog 3 te maken" in answer.text
    assert stored(world, 0).notified_at is None
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
    assert work_off() >= 1 and len(made()) == 3
    assert client.post(address, data={"agreed": "y"}).status_code == 302
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 3


def test_every_applicant_has_exactly_one_letter_in_the_archive(app: object) -> None:
    world = ready_world(12)
    ask(world)
    work_off()
    assert make_letters(world.call.id) == 0 and tell(world) == 12 and tell(world) == 0
    ask_late = make_letters(world.call.id)
    assert ask_late == 0 and made() == {}
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 12
    for mail in db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "decision")):
        assert mail.attachment is None and (attached_pdf(mail) or b"").startswith(b"%PDF")


def test_the_list_says_how_far_each_letter_is(client: FlaskClient) -> None:
    world = ready_world()
    ask(world)
    client.sign_in(world.regisseur)
    address = f"/oproepen/{world.call.id}/brieven/alle"
    page = client.get(address).text
    assert "0 van 3" in page and 'hx-get="' in page and "Kijk hoe ver het is" in page
    work_off()
    page = client.get(address).text
    assert "3 van 3" in page and "hx-get" not in page.split("<main")[1]
    propose(world.proposals[1].id, wanted("selected", version=1), by=make.actor(world.chair))
    assert "Niet meer juist" in client.get(address).text


def test_it_says_so_when_nothing_is_made_any_more(client: FlaskClient, still: Any) -> None:
    still("2023-07-03T10:00:00")
    world = ready_world()
    ask(world)
    client.sign_in(world.regisseur)
    pages = (f"/oproepen/{world.call.id}/brieven/alle", f"/oproepen/{world.call.id}/beslissingen/meedelen")
    for page in pages:
        assert "Het maken ligt stil" not in client.get(page).text
    still("2023-07-03T10:00:21")
    for page in pages:
        text = client.get(page).text
        assert "Het maken ligt stil" in text and "De brieven worden gemaakt" not in text
        assert 'hx-trigger="every 2s"' in text, "it is seen when it goes on"
    work_off()
    assert all("Het maken ligt stil" not in client.get(page).text for page in pages)


def test_the_page_is_asked_anew_once_all_are_made(client: FlaskClient) -> None:
    world = ready_world()
    ask(world)
    client.sign_in(world.regisseur)
    address = f"/oproepen/{world.call.id}/brieven/alle"
    polled = {"HX-Request": "true"}
    assert "HX-Refresh" not in client.get(address, headers=polled).headers
    work_off()
    assert client.get(address, headers=polled).headers["HX-Refresh"] == "true"
    assert "HX-Refresh" not in client.get(address).headers


@pytest.mark.parametrize("phase", Phase)
def test_the_words_of_letters_are_a_link_away_in_every_phase(client: FlaskClient, phase: Phase) -> None:
    region = make.make_region()
    call = make.make_call(region, phase)
    client.sign_in(make.make_regisseur(region))
    address = f"/oproepen/{call.id}/brieven"
    assert client.get(address).status_code == 200
    front = "bewerken" if phase is Phase.DRAFT else ""
    page = client.get(f"/oproepen/{call.id}/{front}".rstrip("/")).text
    if f'href="{address}"' not in page:  # who has many tabs first chooses the stretch of the road
        group = re.search(r'href="([^"]+)"[^>]*>Beslissing<', page)
        assert group is not None
        page = client.get(group[1]).text
    assert f'href="{address}"' in page


def test_a_letter_can_be_read_on_the_screen_as_it_will_leave(client: FlaskClient) -> None:
    world = ready_world()
    address = f"/kandidaturen/{world.proposals[1].id}/beslissing/brief"
    for user in (world.regisseur, world.chair, world.jurors[0]):
        client.sign_in(user)
        page = client.get(address).text
        words = " ".join(re.sub("<[^>]+>", " ", page).split())
        for part in ("Je kandidatuur staat op de reservelijst.", "Ze mist een antwoord", "29 juli 1991"):
            assert part in words
    client.sign_in(world.owners[1])
    assert client.get(address).status_code in (403, 404)


@pytest.mark.parametrize(
    "day", ["", "morgen", "2020-01-01", "9999-12-31", "２０２３-07-03", "\x00", "1" * 500]
)
def test_a_day_that_is_none_is_refused(client: FlaskClient, day: str) -> None:
    world = ready_world(1)
    client.sign_in(world.regisseur)
    answer = client.post(f"/oproepen/{world.call.id}/brieven/alle", data={"day": day})
    assert answer.status_code == 422 and "Kies vandaag of een van de zeven dagen erna" in answer.text
    assert run_of(world.call.id) is None


def test_only_who_tells_has_letters_made(app: object) -> None:
    world = ready_world(1)
    for user in (world.chair, world.jurors[0], world.owners[0], make.make_regisseur(make.make_region())):
        with pytest.raises((Forbidden, NotFound)):
            ask_for_letters(world.call.id, local_day(clock.read()), by=make.actor(user))
    nobody = build(0)
    with pytest.raises(DomainError, match="nothing_to_communicate"):
        ask(nobody)


def test_who_has_a_conflict_with_one_applicant_reads_no_letter(client: FlaskClient) -> None:
    world = ready_world()
    with transaction():
        row = (
            db.session.query(ConflictDeclaration)
            .filter_by(juror_id=world.chair.id, organisation_id=world.organisations[1].id)
            .one()
        )
        row.in_conflict, row.kind = True, "family"
    client.sign_in(world.chair)
    assert client.get(f"/oproepen/{world.call.id}/brieven/alle").status_code == 403
    assert client.get(f"/kandidaturen/{world.proposals[1].id}/beslissing/brief").status_code in (403, 404)


def test_pages_ask_the_same_number_of_questions_for_any_number_of_letters(client: FlaskClient) -> None:
    counts = []
    for size in (1, 3, 30):
        world = ready_world(size)
        ask(world)
        client.sign_in(world.regisseur)
        with queries() as asked:
            assert client.get(f"/oproepen/{world.call.id}/brieven/alle").status_code == 200
        with queries() as more:
            assert client.get(f"/oproepen/{world.call.id}/beslissingen/meedelen").status_code == 200
        counts.append((len(asked), len(more)))
    assert len(set(counts)) == 1, counts


def test_nothing_is_made_that_was_not_asked(app: Flask) -> None:
    world = ready_world(1)
    assert make_letters(world.call.id) == 0 and make_letters(10**9) == 0
    continue_letters(clock.read())
    assert made() == {} and load_call(world.call.id, clock.read()).facts.communicated_at is None
