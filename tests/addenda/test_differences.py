"""What differs between two contents of a call: nothing invented, nothing missed, moves told as moves."""

import json
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.addenda.amending.snapshots import (
    KINDS,
    from_json,
    part_name,
    part_of_name,
    section_from_json,
    section_to_json,
    to_json,
)
from app.addenda.drafting.difference_parts import pair_lines, word_changes
from app.addenda.drafting.differences import Change, compare
from app.addenda.drafting.sections import (
    Analysis,
    Basics,
    ChallengeText,
    ContactText,
    Dates,
    Draft,
    GoalText,
    ObstacleText,
    Part,
    PersonaText,
)
from app.domain.criteria import Criterion, Level, RoundRules
from app.domain.timeline import PitchWindow

NUMBERS = st.decimals(min_value=0, max_value=100, places=2)
st.register_type_strategy(Decimal, NUMBERS)
drafts = st.from_type(Draft)


def draft(**changes: Any) -> Draft:
    rules = RoundRules(
        (Criterion(1, "Past bij de obstakels", Decimal(100), (Level(0, "niet"), Level(1, "wel"))),)
    )
    content = Draft(
        basics=Basics("Titel", municipalities=(1, 2), contacts=(ContactText("Guy", "regisseur", "g@v.be"),)),
        dates=Dates(
            date(2026, 1, 5), deadline=datetime(2026, 2, 2, 23, 59), decision_before=date(2026, 7, 1)
        ),
        personas={7: PersonaText("Nora", 30, story="Nora zoekt werk."), 8: PersonaText("Bart")},
        challenges={
            3: (
                1,
                ChallengeText(
                    "Wij zoeken hulp.",
                    (7,),
                    (
                        ObstacleText("11", "Mobiliteit"),
                        ObstacleText("12", "Taal"),
                        ObstacleText("13", "Wonen"),
                    ),
                    (GoalText("21", "Zich verplaatsen", ("11",)),),
                ),
            ),
            4: (2, ChallengeText("Anders.", (8,), (ObstacleText("14", "Mobiliteit"),))),
        },
        analysis=Analysis(("Vertrouwenspersoon", "Woonhulp")),
        written=rules,
        pitch=RoundRules(()),
    )
    return replace(content, **changes)


def with_challenge(number: int = 3, **changes: Any) -> Draft:
    content = draft()
    place, challenge = content.challenges[number]
    return replace(content, challenges={**content.challenges, number: (place, replace(challenge, **changes))})


def told(before: Draft, after: Draft) -> list[tuple[str, str]]:
    return [
        (one.kind, one.label) for one in compare(before, after, {1: "Bornem", 2: "Puurs", 3: "Willebroek"})
    ]


def only(before: Draft, after: Draft) -> Change:
    (change,) = compare(before, after)
    return change


@given(drafts)
def test_a_content_survives_json(content: Draft) -> None:
    assert from_json(json.loads(json.dumps(to_json(content)))) == content


@given(drafts)
def test_nothing_differs_from_itself(content: Draft) -> None:
    assert compare(content, content) == []


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine makes two contents slowly
@given(drafts, drafts)
def test_two_contents_can_always_be_told_apart(one: Draft, other: Draft) -> None:
    for change in compare(one, other):
        assert change.label and change.kind in ("added", "removed", "changed", "moved")


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_a_section_survives_json(kind: str, data: st.DataObject) -> None:
    section = data.draw(st.from_type(KINDS[kind]))
    assert section_from_json(kind, json.loads(json.dumps(section_to_json(section)))) == section


@given(st.text(), st.text())
def test_the_words_spell_both_texts(before: str, after: str) -> None:
    words = word_changes(before, after)
    assert "".join(text for state, text in words if state != "gone").split() == after.split()
    assert "".join(text for state, text in words if state != "new").split() == before.split()


@given(st.lists(st.text(max_size=8), max_size=6), st.lists(st.text(max_size=8), max_size=6))
def test_a_line_belongs_to_one_other_line(old: list[str], new: list[str]) -> None:
    pairs = pair_lines(old, new)
    assert len({one for one, _ in pairs}) == len({other for _, other in pairs}) == len(pairs)


def test_an_older_snapshot_without_a_field_reads_with_its_default() -> None:
    data = to_json(draft())
    del data["basics"]["mission"]
    assert from_json(data).basics.mission == ""


def test_the_name_of_a_part_reads_back() -> None:
    for part in (Part("basics"), Part("challenge", "12"), Part("criteria", "written")):
        assert part_of_name(part_name(part)) == part


