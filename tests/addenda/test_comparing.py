"""A newer document against a draft: nothing is given to two, nothing of hers is lost, ids stay."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.addenda.drafting.sections import (
    Analysis,
    Basics,
    ChallengeText,
    Dates,
    Draft,
    GoalText,
    ObstacleText,
    PersonaText,
)
from app.addenda.reviewing.comparing import ADDED, CHANGED, GONE, MINE, MOVED, NEW, Sides, compare
from app.addenda.reviewing.matching import align, likeness, pair_up, renamed, rows_of
from app.addenda.reviewing.merging import merge, removed, sequence
from app.domain.assignment import assign
from app.domain.criteria import DEFAULT_PITCH, DEFAULT_WRITTEN

WORDS = ("Schulden", "Mobiliteit", "Taal", "Slechte woonkwaliteit", "Kinderopvang", "Trauma", "Eenzaamheid")


def challenge(
    obstacles: dict[str, str], goals: dict[str, str] | None = None, *, personas: tuple[int, ...] = ()
) -> ChallengeText:
    return ChallengeText(
        introduction="Wie vastzit, zoekt een weg.",
        personas=personas,
        obstacles=tuple(ObstacleText(key, text) for key, text in obstacles.items()),
        goals=tuple(GoalText(key, text) for key, text in (goals or {}).items()),
    )


def draft(*challenges: ChallengeText, fresh: bool = False, **values: object) -> Draft:
    """A stored draft (challenges 1, 2, …), or what a newer document gives (-1, -2, …)."""
    sign = -1 if fresh else 1
    content = Draft(
        basics=Basics("Lokaal addendum Klein-Brabant"),
        dates=Dates(),
        personas={},
        challenges={sign * place: (place, one) for place, one in enumerate(challenges, start=1)},
        analysis=Analysis(),
        written=DEFAULT_WRITTEN,
        pitch=DEFAULT_PITCH,
    )
    return replace(content, **values)


def sides(base: Draft, mine: Draft, fresh: Draft) -> Sides:
    found = align(fresh, mine, base)
    return Sides(base, mine, renamed(fresh, found), found.dropped)


def outcome(base: Draft, mine: Draft, fresh: Draft, **choices: str) -> Draft:
    three = sides(base, mine, fresh)
    chosen = {key.replace("__", ":"): value for key, value in choices.items()}
    return merge(three, compare(three), chosen)


def labels(content: Draft, key: int = 1) -> dict[str, str]:
    return {one.key: one.label for one in content.challenges[key][1].obstacles}


def test_the_assignment_is_the_cheapest() -> None:
    assert assign([[4, 1, 3], [2, 0, 5], [3, 2, 2]]) == [(0, 1), (1, 0), (2, 2)]
    assert assign([]) == []


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=n, max_size=n)
    )
)
def test_no_other_assignment_is_cheaper(cost: list[list[int]]) -> None:
    import itertools

    pairs = assign([[float(one) for one in row] for row in cost])
    size = range(len(cost))
    least = min(sum(cost[i][j] for i, j in enumerate(order)) for order in itertools.permutations(size))
    assert sum(cost[i][j] for i, j in pairs) == least
    assert [i for i, _ in pairs] == sorted({j for _, j in pairs}) == list(size)


def test_likeness_tells_a_typing_error_from_another_item() -> None:
    assert likeness("Slechte  woonkwaliteit", "Slechte woonkwaliteit") == 100
    assert likeness("Gezondheidsproblemen", "Gezondheidsproblematiek") > 72
    assert likeness("Mobiliteit", "Beperkte mobiliteit") > 72
    assert likeness("Financiële problemen", "Mentale problemen") < 72


def test_two_that_say_the_same_are_paired_in_order() -> None:
    left, right = {"a": "Schulden", "b": "Schulden"}, {"x": "Schulden", "y": "Schulden"}
    assert pair_up(list(left), list(right), lambda one, other: likeness(left[one], right[other]), 72) == {
        "a": "x",
        "b": "y",
    }


def test_an_unchanged_document_changes_nothing() -> None:
    stored = draft(challenge({"1": "Schulden", "2": "Taal"}, {"5": "Uit de schulden raken"}))
    fresh = draft(
        challenge({"new-1": "Schulden", "new-2": "Taal"}, {"new-3": "Uit de schulden raken"}), fresh=True
    )
    three = sides(stored, stored, fresh)
    assert compare(three) == []
    assert merge(three, [], {}) == stored


def test_a_reworded_item_keeps_its_id_its_links_and_its_life_domains() -> None:
    mine = draft(
        ChallengeText(
            obstacles=(
                ObstacleText("1", "Slechte woonkwaliteit", ("Huisvesting",)),
                ObstacleText("2", "Taal"),
            ),
            goals=(GoalText("5", "Beter wonen", ("1",)),),
        )
    )
    fresh = draft(
        challenge({"new-1": "Slechte en vochtige woonkwaliteit", "new-2": "Taal"}, {"new-3": "Beter wonen"}),
        fresh=True,
    )
    fresh = replace(fresh, challenges={-1: (1, replace(fresh.challenges[-1][1], introduction=""))})
    found = compare(sides(mine, mine, fresh))
    assert [(one.key, one.kind, one.default) for one in found] == [("obstacle:1", CHANGED, NEW)]
    after = outcome(mine, mine, fresh)
    assert after.challenges[1][1].obstacles[0] == ObstacleText(
        "1", "Slechte en vochtige woonkwaliteit", ("Huisvesting",)
    )
    assert after.challenges[1][1].goals[0].obstacles == ("1",)


def test_what_she_wrote_herself_stays_unless_she_says_otherwise() -> None:
    base = draft(challenge({"1": "Schulden door budgetbeheer"}))
    mine = draft(challenge({"1": "Schulden, ook door budgetbeheer"}))
    fresh = draft(challenge({"new-1": "Schulden wegens budgetbeheer"}), fresh=True)
    (one,) = compare(sides(base, mine, fresh))
    assert (one.kind, one.edited, one.quiet, one.default) == (CHANGED, True, False, MINE)
    assert labels(outcome(base, mine, fresh)) == {"1": "Schulden, ook door budgetbeheer"}
    assert labels(outcome(base, mine, fresh, obstacle__1=NEW)) == {"1": "Schulden wegens budgetbeheer"}


def test_a_document_that_stayed_the_same_does_not_undo_her_words() -> None:
    base = draft(challenge({"1": "Schulden"}))
    mine = draft(challenge({"1": "Schulden en beslag"}))
    (one,) = compare(sides(base, mine, draft(challenge({"new-1": "Schulden"}), fresh=True)))
    assert one.quiet and one.default == MINE


def test_an_item_that_is_gone_goes_only_when_ticked() -> None:
    stored = draft(challenge({"1": "Schulden", "2": "Taal"}))
    fresh = draft(challenge({"new-1": "Schulden"}), fresh=True)
    (one,) = compare(sides(stored, stored, fresh))
    assert (one.key, one.kind, one.default) == ("obstacle:2", GONE, MINE)
    assert labels(outcome(stored, stored, fresh)) == {"1": "Schulden", "2": "Taal"}
    ticked = outcome(stored, stored, fresh, obstacle__2=NEW)
    assert labels(ticked) == {"1": "Schulden"}
    assert removed(stored, ticked) == ["2"]


def test_what_she_added_herself_is_no_difference() -> None:
    base = draft(challenge({"1": "Schulden"}))
    mine = draft(challenge({"1": "Schulden", "9": "Eenzaamheid"}))
    fresh = draft(challenge({"new-1": "Schulden"}), fresh=True)
    assert compare(sides(base, mine, fresh)) == []
    assert labels(outcome(base, mine, fresh)) == {"1": "Schulden", "9": "Eenzaamheid"}


def test_what_she_took_out_does_not_come_back_by_itself() -> None:
    base = draft(challenge({"1": "Schulden", "2": "Taal"}))
    mine = draft(challenge({"1": "Schulden"}))
    fresh = draft(challenge({"new-1": "Schulden", "new-2": "Taal"}), fresh=True)
    (one,) = compare(sides(base, mine, fresh))
    assert (one.kind, one.quiet, one.default) == (ADDED, True, MINE)
    assert labels(outcome(base, mine, fresh)) == {"1": "Schulden"}
    assert labels(outcome(base, mine, fresh, **{one.key.replace(":", "__"): NEW})) == {
        "1": "Schulden",
        "new-2": "Taal",
    }


def test_an_item_that_moved_to_another_challenge_is_told_as_moved_and_keeps_its_id() -> None:
    stored = draft(challenge({"1": "Schulden", "2": "Taal"}), challenge({"3": "Trauma", "4": "Kinderopvang"}))
    fresh = draft(
        challenge({"new-1": "Schulden"}),
        challenge({"new-2": "Trauma", "new-3": "Kinderopvang", "new-4": "Taal"}),
        fresh=True,
    )
    (one,) = compare(sides(stored, stored, fresh))
    assert (one.key, one.kind, one.holder, one.to) == ("obstacle:2", MOVED, "1", "2")
    after = outcome(stored, stored, fresh)
    assert list(labels(after, 2)) == ["3", "4", "2"] and list(labels(after, 1)) == ["1"]
    kept = outcome(stored, stored, fresh, obstacle__2=MINE)
    assert list(labels(kept, 1)) == ["1", "2"]


def test_challenges_are_matched_by_what_they_hold_not_by_their_place() -> None:
    stored = draft(challenge({"1": "Schulden", "2": "Taal"}), challenge({"3": "Trauma", "4": "Kinderopvang"}))
    fresh = draft(
        challenge({"new-9": "Eenzaamheid"}),
        challenge({"new-1": "Schulden", "new-2": "Taal"}),
        challenge({"new-3": "Trauma", "new-4": "Kinderopvang"}),
        fresh=True,
    )
    (one,) = compare(sides(stored, stored, fresh))
    assert (one.key, one.kind) == ("challenge:-1", ADDED)
    after = outcome(stored, stored, fresh)
    assert [(key, number) for key, (number, _) in after.challenges.items()] == [(-1, 1), (1, 2), (2, 3)]
    refused = outcome(stored, stored, fresh, **{"challenge__-1": MINE})
    assert refused == stored


def test_a_challenge_that_is_gone_stays_until_she_lets_it_go() -> None:
    stored = draft(challenge({"1": "Schulden", "2": "Taal"}), challenge({"3": "Trauma", "4": "Kinderopvang"}))
    fresh = draft(challenge({"new-3": "Trauma", "new-4": "Kinderopvang"}), fresh=True)
    found = compare(sides(stored, stored, fresh))
    assert [(one.key, one.kind, one.default) for one in found] == [("challenge:1", GONE, MINE)]
    assert outcome(stored, stored, fresh) == stored
    assert list(outcome(stored, stored, fresh, challenge__1=NEW).challenges) == [2]


def test_personas_are_known_by_name_also_with_a_typing_error() -> None:
    stored = draft(personas={7: PersonaText("Freddy", story="Freddy zoekt werk.", strengths=("Handig",))})
    fresh = draft(fresh=True, personas={-1: PersonaText("Fredy", story="Freddy zoekt nog werk.")})
    after = outcome(stored, stored, fresh)
    assert after.personas == {7: PersonaText("Fredy", story="Freddy zoekt nog werk.", strengths=("Handig",))}


def test_her_order_stays_when_she_made_one_and_the_documents_counts_otherwise() -> None:
    base = draft(challenge({"1": "Schulden", "2": "Taal", "3": "Trauma"}))
    fresh = draft(challenge({"new-1": "Trauma", "new-2": "Schulden", "new-3": "Taal"}), fresh=True)
    assert list(labels(outcome(base, base, fresh))) == ["3", "1", "2"]
    mine = draft(challenge({"2": "Taal", "1": "Schulden", "3": "Trauma"}))
    assert list(labels(outcome(base, mine, fresh))) == ["2", "1", "3"]


def test_findings_have_no_ids_and_still_keep_what_she_wrote() -> None:
    base = draft(
        analysis=Analysis(recurring=("Voldoende tijd voor de cliënt",), profiles=("Hoger opgeleiden",))
    )
    mine = draft(
        analysis=Analysis(recurring=("Voldoende tijd voor elke cliënt",), profiles=("Hoger opgeleiden",))
    )
    fresh = draft(
        fresh=True,
        analysis=Analysis(
            recurring=("Voldoende tijd voor de cliënt", "Vindplaatsgericht werken"), profiles=()
        ),
    )
    found = {one.key: (one.kind, one.default) for one in compare(sides(base, mine, fresh))}
    assert sorted(found.values()) == [(ADDED, NEW), (CHANGED, MINE), (GONE, MINE)]
    after = outcome(base, mine, fresh)
    assert after.analysis.recurring == ("Voldoende tijd voor elke cliënt", "Vindplaatsgericht werken")
    assert after.analysis.profiles == ("Hoger opgeleiden",)


@pytest.mark.parametrize(
    ("lead", "other", "wanted", "order"),
    [
        ("abc", "axbc", "abcx", "axbc"),
        ("cab", "xabc", "abcx", "xcab"),
        ("ab", "cd", "abcd", "cdab"),
        ("abc", "abc", "ac", "ac"),
    ],
)
def test_a_sequence_follows_one_and_puts_the_rest_where_they_stood(
    lead: str, other: str, wanted: str, order: str
) -> None:
    assert "".join(sequence(lead, other, wanted)) == order


LISTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=5), min_size=1, max_size=4)


def numbered(lists: list[list[str]], *, fresh: bool) -> Draft:
    count = iter(range(1, 1000))
    prefix = "new-" if fresh else ""
    return draft(*(challenge({f"{prefix}{next(count)}": text for text in one}) for one in lists), fresh=fresh)


@settings(max_examples=150, deadline=None)
@given(LISTS, LISTS, LISTS, st.lists(st.sampled_from([NEW, MINE]), max_size=12))
def test_an_id_is_never_given_to_two_and_none_is_invented(
    old: list[list[str]], hers: list[list[str]], newer: list[list[str]], answers: list[str]
) -> None:
    base, mine, fresh = numbered(old, fresh=False), numbered(hers, fresh=False), numbered(newer, fresh=True)
    three = sides(base, mine, fresh)
    differences = compare(three)
    keys = [one.key for one in differences]
    assert len(keys) == len(set(keys))
    choices = dict(zip(keys, answers, strict=False))
    after = merge(three, differences, choices)
    found = [one.key for _, text in after.challenges.values() for one in text.obstacles]
    assert len(found) == len(set(found))
    assert set(found) <= set(rows_of(mine, "obstacle")) | set(rows_of(fresh, "obstacle"))
    assert [number for number, _ in after.challenges.values()] == list(range(1, len(after.challenges) + 1))
    gone = {one.key.partition(":")[2] for one in differences if one.kind == GONE}
    taken = {key.partition(":")[2] for key in keys if choices.get(key) == NEW}
    if not gone & taken:
        assert removed(mine, after) == []


@settings(max_examples=100, deadline=None)
@given(LISTS, LISTS)
def test_keeping_everything_of_hers_is_keeping_the_draft(
    old: list[list[str]], newer: list[list[str]]
) -> None:
    mine, fresh = numbered(old, fresh=False), numbered(newer, fresh=True)
    three = sides(mine, mine, fresh)
    differences = compare(three)
    assert merge(three, differences, {one.key: MINE for one in differences}) == mine


@settings(max_examples=100, deadline=None)
@given(st.permutations(WORDS))
def test_shuffled_items_keep_their_ids(order: list[str]) -> None:
    stored = numbered([list(WORDS)], fresh=False)
    after = outcome(stored, stored, numbered([list(order)], fresh=True))
    by_text = {text: key for key, text in labels(stored).items()}
    assert {text: key for key, text in labels(after).items()} == by_text
    assert list(labels(after).values()) == list(order)
