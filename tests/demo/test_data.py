"""The demo's data files hang together: what the loader relies on is checked here, without a database."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain import life_domains

DATA = Path(__file__).parents[2] / "app" / "demo" / "data"
LIFE_DOMAINS = set(life_domains.LIFE_DOMAINS)
MAY_BE_EMPTY = {"remark", "notes"}


def read(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


REGIONS, ORGANISATIONS, PEOPLE = read("regions"), read("organisations"), read("people")
CALLS = {call["key"]: call for call in read("calls")}
PROPOSALS, SCORES, DECISIONS = read("proposals"), read("scores"), read("decisions")
ORGANISATION_KEYS = {row["key"] for row in ORGANISATIONS}
JURORS = {row["key"] for row in PEOPLE if row["role"] in ("juror", "chair")}
APPLICANTS = {(row["call"], row["organisation"]) for row in PROPOSALS if row["status"] == "submitted"}


def words(text: str) -> int:
    return len(text.split())


def texts(node: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        yield name, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value, name)


def taken_up(call: str) -> set[tuple[int, int]]:
    return {
        (answer["challenge"], answer["obstacle"])
        for row in PROPOSALS
        if row["call"] == call
        for answer in row["answers"]
    }


@pytest.mark.parametrize("path", sorted(DATA.glob("*.json")), ids=lambda path: path.stem)
def test_no_text_is_empty(path: Path) -> None:
    for name, text in texts(json.loads(path.read_text(encoding="utf-8"))):
        assert text.strip() == text
        assert text or name in MAY_BE_EMPTY, name


def test_the_promised_numbers_are_there() -> None:
    assert (len(REGIONS), len(CALLS), len(ORGANISATIONS), len(PROPOSALS), len(JURORS)) == (2, 3, 24, 40, 7)
    assert Counter((row["call"], row["status"]) for row in PROPOSALS) == {
        ("open", "draft"): 6,
        ("open", "submitted"): 5,
        ("open", "withdrawn"): 1,
        ("evaluation", "submitted"): 16,
        ("partnership", "submitted"): 12,
    }
    sizes = {key: [len(ch["obstacles"]) for ch in call["challenges"]] for key, call in CALLS.items()}
    assert sizes == {"open": [9, 10, 11, 11], "evaluation": [8, 8, 8], "partnership": [7, 7]}


def test_enterprise_numbers_are_valid_and_unique() -> None:
    numbers = [row["enterprise_number"] for row in ORGANISATIONS]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert re.fullmatch(r"099\d{7}", number)
        assert int(number[8:]) == 97 - int(number[:8]) % 97


def test_keys_names_and_addresses_are_unique() -> None:
    people = [(row["key"], row["email"]) for row in PEOPLE]
    owners = [row["contacts"]["owner"]["email"] for row in ORGANISATIONS]
    colleagues = [row["contacts"]["colleague"] for row in ORGANISATIONS if row["contacts"]["colleague"]]
    emails = [email for _, email in people] + owners + [row["email"] for row in colleagues]
    assert len(set(emails)) == len(emails)
    assert all(email.endswith(".be") for email in emails)
    assert len(ORGANISATION_KEYS) == len({row["name"] for row in ORGANISATIONS}) == 24
    assert len({key for key, _ in people}) == len(people)


def test_organisations_describe_themselves_within_bounds() -> None:
    known = {town["name"] for region in REGIONS for town in region["municipalities"]}
    assert sum(row["local_authority"] for row in ORGANISATIONS) in (2, 3)
    for row in ORGANISATIONS:
        assert 60 <= words(row["about"]) <= 120
        assert set(row["municipalities"]) <= known
        assert set(row["life_domains"]) <= LIFE_DOMAINS
        assert 2 <= len(row["offers"]) <= 4
        for offer in row["offers"]:
            assert 25 <= words(offer["description"]) <= 60
            assert set(offer["life_domains"]) <= LIFE_DOMAINS


@pytest.mark.parametrize("key", CALLS)
def test_a_call_refers_only_to_what_exists(key: str) -> None:
    call = CALLS[key]
    region = next(row for row in REGIONS if row["key"] == call["region"])
    assert set(call["municipalities"]) <= {town["name"] for town in region["municipalities"]}
    for challenge in call["challenges"]:
        for persona in challenge["personas"]:
            assert 80 <= words(persona["story"]) <= 140
            assert set(persona["life_domains"]) <= LIFE_DOMAINS
            assert persona["portrait"] in range(1, 9)
        for row in challenge["obstacles"]:
            assert set(row["life_domains"]) <= LIFE_DOMAINS
        served = {index for goal in challenge["goals"] for index in goal["obstacles"]}
        assert served <= set(range(len(challenge["obstacles"])))


@pytest.mark.parametrize("key", CALLS)
def test_the_days_of_a_call_follow_each_other(key: str) -> None:
    days = CALLS[key]["offsets"]
    pitch = [window["day"] for window in days["pitch_windows"]]
    order = [days["launch"], days["questions_until"], days["deadline"], days["written_from"]]
    order += [days["written_until"], *pitch, days["decision_before"]]
    assert order == sorted(order)


@pytest.mark.parametrize("key", CALLS)
def test_two_or_three_obstacles_are_taken_up_by_nobody(key: str) -> None:
    every = {
        (index, number)
        for index, challenge in enumerate(CALLS[key]["challenges"])
        for number in range(len(challenge["obstacles"]))
    }
    assert taken_up(key) <= every
    assert len(every - taken_up(key)) in (2, 3)


def test_an_organisation_applies_once_a_call_and_answers_within_bounds() -> None:
    pairs = [(row["call"], row["organisation"]) for row in PROPOSALS]
    assert len(set(pairs)) == len(pairs)
    assert {organisation for _, organisation in pairs} == ORGANISATION_KEYS
    for row in PROPOSALS:
        assert 60 <= words(row["summary"]) <= 100
        assert 3 <= len(row["answers"]) <= 9
        where = [(answer["challenge"], answer["obstacle"]) for answer in row["answers"]]
        assert len(set(where)) == len(where)
        assert set(row["service_types"]) <= set(range(len(CALLS[row["call"]]["service_types"])))
        assert (row["submitted_days_before_deadline"] is None) == (row["status"] == "draft")
        assert all(15 <= words(text) <= 40 for text in row["expectations"].values())
        assert len(row["expectations"]) == 6


def test_answers_are_of_a_readable_length_and_never_repeat_an_approach() -> None:
    answers = [answer for row in PROPOSALS for answer in row["answers"]]
    assert len({answer["approach"] for answer in answers}) == len(answers)
    for answer in answers:
        assert 30 <= words(answer["approach"]) <= 90
        assert 20 <= words(answer["expertise"]) <= 50
        assert 15 <= words(answer["reach"]) <= 40


def test_what_is_handed_in_before_an_open_deadline_lies_in_the_past() -> None:
    deadline = CALLS["open"]["offsets"]["deadline"]
    for row in PROPOSALS:
        if row["call"] == "open" and row["status"] != "draft":
            assert row["submitted_days_before_deadline"] > deadline


def test_reasons_exist_for_every_level_of_every_criterion() -> None:
    pool = SCORES["reason_pool"]
    assert set(pool) == set(SCORES["criteria"]["written"]) | set(SCORES["criteria"]["pitch"])
    for levels in pool.values():
        assert list(levels) == ["0", "1", "2", "3", "4", "5"]
        for variants in levels.values():
            assert len(set(variants)) == 8
            assert all(12 <= words(text) <= 30 for text in variants)


def test_score_sheets_fit_their_round_and_skip_conflicts() -> None:
    conflicts = {(row["call"], row["juror"], row["organisation"]) for row in SCORES["conflicts"]}
    seen = set()
    for sheet in SCORES["sheets"]:
        who = (sheet["call"], sheet["juror"], sheet["proposal_organisation"])
        assert who not in conflicts and (*who, sheet["round"]) not in seen
        seen.add((*who, sheet["round"]))
        assert sheet["juror"] in JURORS and (who[0], who[2]) in APPLICANTS
        count = len(SCORES["criteria"][sheet["round"]])
        assert len(sheet["scores"]) == len(sheet["reasons"]) == count
        assert all(score in range(6) for score in sheet["scores"])
        assert all(index in range(8) for index in sheet["reasons"])
    assert len(conflicts) == 3


def test_the_written_round_is_partly_in_and_the_finished_call_is_complete() -> None:
    done: dict[tuple[str, str, str], int] = defaultdict(int)
    for sheet in SCORES["sheets"]:
        done[sheet["call"], sheet["round"], sheet["juror"]] += sheet["submitted"]
    conflicted = Counter((row["call"], row["juror"]) for row in SCORES["conflicts"])
    shortlist = SCORES["shortlist"]["partnership"]
    for juror in JURORS:
        assert 0 < done["evaluation", "written", juror] <= 16 - conflicted["evaluation", juror]
        assert done["partnership", "written", juror] == 12 - conflicted["partnership", juror]
        assert done["partnership", "pitch", juror] == len(shortlist) - conflicted["partnership", juror]
    assert sum(done["evaluation", "written", juror] for juror in JURORS) < 16 * 7 - 2


def test_every_applicant_of_the_finished_call_has_a_decision_with_reasons() -> None:
    rows = DECISIONS["decisions"]
    assert {("partnership", row["organisation"]) for row in rows} == {
        pair for pair in APPLICANTS if pair[0] == "partnership"
    }
    assert Counter(row["outcome"] for row in rows) == {"selected": 5, "reserve": 2, "not_selected": 5}
    assert all(60 <= words(row["motivation"]) <= 120 for row in rows)


def test_the_objection_and_the_partnership_refer_to_the_decisions() -> None:
    outcome = {row["organisation"]: row["outcome"] for row in DECISIONS["decisions"]}
    objection, partnership = DECISIONS["objection"], DECISIONS["partnership"]
    selected = {key for key, value in outcome.items() if value == "selected"}
    assert outcome[objection["organisation"]] == "not_selected"
    assert 80 <= words(objection["grounds"]) <= 120 and words(objection["ruling"]["reasons"]) >= 80
    assert set(objection["ruling"]["judged_by"]) <= {row["key"] for row in PEOPLE}
    assert set(partnership["members"]) == selected
    assert partnership["coordinator_organisation"] in selected
    lead = partnership["lead_authority_organisation"]
    assert lead in selected and next(row for row in ORGANISATIONS if row["key"] == lead)["local_authority"]
    assert len(partnership["themes"]) == 3
    communicated = CALLS["partnership"]["offsets"]["communicated"]
    ruled = objection["ruling"]["ruled_day"]
    assert communicated < objection["filed_day"] <= communicated + 14
    assert objection["filed_day"] < ruled < partnership["formed_day"] < partnership["agreement_start"]


def test_actions_of_the_partnership_belong_to_a_member_and_to_real_obstacles() -> None:
    partnership, challenges = DECISIONS["partnership"], CALLS["partnership"]["challenges"]
    for theme in partnership["themes"]:
        for action in (action for domain in theme["action_domains"] for action in domain["actions"]):
            assert action["owner"] in partnership["members"]
            assert action["from_day"] < action["until_day"]
            for challenge, obstacle in action["obstacles"]:
                assert obstacle in range(len(challenges[challenge]["obstacles"]))


def test_questions_come_from_applicants_and_are_answered_in_time() -> None:
    rows = read("questions")
    for row in rows:
        assert row["asker"] in ORGANISATION_KEYS
        assert row["asked"] <= CALLS[row["call"]]["offsets"]["questions_until"]
        if row["answered"] is not None:
            assert row["asked"] < row["answered"] < CALLS[row["call"]]["offsets"]["deadline"]
            assert ("same" in row) != ("answer" in row)
        if "same" in row:
            own = [one for one in rows if one["call"] == row["call"]]
            assert own[row["same"]]["answer"]
