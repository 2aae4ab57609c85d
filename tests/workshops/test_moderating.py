"""The regisseur: sessions, bringing order, and taking over into the draft."""

import csv
import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.addenda.drafting import editing
from app.addenda.drafting.drafts import load_draft, read_section
from app.addenda.drafting.sections import Analysis, ChallengeText, Part, fingerprint
from app.addenda.models import EnrichmentFinding, Goal, Obstacle
from app.audit.models import AuditEntry
from app.domain.errors import DomainError, NotFound
from app.infra.database import db, transaction
from app.regions.models import ServiceArea
from app.workshops import moderation, services, taking
from app.workshops.models import Note, NoteGroup
from app.workshops.queries import groups_of, load_session
from tests import factories as make
from tests.counting import queries
from tests.workshops.world import Phone, Room, notes, open_room


@pytest.fixture
def room(app: Flask) -> Room:
    return open_room()


@pytest.fixture
def desk(app: Flask, room: Room) -> Any:
    return app.test_client().sign_in(room.regisseur)  # type: ignore[attr-defined]


def fresh() -> None:
    db.session.rollback()
    db.session.expire_all()


def write(app: Flask, room: Room, *texts: str, topic: int | None = None) -> list[int]:
    """Each text by somebody else; the ids of their groups."""
    for text in texts:
        assert Phone(app, room).write(text, topic=topic).status_code == 200
    return [note.group_id for note in notes()[-len(texts) :]]


def analysis(room: Room) -> Analysis:
    fresh()
    found = read_section(load_draft(room.call.id), Part("analysis"))
    assert isinstance(found, Analysis)
    return found


def labels(room: Room, topic: int) -> list[str]:
    fresh()
    statement = select(Obstacle.label).where(Obstacle.challenge_id == topic).order_by(Obstacle.position)
    return list(db.session.scalars(statement))


def actions() -> list[str]:
    fresh()
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))


def test_a_session_is_made_opened_and_closed(app: Flask, desk: Any, room: Room) -> None:
    url = f"/oproepen/{room.call.id}/sessies"
    made = desk.post(url, data={"title": "Tweede zaal", "held_on": "3 april"})
    assert made.status_code == 302
    page = desk.get(made.location).get_data(as_text=True)
    assert "Klaar om te openen" in page and "ziet dan de uitdagingen" in page
    for act, state in (("openen", "Open"), ("openen", "Open"), ("sluiten", "Afgesloten")):
        assert desk.post(f"{made.location}/{act}").status_code == 302
        assert f">{state}</span>" in desk.get(made.location).get_data(as_text=True)
    assert actions().count("workshop.opened") == 2  # this one and that of the fixture
    assert "Tweede zaal" in desk.get(url).get_data(as_text=True)


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_a_session_without_a_fitting_name_is_refused(desk: Any, room: Room, title: str) -> None:
    answer = desk.post(f"/oproepen/{room.call.id}/sessies", data={"title": title, "held_on": "morgen"})
    assert answer.status_code == 422 and 'value="morgen"' in answer.get_data(as_text=True)


def test_merging_moves_no_note_and_can_be_undone(app: Flask, desk: Any, room: Room) -> None:
    one, two, _ = write(app, room, "geen rijbewijs", "kan niet met de auto rijden", "geen rijbewijs")
    answer = desk.post(f"{room.url}/samenvoegen", data={"group": [one, two]})
    assert answer.status_code == 302
    (group,) = groups_of(room.id)
    assert group.id == one and group.people == 3 and group.merged == ((two, "kan niet met de auto rijden"),)
    assert [note.group_id for note in notes()] == [one, two, one]
    assert desk.get(f"{room.url}/groepen/{two}").location.endswith(f"/groepen/{one}")
    desk.post(f"{room.url}/groepen/{two}/losmaken")
    assert [(g.id, g.people) for g in groups_of(room.id)] == [(one, 2), (two, 1)]