def test_a_reworded_obstacle_is_told_by_its_words() -> None:
    rows = (
        ObstacleText("11", "Mobiliteit buiten de  stad"),
        ObstacleText("12", "Taal"),
        ObstacleText("13", "Wonen"),
    )
    change = only(draft(), with_challenge(obstacles=rows))
    assert (change.kind, change.key, change.label) == ("changed", "11", "Uitdaging 1, obstakel “Mobiliteit”")
    assert change.words == (("same", "Mobiliteit "), ("new", "buiten de  stad"))


def test_a_moved_obstacle_is_told_as_moved_and_the_rest_is_not() -> None:
    rows = (ObstacleText("12", "Taal"), ObstacleText("13", "Wonen"), ObstacleText("11", "Mobiliteit"))
    change = only(draft(), with_challenge(obstacles=rows))
    assert (change.kind, change.key, change.before, change.after) == ("moved", "11", "plaats 1", "plaats 3")


def test_an_obstacle_that_went_to_another_challenge_is_told_once() -> None:
    content = with_challenge(obstacles=(ObstacleText("11", "Mobiliteit"), ObstacleText("13", "Wonen")))
    place, challenge = content.challenges[4]
    moved = replace(challenge, obstacles=(*challenge.obstacles, ObstacleText("12", "Taal")))
    change = only(draft(), replace(content, challenges={**content.challenges, 4: (place, moved)}))
    assert (change.kind, change.before, change.after) == ("moved", "uitdaging 1", "uitdaging 2")


def test_added_and_removed_rows_are_told() -> None:
    rows = (ObstacleText("11", "Mobiliteit"), ObstacleText("12", "Taal"), ObstacleText("new-1", "Geld"))
    assert told(draft(), with_challenge(obstacles=rows)) == [
        ("added", "Uitdaging 1, obstakel “Geld”"),
        ("removed", "Uitdaging 1, obstakel “Wonen”"),
    ]


def test_white_space_alone_is_no_difference() -> None:
    content = with_challenge(introduction="Wij  zoeken\nhulp. ")
    assert compare(draft(), content) == []


def test_a_goal_that_helps_with_another_obstacle_says_with_which() -> None:
    change = only(draft(), with_challenge(goals=(GoalText("21", "Zich verplaatsen", ("12", "13")),)))
    assert change.label.endswith("bij welke obstakels")
    assert (change.before, change.after) == ("Mobiliteit", "Taal, Wonen")


def test_dates_towns_contacts_and_lines_read_as_on_the_page() -> None:
    content = draft(
        basics=Basics(
            "Titel", municipalities=(1, 3), contacts=(ContactText("Guy", "regisseur", "guy@v.be"),)
        ),
        dates=replace(
            draft().dates,
            deadline=datetime(2026, 2, 9, 12, 0),
            windows=(PitchWindow(date(2026, 5, 4), time(9), time(12, 30)),),
        ),
        analysis=Analysis(("Woonhulp", "Vertrouwenspersoon dicht bij huis", "Vervoer")),
    )
    found = {one.label: one for one in compare(draft(), content, {1: "Bornem", 2: "Puurs", 3: "Willebroek"})}
    assert found["Gemeenten"].words == (("same", "Bornem, "), ("gone", "Puurs, "), ("new", "Willebroek"))
    assert found["Contactpersonen"].kind == "changed"
    assert found["Uiterste indiendatum"].after.endswith("9 februari 2026, 12u00")
    assert found["Pitchmomenten"].after.endswith("4 mei 2026, 9u00 tot 12u30")
    assert {(one.kind, one.after) for one in compare(draft(), content) if one.field == "service_types"} >= {
        ("added", "Vervoer"),
        ("changed", "Vertrouwenspersoon dicht bij huis"),
    }


def test_personas_challenges_and_criteria_are_followed_by_id() -> None:
    content = draft()
    rules = RoundRules((replace(content.written.criteria[0], weight=Decimal(60)),), Decimal(50))
    after = replace(
        content,
        personas={8: content.personas[8], 7: replace(content.personas[7], age=31), 9: PersonaText("Ali")},
        challenges={4: (1, content.challenges[4][1]), 3: (2, content.challenges[3][1])},
        written=rules,
    )
    kinds = {(one.part.kind, one.kind) for one in compare(content, after)}
    assert {
        ("persona", "moved"),
        ("persona", "changed"),
        ("persona", "added"),
        ("challenge", "moved"),
    } <= kinds
    assert ("criteria", "changed") in kinds and ("thresholds", "changed") in kinds


def test_a_removed_challenge_names_its_obstacles() -> None:
    content = draft()
    after = replace(content, challenges={3: content.challenges[3]})
    assert told(content, after) == [
        ("removed", "Uitdaging 2"),
        ("removed", "Uitdaging 2, obstakel “Mobiliteit”"),
    ]
