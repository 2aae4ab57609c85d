from itertools import product

import pytest

from app.domain.access import PERMISSIONS, Role
from app.domain.timeline import Phase
from app.domain.visibility import EXPLANATIONS, SheetFacts, may_edit_sheet, may_see_progress, may_see_sheet

JURY = (Role.JUROR, Role.CHAIR)


def facts(phase, *roles, **changes):
    return SheetFacts(Phase(phase), frozenset({Role.VISITOR, *roles}), **changes)


def phases(rule, *roles, **changes):
    return [int(phase) for phase in Phase if rule(facts(phase, *roles, **changes))]


@pytest.mark.parametrize("role", JURY)
def test_before_the_own_sheet_is_in_nobody_sees_another_sheet(role):
    assert phases(may_see_sheet, role) == []
    assert may_see_sheet(facts(3, role)).reason == "own_sheet_first"


@pytest.mark.parametrize("role", JURY)
def test_once_the_own_sheet_is_in_the_others_open_during_the_rounds(role):
    assert phases(may_see_sheet, role, own_sheet_in=True) == [3, 4]


@pytest.mark.parametrize("role", [*JURY, Role.REGISSEUR, Role.OBSERVER])
def test_after_the_round_closed_jury_regisseur_and_observer_see_all(role):
    assert phases(may_see_sheet, role, round_open=False) == [4, 5, 6, 7, 8]


@pytest.mark.parametrize("role", [Role.REGISSEUR, Role.OBSERVER])
def test_regisseur_and_observer_see_no_score_while_the_round_is_open(role):
    assert phases(may_see_sheet, role) == []
    assert may_see_sheet(facts(4, role)).reason == "round_still_open"


def test_a_regisseur_who_also_sits_on_the_jury_waits_for_the_own_sheet():
    assert may_see_sheet(facts(3, Role.REGISSEUR, Role.JUROR)).reason == "own_sheet_first"


@pytest.mark.parametrize("role", JURY)
def test_the_own_sheet_stays_in_sight(role):
    assert phases(may_see_sheet, role, is_author=True) == [3, 4, 5, 6, 7, 8]


def test_a_conflict_hides_everything_even_the_own_sheet_whatever_else_one_is():
    for role, own, author, is_open in product(Role, (True, False), (True, False), (True, False)):
        one = facts(5, role, own_sheet_in=own, is_author=author, round_open=is_open, in_conflict=True)
        for rule in (may_see_sheet, may_see_progress, may_edit_sheet):
            assert rule(one).reason == "conflict_of_interest"


def test_the_role_of_juror_in_conflict_is_a_conflict():
    assert may_see_sheet(facts(5, Role.JUROR_IN_CONFLICT, round_open=False)).reason == "conflict_of_interest"


@pytest.mark.parametrize(
    "role", [Role.VISITOR, Role.MEMBER, Role.OWNER, Role.OTHER_REGISSEUR, Role.ADMINISTRATOR]
)
def test_nobody_else_ever_sees_a_score_or_the_progress(role):
    for own, author, is_open in product((True, False), repeat=3):
        changes = {"own_sheet_in": own, "is_author": author, "round_open": is_open}
        assert phases(may_see_sheet, role, **changes) == []
        assert phases(may_see_progress, role, **changes) == []
        assert phases(may_edit_sheet, role, **changes) == []


@pytest.mark.parametrize("role", [Role.CHAIR, Role.REGISSEUR, Role.OBSERVER])
def test_progress_shows_from_the_written_round_until_the_decision(role):
    assert phases(may_see_progress, role) == [3, 4, 5]


def test_a_juror_does_not_follow_the_progress_of_colleagues():
    assert may_see_progress(facts(3, Role.JUROR)).reason == "not_your_role"


@pytest.mark.parametrize("role", JURY)
def test_a_sheet_is_written_by_its_author_in_its_own_round_while_it_is_open(role):
    assert phases(may_edit_sheet, role, is_author=True) == [3]
    pitch_phases = [
        phase for phase in Phase if may_edit_sheet(facts(phase, role, is_author=True), pitch=True)
    ]
    assert pitch_phases == [Phase.PITCH]
    assert may_edit_sheet(facts(3, role, is_author=True, round_open=False)).reason == "round_closed"
    assert may_edit_sheet(facts(3, role)).reason == "not_your_sheet"


def test_every_row_about_scores_in_the_table_of_rights_is_explained():
    assert set(EXPLANATIONS) == {action for action in PERMISSIONS if action.startswith("score.")}