def test_a_note_that_comes_after_a_merge_counts_in_the_merged_group(app: Flask, room: Room) -> None:
    one, two = write(app, room, "geen rijbewijs", "kan niet met de auto rijden")
    moderation.merge(room.call.id, room.id, [one, two], by=room.by)
    write(app, room, "kan niet rijden met de auto")
    (group,) = groups_of(room.id)
    assert group.people == 3


def test_a_merge_of_a_merge_comes_apart_step_by_step(app: Flask, room: Room) -> None:
    one, two, three = write(app, room, "geen rijbewijs", "geen werk", "schulden")
    moderation.merge(room.call.id, room.id, [two, three], by=room.by)
    moderation.merge(room.call.id, room.id, [one, two], by=room.by)
    (top,) = groups_of(room.id)
    assert top.people == 3
    moderation.take_apart(room.call.id, room.id, one if top.id == two else two, by=room.by)
    assert sorted(group.people for group in groups_of(room.id)) == [1, 2]


@pytest.mark.parametrize("chosen", [[], ["x"], ["1" * 30], ["999999"]])
def test_merging_nothing_or_nonsense_is_refused(desk: Any, room: Room, chosen: list[str]) -> None:
    assert desk.post(f"{room.url}/samenvoegen", data={"group": chosen}).status_code in {302, 404}


def test_groups_of_two_challenges_are_not_merged(app: Flask, room: Room) -> None:
    (one,) = write(app, room, "geen rijbewijs")
    (two,) = write(app, room, "geen rijbewijs", topic=0)
    with pytest.raises(DomainError, match="workshop_merge_topic"):
        moderation.merge(room.call.id, room.id, [one, two], by=room.by)


def test_a_note_is_split_off_and_merged_back(app: Flask, desk: Any, room: Room) -> None:
    write(app, room, "geen rijbewijs", "Heeft geen rijbewijs")
    note = notes()[1]
    desk.post(f"{room.url}/briefjes/{note.id}/losmaken")
    groups = groups_of(room.id)
    assert [group.people for group in groups] == [1, 1]
    with pytest.raises(DomainError, match="workshop_split_alone"):
        moderation.split_note(room.call.id, room.id, note.id, by=room.by)
    moderation.merge(room.call.id, room.id, [group.id for group in groups], by=room.by)
    assert [group.people for group in groups_of(room.id)] == [2]


def test_a_group_moves_with_what_was_merged_into_it(app: Flask, desk: Any, room: Room) -> None:
    one, two = write(app, room, "geen rijbewijs", "geen werk")
    moderation.merge(room.call.id, room.id, [one, two], by=room.by)
    assert (
        desk.post(f"{room.url}/groepen/{one}/verplaatsen", data={"topic": room.topics[1]}).status_code == 302
    )
    moderation.take_apart(room.call.id, room.id, two, by=room.by)
    assert {group.topic for group in groups_of(room.id)} == {room.topics[1]}
    for topic in ("999999", "", "x", "9" * 20):
        assert desk.post(f"{room.url}/groepen/{one}/verplaatsen", data={"topic": topic}).status_code == 404


def test_the_wording_of_a_group_changes_and_the_notes_do_not(app: Flask, desk: Any, room: Room) -> None:
    (one,) = write(app, room, "gn rijbewijs")
    url = f"{room.url}/groepen/{one}/verwoorden"
    assert desk.post(url, data={"text": "Geen rijbewijs", "back": "group"}).location.endswith(f"/{one}")
    assert groups_of(room.id)[0].text == "Geen rijbewijs" and notes()[0].text == "gn rijbewijs"
    for text in ("", "x" * 501):
        answer = desk.post(url, data={"text": text})
        assert answer.status_code == 422 and text in answer.get_data(as_text=True)


