"""The table of rights is the one that was agreed (tests/architecture/permissions.csv holds the facts)."""

import csv
from pathlib import Path

import pytest

from app.domain.access import PERMISSIONS, Actor, Grant, Role, Subject, may, roles_for
from app.domain.timeline import Phase

ROWS = list(csv.DictReader((Path(__file__).parent / "permissions.csv").open(encoding="utf-8")))


def phases(cell: str) -> set[int]:
    if not cell:
        return set()
    first, _, last = cell.partition("-")
    return set(range(int(first), int(last or first) + 1))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["action"])
def test_each_row_gives_each_role_its_phases(row: dict[str, str]) -> None:
    rights = PERMISSIONS[row["action"]]
    for role in Role:
        assert {int(phase) for phase in rights[role]} == phases(row[role.value]), role


def test_there_is_no_row_beside_the_agreed_ones() -> None:
    assert set(PERMISSIONS) == {row["action"] for row in ROWS}


def test_a_conflict_beats_every_other_role() -> None:
    everything = Actor(
        1,
        grants=frozenset(
            {
                Grant(Role.REGISSEUR, service_area_id=1),
                Grant(Role.CHAIR, addendum_id=2),
                Grant(Role.JUROR_IN_CONFLICT, organisation_id=3, addendum_id=2),
            }
        ),
    )
    rival = Subject(service_area_id=1, addendum_id=2, organisation_id=3)
    assert roles_for(everything, rival) == {Role.VISITOR, Role.JUROR_IN_CONFLICT}
    assert may(everything, "proposal.other.content", rival, Phase.WRITTEN).reason == "conflict_of_interest"
    other = Subject(service_area_id=1, addendum_id=2, organisation_id=4)
    assert may(everything, "proposal.other.content", other, Phase.WRITTEN)


def test_a_regisseur_of_elsewhere_is_another_regisseur() -> None:
    actor = Actor(1, grants=frozenset({Grant(Role.REGISSEUR, service_area_id=1)}))
    assert Role.OTHER_REGISSEUR in roles_for(actor, Subject(service_area_id=2))
    assert (
        may(actor, "addendum.draft.view", Subject(service_area_id=2), Phase.DRAFT).reason == "not_your_role"
    )


def test_what_shows_all_applicants_together_is_closed_by_one_conflict() -> None:
    juror = Actor(
        1,
        grants=frozenset(
            {
                Grant(Role.JUROR, addendum_id=2),
                Grant(Role.JUROR_IN_CONFLICT, organisation_id=3, addendum_id=2),
            }
        ),
    )
    ranking = Subject(service_area_id=1, addendum_id=2, every_applicant=True)
    assert may(juror, "ranking.view", ranking, Phase.DECIDED).reason == "conflict_of_interest"
    assert may(juror, "ranking.view", ranking, Phase.COMMUNICATED)
