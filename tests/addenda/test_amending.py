"""Changing a published call: prepared in silence, published in one act, every version kept as it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.addenda.amending.models import AddendumVersion, Amendment
from app.addenda.amending.patches import overlay, patches_of
from app.addenda.amending.pending import as_amended, load_for_editing, pending_of
from app.addenda.amending.queries import versions
from app.addenda.amending.services import discard_amendment, publish_amendment
from app.addenda.audience import Reached
from app.addenda.drafting import editing
from app.addenda.drafting.differences import compare
from app.addenda.drafting.drafts import load_addendum, read_draft, read_section
from app.addenda.drafting.sections import (
    Analysis,
    Basics,
    ChallengeText,
    Criteria,
    Dates,
    Draft,
    GoalText,
    ObstacleText,
    Part,
    PersonaText,
    Section,
    fingerprint,
)
from app.addenda.models import DeadlineExtension
from app.addenda.publishing.extending import extend_deadline
from app.addenda.publishing.publication import publish
from app.audit.models import AuditEntry
from app.domain.access import Actor
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from tests import factories as make


class World:
    def __init__(self) -> None:
        self.region = make.make_region()
        self.call = make.make_call(self.region, challenges=2)
        self.by: Actor = make.actor(make.make_regisseur(self.region))
        self.id = self.call.id
        self.challenge = self.call.challenges[0].id
        self.part = Part("challenge", str(self.challenge))
        self.obstacles = make.obstacle_ids(self.call)

    def read(self, part: Part) -> Any:
        """A page of the editor as it is shown now."""
        db.session.rollback()
        return read_section(load_for_editing(self.id), part)

    def save(self, part: Part, wanted: Section) -> None:
        editing.save_section(self.id, part, wanted, seen=fingerprint(self.read(part)), by=self.by)

    def reword(self, label: str, place: int = 0) -> None:
        text = self.read(self.part)
        rows = list(text.obstacles)
        rows[place] = replace(rows[place], label=label)
        self.save(self.part, replace(text, obstacles=tuple(rows)))

    def published(self) -> Draft:
        db.session.rollback()
        db.session.expire_all()
        return read_draft(load_addendum(self.id))

    def publish(self, reason: str = "Een fout rechtgezet.", **values: Any) -> Any:
        db.session.rollback()
        amendment = pending_of(self.id)
        seen = amendment.version if amendment else 0
        return publish_amendment(self.id, reason=reason, seen=seen, by=self.by, **values)

    def refusal(self, act: Callable[[], Any]) -> str:
        with pytest.raises(DomainError) as caught:
            act()
        return caught.value.code


def in_words(content: Draft) -> list[object]:
    """A content without its ids."""
    challenges = [
        (
            number,
            text.introduction,
            [content.personas[one].name for one in text.personas],
            [(one.label, one.life_domains) for one in text.obstacles],
            [
                (goal.text, sorted(row.label for row in text.obstacles if row.key in goal.obstacles))
                for goal in text.goals
            ],
        )
        for number, text in content.challenges.values()
    ]
    return [content.basics, content.dates, list(content.personas.values()), challenges, content.analysis]


@pytest.fixture
def world(app: Flask) -> World:
    return World()


@pytest.fixture
def told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[OutboxMessage]]:
    """Somebody follows, somebody else is told anyway; gives the mails so far."""
    follower = Reached("volger@voorbeeld.be", "Veerle", "https://voorbeeld.be/stop")
    monkeypatch.setitem(
        app.config, "AUDIENCE_SOURCES", (lambda _: [follower], lambda _: [Reached("mia@voorbeeld.be", "Mia")])
    )

    def mails() -> list[OutboxMessage]:
        db.session.rollback()
        return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.to_address)))

    return mails


def test_a_prepared_change_is_seen_by_nobody_else(world: World, told: Any) -> None:
    before = world.published()
    world.reword("Mobiliteit buiten de stad")
    assert world.read(world.part).obstacles[0].label == "Mobiliteit buiten de stad"
    assert world.published() == before
    assert told() == [] and db.session.scalar(select(func.count(AddendumVersion.id))) == 0


def test_publishing_keeps_ids_writes_two_versions_and_tells_everybody(world: World, told: Any) -> None:
    before = world.published()
    world.reword("Mobiliteit buiten de stad")
    published = world.publish()
    after = world.published()
    assert published.number == 2
    assert [one.label for one in compare(before, after)] == ["Uitdaging 1, obstakel “Obstakel 1.1”"]
    assert [one.key for one in after.challenges[world.challenge][1].obstacles] == [
        str(one) for one in world.obstacles[:3]
    ]
    kept = versions(world.id)
    assert [one.number for one in kept] == [1, 2]
    assert kept[0].content == before and kept[1].content == after
    assert kept[1].reason == "Een fout rechtgezet." and kept[1].touched.obstacles == {world.obstacles[0]}
    assert db.session.scalar(select(func.count(Amendment.addendum_id))) == 0
    mia, follower = told()
    assert "Mobiliteit buiten de stad" in mia.body_text and "bevestigen" in mia.body_text
    assert "bevestigen" not in follower.body_text and follower.stop_url
    assert {one.addendum_id for one in (mia, follower)} == {None}
    assert f"/oproepen/{world.id}/versies#versie-2" in follower.body_text


def test_the_log_tells_number_and_parts_and_no_words(world: World) -> None:
    world.reword("Geheim woord")
    world.publish()
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "addendum.amended")).one()
    assert entry.details == {
        "number": 2,
        "parts": [f"challenge:{world.challenge}"],
        "obstacles": [world.obstacles[0]],
    }


def test_a_publication_is_version_one(app: Flask) -> None:
    region = make.make_region()
    call = make.make_call(region, Phase.DRAFT)
    publish(call.id, seen=call.version, by=make.actor(make.make_regisseur(region)))
    (one,) = versions(call.id)
    assert one.number == 1 and one.content == read_draft(load_addendum(call.id))
    assert db.session.scalar(select(func.count(AddendumVersion.id))) == 1


def test_everything_that_may_change_is_published_as_it_was_prepared(world: World) -> None:
    text = world.read(world.part)
    new = ObstacleText("new-1", "Geen opvang voor de kinderen")
    goal = GoalText("new-1", "Opvang vinden", ("new-1", text.obstacles[1].key))
    world.save(world.part, replace(text, obstacles=(*text.obstacles[::-1], new), goals=(*text.goals, goal)))
    persona = editing.add_persona(world.id, "Ali", by=world.by)
    world.save(Part("persona", str(persona)), PersonaText("Ali", 44, story="Ali zoekt een thuis."))
    challenge = editing.add_challenge(world.id, by=world.by)
    world.save(
        Part("challenge", str(challenge)),
        ChallengeText("Nieuw.", (persona,), (ObstacleText("new-1", "Wonen"),), (GoalText("new-1", "Huren"),)),
    )
    basics: Basics = world.read(Part("basics"))
    world.save(Part("basics"), replace(basics, ambition="Niemand valt uit."))
    analysis: Analysis = world.read(Part("analysis"))
    types = (f"{analysis.service_types[0]} aan huis", *analysis.service_types[1:], "Vervoer")
    world.save(Part("analysis"), replace(analysis, service_types=types))
    wanted = as_amended(load_addendum(world.id))
    kept = [one.id for one in load_addendum(world.id).service_types]
    world.publish()
    after = world.published()
    assert in_words(after) == in_words(wanted)
    assert [one.text for one in load_addendum(world.id).service_types] == list(types)
    assert [one.id for one in load_addendum(world.id).service_types][:2] == kept
    assert [one.label for one in after.challenges[world.challenge][1].obstacles][-1] == new.label
    (number, last) = list(after.challenges.values())[-1]
    assert number == 3 and after.personas[last.personas[0]].name == "Ali"
    assert all(int(one.key) < 1_000_000_000 for one in last.obstacles)


def test_the_patches_hold_exactly_what_was_edited(world: World) -> None:
    before = world.published()
    world.reword("Anders gezegd")
    amendment = pending_of(world.id)
    assert amendment is not None and list(amendment.patches) == [f"challenge:{world.challenge}"]
    after = overlay(before, amendment.patches)
    assert patches_of(before, after) == amendment.patches
    world.reword("Obstakel 1.1")
    assert pending_of(world.id) is None


def refuse_launch(world: World) -> None:
    dates = world.read(Part("timeline"))
    world.save(Part("timeline"), replace(dates, launch=dates.launch - timedelta(days=1)))


def refuse_earlier(world: World) -> None:
    dates = world.read(Part("timeline"))
    world.save(Part("timeline"), replace(dates, deadline=dates.deadline - timedelta(days=1)))


def refuse_no_deadline(world: World) -> None:
    world.save(Part("timeline"), replace(world.read(Part("timeline")), deadline=None))


def refuse_obstacle(world: World) -> None:
    text = world.read(world.part)
    world.save(world.part, replace(text, obstacles=text.obstacles[1:], goals=()))


def refuse_empty_obstacle(world: World) -> None:
    world.reword("  ")


def refuse_challenge(world: World) -> None:
    editing.remove_challenge(world.id, world.challenge, by=world.by)


def refuse_service_type(world: World) -> None:
    world.save(Part("analysis"), replace(world.read(Part("analysis")), service_types=("Woonhulp",)))


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (refuse_launch, "amend_launch_frozen"),
        (refuse_earlier, "deadline_only_later"),
        (refuse_no_deadline, "deadline_only_later"),
        (refuse_obstacle, "amend_obstacle_removed"),
        (refuse_empty_obstacle, "amend_obstacle_removed"),
        (refuse_challenge, "amend_challenge_removed"),
        (refuse_service_type, "amend_service_type_removed"),
    ],
)
def test_what_people_may_have_relied_on_cannot_change(
    world: World, act: Callable[[World], None], code: str
) -> None:
    assert world.refusal(lambda: act(world)) == code
    assert pending_of(world.id) is None


def test_an_obstacle_of_another_call_cannot_be_brought_in(world: World) -> None:
    other = make.make_call(world.region)
    text = world.read(world.part)
    foreign = ObstacleText(str(make.obstacle_ids(other)[0]), "Vreemd")
    wanted = replace(text, obstacles=(*text.obstacles, foreign))
    assert world.refusal(lambda: world.save(world.part, wanted)) == "call_row_unknown"
    with pytest.raises(NotFound):
        world.read(Part("challenge", str(other.challenges[0].id)))


def test_two_people_preparing_the_same_page_do_not_overwrite_each_other(world: World) -> None:
    seen = fingerprint(world.read(world.part))
    world.reword("Van de een")
    text = world.read(world.part)
    mine = replace(text, introduction="Van de ander")
    with pytest.raises(Stale):
        editing.save_section(world.id, world.part, mine, seen=seen, by=world.by)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_without_a_reason_nothing_is_published(world: World, reason: str) -> None:
    world.reword("Anders")
    assert world.refusal(lambda: world.publish(reason)) == "amendment_needs_reason"
    assert world.published().challenges[world.challenge][1].obstacles[0].label == "Obstakel 1.1"


def test_a_second_click_publishes_nothing_more(world: World, told: Any) -> None:
    world.reword("Anders")
    world.publish()
    assert world.refusal(world.publish) == "amendment_gone"
    assert len(versions(world.id)) == 2 and len(told()) == 2


def test_only_white_space_is_no_change(world: World) -> None:
    world.reword("Obstakel   1.1")
    assert world.refusal(world.publish) == "amendment_empty"


def test_what_changed_after_the_last_look_is_not_published(world: World) -> None:
    world.reword("Anders")
    amendment = pending_of(world.id)
    assert amendment is not None
    seen = amendment.version
    world.reword("Nog anders")
    act = lambda: publish_amendment(world.id, reason="Fout.", seen=seen, by=world.by)  # noqa: E731
    assert world.refusal(act) == "amendment_changed_meanwhile"


def test_an_added_challenge_needs_an_obstacle_before_it_is_published(world: World) -> None:
    editing.add_challenge(world.id, by=world.by)
    assert world.refusal(world.publish) == "amendment_incomplete"


def test_the_deadline_can_move_later_in_the_same_act(world: World) -> None:
    dates: Dates = world.published().dates
    assert dates.deadline
    world.reword("Anders")
    too_far = dates.deadline + timedelta(days=30)
    assert world.refusal(lambda: world.publish(deadline=too_far)) == "extended_past_next_step"
    earlier = dates.deadline - timedelta(days=1)
    assert world.refusal(lambda: world.publish(deadline=earlier)) == "deadline_only_later"
    world.publish(deadline=dates.deadline + timedelta(days=1))
    assert world.published().dates.deadline == dates.deadline + timedelta(days=1)
    row = db.session.scalars(select(DeadlineExtension)).one()
    assert row.deadline - row.previous == timedelta(days=1) and row.reason == "Een fout rechtgezet."


def test_extending_the_deadline_is_a_version_of_which_everybody_is_told(world: World, told: Any) -> None:
    call = load_addendum(world.id)
    dates = read_draft(call).dates
    assert dates.deadline
    later = dates.deadline + timedelta(days=2)
    extend_deadline(world.id, later, reason="Meer tijd.", shift=False, seen=call.version, by=world.by)
    assert [one.content.dates.deadline for one in versions(world.id)] == [dates.deadline, later]
    assert versions(world.id)[1].touched.obstacles == frozenset()
    assert len(told()) == 2 and "verlengd" in told()[0].subject
    assert "bevestigen" not in told()[0].body_text


@pytest.mark.parametrize("also", ["", "Ook anders"])
def test_a_change_of_dates_alone_is_told_as_an_extension(world: World, told: Any, also: str) -> None:
    call = load_addendum(world.id)
    dates = read_draft(call).dates
    assert dates.deadline
    if also:
        world.reword(also)
        world.publish(deadline=dates.deadline + timedelta(days=1))
    else:
        later = dates.deadline + timedelta(days=2)
        extend_deadline(world.id, later, reason="Meer tijd.", shift=True, seen=call.version, by=world.by)
    mail = told()[0]
    assert mail.subject.startswith("Oproep gewijzigd" if also else "Uiterste datum verlengd")
    assert ("is gewijzigd. Dit is versie 2." in mail.body_text) is bool(also)
    assert "Indienen kan nu tot en met" in mail.body_text
    assert "Lees wat er geschrapt en toegevoegd is" in mail.body_text


def test_a_prepared_timeline_follows_an_extension_made_meanwhile(world: World) -> None:
    dates: Dates = world.read(Part("timeline"))
    assert dates.deadline and dates.decision_before
    decision = dates.decision_before + timedelta(days=9)
    world.save(Part("timeline"), replace(dates, decision_before=decision))
    call = load_addendum(world.id)
    later = dates.deadline + timedelta(days=2)
    extend_deadline(world.id, later, reason="Meer tijd.", shift=False, seen=call.version, by=world.by)
    assert world.read(Part("timeline")) == replace(dates, deadline=later, decision_before=decision)
    world.publish()
    assert [one.number for one in versions(world.id)] == [1, 2, 3]


def test_a_discarded_amendment_leaves_no_trace_in_the_call(world: World, told: Any) -> None:
    before = world.published()
    world.reword("Anders")
    discard_amendment(world.id, by=world.by)
    assert world.read(world.part).obstacles[0].label == "Obstakel 1.1"
    assert world.published() == before and told() == []
    assert world.refusal(lambda: discard_amendment(world.id, by=world.by)) == "amendment_gone"


def test_when_the_call_closes_nothing_is_published_any_more(world: World, at: Any) -> None:
    world.reword("Anders")
    assert world.call.deadline
    at(world.call.deadline)
    with pytest.raises(Forbidden):
        world.publish()
    with pytest.raises(DomainError):
        world.reword("Nog iets")
    db.session.rollback()
    assert len(versions(world.id)) == 1


def test_others_cannot_prepare_or_publish(world: World) -> None:
    world.reword("Anders")
    stranger = make.actor(make.make_regisseur(make.make_region()))
    with pytest.raises(NotFound):
        publish_amendment(world.id, reason="Zomaar.", seen=1, by=stranger)
    observer = make.actor(make.make_regisseur(world.region, "observer"))
    with pytest.raises(DomainError):
        editing.add_challenge(world.id, by=observer)


def test_what_is_touched_follows_goals_introductions_and_personas(world: World) -> None:
    first, second, third = world.obstacles[:3]
    text = world.read(world.part)
    world.save(world.part, replace(text, goals=(replace(text.goals[0], text="Vlot vervoer"),)))
    assert world.publish().touched.obstacles == {first}
    text = world.read(world.part)
    world.save(world.part, replace(text, introduction="Wij zoeken mensen."))
    assert world.publish().touched.obstacles == {first, second, third}
    persona = next(iter(world.published().personas))
    part = Part("persona", str(persona))
    world.save(part, replace(world.read(part), story="Nora vond werk."))
    assert world.publish().touched.obstacles == set(world.obstacles)
    text = world.read(world.part)
    world.save(world.part, replace(text, obstacles=text.obstacles[::-1]))
    moved = world.publish().touched
    assert moved.obstacles == frozenset() and not moved.general
    world.save(Part("basics"), replace(world.read(Part("basics")), cost_requested=False))
    assert world.publish().touched.general


def test_a_persona_can_be_moved_and_removed_in_an_amendment(world: World) -> None:
    ali = editing.add_persona(world.id, "Ali", by=world.by)
    editing.move_persona(world.id, ali, -1, by=world.by)
    world.publish()
    names = [one.name for one in world.published().personas.values()]
    assert names == ["Ali", "Nora"]
    nora = list(world.published().personas)[1]
    editing.remove_persona(world.id, nora, by=world.by)
    world.publish()
    after = world.published()
    assert list(after.personas) != [] and nora not in after.personas
    assert all(nora not in challenge.personas for _, challenge in after.challenges.values())


def lighter(world: World) -> Criteria:
    """The written criteria with ten percent moved from the first to a new one at the end."""
    first, *rest = world.read(Part("criteria", "written")).criteria
    added = replace(first, key="new-1", name="Duurzaam", weight=Decimal(10))
    return Criteria((replace(first, weight=first.weight - 10), *rest, added))


def test_criteria_change_as_a_version_before_anybody_scores(
    world: World, told: Callable[[], list[OutboxMessage]]
) -> None:
    before, part = world.published(), Part("criteria", "written")
    old_ids = [one.id for one in before.written.criteria]
    world.save(part, lighter(world))
    assert world.published() == before
    assert len(world.read(part).criteria) == len(old_ids) + 1
    thresholds = world.read(Part("thresholds"))
    world.save(Part("thresholds"), replace(thresholds, minimum_total=Decimal(55)))
    done = world.publish()
    after = world.published()
    assert [one.id for one in after.written.criteria][:-1] == old_ids
    assert after.written.criteria[0].weight == before.written.criteria[0].weight - 10
    assert after.written.minimum_total == after.pitch.minimum_total == 55
    assert after.pitch.criteria == before.pitch.criteria
    assert done.touched.general and {"criteria:written", "thresholds"} <= set(done.touched.parts)
    words = told()[-1].body_text
    assert "Duurzaam" in words and "55 %" in words
    first, last = versions(world.id)[0].content, versions(world.id)[-1].content
    assert len(last.written.criteria) == len(first.written.criteria) + 1


def test_a_criterion_that_is_taken_out_leaves_the_others_their_ids(world: World) -> None:
    part = Part("criteria", "written")
    gone, second, *rest = world.read(part).criteria
    world.save(part, Criteria((replace(second, weight=second.weight + gone.weight), *rest)))
    world.publish()
    kept = [str(one.id) for one in world.published().written.criteria]
    assert kept == [second.key, *(one.key for one in rest)]


def test_weights_that_do_not_add_up_are_refused_and_nothing_changes(world: World) -> None:
    wanted = lighter(world).criteria[:-1]
    part = Part("criteria", "written")
    assert world.refusal(lambda: world.save(part, Criteria(wanted))) == "weights_not_100"
    db.session.rollback()
    assert pending_of(world.id) is None


def test_after_the_deadline_criteria_stay_as_they_are(world: World) -> None:
    wanted = lighter(world)
    with transaction() as now:
        load_addendum(world.id).deadline = now - timedelta(minutes=1)
    seen = fingerprint(read_section(load_addendum(world.id), Part("criteria", "written")))
    with pytest.raises(Forbidden):
        editing.save_section(world.id, Part("criteria", "written"), wanted, seen=seen, by=world.by)