def test_a_hidden_note_is_kept_logged_and_shown_to_nobody_in_the_room(
    app: Flask, desk: Any, room: Room
) -> None:
    write(app, room, "iets lelijks over iemand")
    reader = Phone(app, room)
    reader.write("schulden")
    note = notes()[0]
    desk.post(f"{room.url}/briefjes/{note.id}/verbergen", data={"hidden": "1"})
    assert "iets lelijks" not in reader.read()
    assert "iets lelijks" not in desk.get(f"{room.url}/scherm").get_data(as_text=True)
    assert "iets lelijks" not in desk.get(f"{room.url}/overzicht.csv").get_data(as_text=True)
    assert "iets lelijks" in desk.get(f"{room.url}/groepen/{note.group_id}").get_data(as_text=True)
    assert "workshop.note_hidden" in actions()
    desk.post(f"{room.url}/briefjes/{note.id}/verbergen", data={"hidden": "0"})
    assert "iets lelijks" in reader.read()


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("recurring", "recurring"),
        ("attention", "attention"),
        ("obstacle", "obstacles"),
        ("profile", "profiles"),
    ],
)
def test_a_group_is_taken_over_once_and_back(
    app: Flask, desk: Any, room: Room, kind: str, field: str
) -> None:
    (one,) = write(app, room, "geen rijbewijs")
    for _ in range(2):  # a double click
        assert desk.post(f"{room.url}/groepen/{one}/overnemen", data={"kind": kind}).status_code == 302
    assert getattr(analysis(room), field) == ("geen rijbewijs",)
    assert actions().count("workshop.group_taken") == 1 and actions().count("addendum.edited") == 1
    assert "Overgenomen" in desk.get(room.url).get_data(as_text=True)
    desk.post(f"{room.url}/groepen/{one}/terugnemen")
    assert getattr(analysis(room), field) == () and groups_of(room.id)[0].taken_as == ""
    assert len(notes()) == 1


def test_a_group_becomes_an_obstacle_of_its_challenge_and_is_taken_back(
    app: Flask, desk: Any, room: Room
) -> None:
    (one,) = write(app, room, "geen rijbewijs")
    before = labels(room, room.topics[0])
    desk.post(f"{room.url}/groepen/{one}/overnemen", data={"kind": "challenge"})
    assert labels(room, room.topics[0]) == [*before, "geen rijbewijs"]
    desk.post(f"{room.url}/groepen/{one}/terugnemen")
    assert labels(room, room.topics[0]) == before


def test_other_lines_of_the_draft_stay_as_they_were(app: Flask, room: Room) -> None:
    with transaction():
        db.session.add(
            EnrichmentFinding(addendum_id=room.call.id, kind="recurring", position=0, text="Al lang bekend")
        )
    kept = db.session.scalars(select(EnrichmentFinding.id)).one()
    (one,) = write(app, room, "geen rijbewijs")
    taking.take_over(room.call.id, room.id, one, "recurring", by=room.by)
    assert analysis(room).recurring == ("Al lang bekend", "geen rijbewijs")
    taking.take_back(room.call.id, room.id, one, by=room.by)
    assert analysis(room).recurring == ("Al lang bekend",)
    assert db.session.scalars(select(EnrichmentFinding.id)).all() == [kept]


def test_what_stands_there_already_is_not_taken_twice(app: Flask, room: Room) -> None:
    (one,) = write(app, room, "geen rijbewijs")
    (two,) = write(app, room, "geen rijbewijs", topic=0)
    taking.take_over(room.call.id, room.id, one, "recurring", by=room.by)
    with pytest.raises(DomainError, match="workshop_already_there"):
        taking.take_over(room.call.id, room.id, two, "recurring", by=room.by)
    with pytest.raises(DomainError, match="workshop_taken_otherwise"):
        taking.take_over(room.call.id, room.id, one, "attention", by=room.by)
    with pytest.raises(DomainError, match="workshop_no_challenge"):
        taking.take_over(room.call.id, room.id, two, "challenge", by=room.by)
    with pytest.raises(DomainError, match="workshop_kind_unknown"):
        taking.take_over(room.call.id, room.id, two, "onzin", by=room.by)


def test_a_line_that_was_changed_in_the_editor_is_not_taken_back(app: Flask, desk: Any, room: Room) -> None:
    (one,) = write(app, room, "geen rijbewijs")
    taking.take_over(room.call.id, room.id, one, "recurring", by=room.by)
    stored = analysis(room)
    changed = Analysis(**{**stored.__dict__, "recurring": ("Geen rijbewijs of geen auto",)})
    editing.save_section(room.call.id, Part("analysis"), changed, seen=fingerprint(stored), by=room.by)
    url = f"{room.url}/groepen/{one}"
    answer = desk.post(f"{url}/terugnemen", follow_redirects=True).get_data(as_text=True)
    assert "intussen gewijzigd" in answer and "Haal de vermelding weg" in answer
    assert analysis(room).recurring == ("Geen rijbewijs of geen auto",)
    desk.post(f"{url}/terugnemen", data={"leave": "1"})
    assert analysis(room).recurring == ("Geen rijbewijs of geen auto",)
    assert groups_of(room.id)[0].taken_as == ""


def test_an_obstacle_that_got_a_goal_is_not_taken_back(app: Flask, room: Room) -> None:
    (one,) = write(app, room, "geen rijbewijs")
    taking.take_over(room.call.id, room.id, one, "challenge", by=room.by)
    with transaction():
        row = db.session.scalars(select(Obstacle).where(Obstacle.label == "geen rijbewijs")).one()
        db.session.add(Goal(challenge_id=room.topics[0], position=9, text="Rijles", obstacles=[row]))
    with pytest.raises(DomainError, match="workshop_taken_changed"):
        taking.take_back(room.call.id, room.id, one, by=room.by)
    stored = read_section(load_draft(room.call.id), Part("challenge", str(room.topics[0])))
    assert isinstance(stored, ChallengeText) and stored.obstacles[-1].label == "geen rijbewijs"


def test_a_taken_group_stays_where_it_is_and_leads_a_merge(app: Flask, room: Room) -> None:
    one, two, three = write(app, room, "schulden", "geen rijbewijs", "geen rijbewijs")
    taking.take_over(room.call.id, room.id, one, "recurring", by=room.by)
    with pytest.raises(DomainError, match="workshop_move_taken"):
        moderation.move(room.call.id, room.id, one, 0, by=room.by)
    assert moderation.merge(room.call.id, room.id, [one, two], by=room.by) == one
    assert two == three


def test_a_removed_challenge_leaves_its_notes_with_the_general_topic(app: Flask, room: Room) -> None:
    write(app, room, "geen rijbewijs")
    editing.remove_challenge(room.call.id, room.topics[0], by=room.by)
    fresh()
    assert [group.topic for group in groups_of(room.id)] == [0] and len(notes()) == 1


def test_the_download_is_safe_for_a_spreadsheet_and_names_nobody(app: Flask, desk: Any, room: Room) -> None:
    Phone(app, room, "Mia").write("=SOM(A1:A9)")
    Phone(app, room, "Jef").write("geen rijbewijs; noch auto")
    answer = desk.get(f"{room.url}/overzicht.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff")), delimiter=";"))
    assert {row[4] for row in rows[1:]} == {"'=SOM(A1:A9)", "geen rijbewijs; noch auto"}
    assert "Mia" not in answer.get_data(as_text=True)


def test_the_screen_shows_code_counts_and_a_part_for_htmx(app: Flask, desk: Any, room: Room) -> None:
    write(app, room, "geen rijbewijs", "geen rijbewijs")
    page = desk.get(f"{room.url}/scherm").get_data(as_text=True)
    assert f"{room.code[:3]} {room.code[3:]}" in page and "<svg" in page and "/meedoen" in page
    assert '<noscript><meta http-equiv="refresh"' in page and 'style="' not in page
    part = desk.get(f"{room.url}/scherm", headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "<html" not in part and "geen rijbewijs" in part
    assert "geen rijbewijs" not in desk.get(f"{room.url}/scherm?toon=tellers").get_data(as_text=True)
    assert desk.get(f"{room.url}/scherm?toon={'9' * 40}").status_code == 200


def test_the_observer_reads_and_changes_nothing(app: Flask, room: Room) -> None:
    (one,) = write(app, room, "geen rijbewijs")
    client: Any = app.test_client()
    region = db.session.get_one(ServiceArea, db.session.merge(room.call).service_area_id)
    client.sign_in(make.make_regisseur(region, "observer"))
    page = client.get(room.url)
    assert page.status_code == 200 and "Neem over" not in page.get_data(as_text=True)
    assert client.post(f"{room.url}/groepen/{one}/overnemen", data={"kind": "recurring"}).status_code == 404


def test_a_session_or_group_of_another_call_is_not_found(app: Flask, desk: Any, room: Room) -> None:
    other = open_room()
    (foreign,) = write(app, other, "geen rijbewijs")
    assert desk.get(f"/oproepen/{room.call.id}/sessies/{other.id}").status_code == 404
    assert desk.get(f"{room.url}/groepen/{foreign}").status_code == 404
    assert desk.post(f"{room.url}/groepen/{foreign}/overnemen", data={"kind": "recurring"}).status_code == 404
    assert desk.post(f"{room.url}/briefjes/{notes()[0].id}/verbergen").status_code == 404
    with pytest.raises(NotFound):
        load_session(room.call.id, other.id)


def test_nothing_is_moderated_once_the_call_is_published(app: Flask, desk: Any, room: Room) -> None:
    (one,) = write(app, room, "geen rijbewijs")
    with transaction() as now:
        db.session.merge(room.call).published_at = now
    for act in ("openen", "sluiten", f"groepen/{one}/overnemen", f"groepen/{one}/verwoorden", "samenvoegen"):
        assert desk.post(f"{room.url}/{act}", data={"kind": "recurring"}).status_code in {400, 403}, act
    with pytest.raises(DomainError):
        services.open_session(room.call.id, room.id, by=room.by)


def fill(room: Room, count: int) -> None:
    """So many groups of one note each, with bulk rows."""
    workshop = db.session.get_one(services.Workshop, room.id)
    first = make.make_note(workshop, room.topics[0], "eerste")
    with transaction() as now:
        for number in range(count - 1):
            group = NoteGroup(
                workshop_id=room.id,
                challenge_id=room.topics[number % 2],
                text=f"idee {number}",
                created_at=now,
            )
            db.session.add(group)
            db.session.flush()
            db.session.add(
                Note(
                    group_id=group.id,
                    participant_id=first.participant_id,
                    client_key=f"n{number}",
                    text=f"idee {number}",
                    added_at=now,
                )
            )


def test_pages_ask_no_more_for_three_hundred_notes_than_for_one(app: Flask) -> None:
    counts: dict[str, list[int]] = {}
    for size in (1, 3, 300):
        room = open_room()
        fill(room, size)
        client: Any = app.test_client().sign_in(room.regisseur)  # type: ignore[attr-defined]
        phone = Phone(app, room)
        phone.write("iets helemaal anders")
        pages = [
            (client, f"/oproepen/{room.call.id}/sessies"),
            *((client, room.url + rest) for rest in ("", "/scherm", "/overzicht", "/overzicht.csv")),
            (phone.client, f"/s/{room.code}"),
            (phone.client, phone.url()),
        ]
        for number, (who, url) in enumerate(pages):
            with queries() as seen:
                assert who.get(url).status_code == 200
            counts.setdefault(str(number), []).append(len(seen))
        with queries() as seen:
            assert phone.write("nog iets anders dan de rest").status_code == 200
        counts.setdefault("note", []).append(len(seen))
    assert all(len(set(found)) == 1 for found in counts.values()), counts
    assert max(found[0] for found in counts.values()) <= 14, counts
