"""The index of a call: who can take away which obstacle, kept fresh by what changed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.addenda.models import Addendum, Obstacle
from app.domain.match_levels import Sure
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.matching import index
from app.matching.index import Match, matches, sentences
from app.matching.models import ThesaurusChange
from app.organisations import services
from app.organisations.models import Offer, Organisation
from tests import factories as make
from tests.counting import queries

DEBTS = ("Budgetbegeleiding", "Wij begeleiden gezinnen met schulden en helpen hen een budget opmaken.")
LANGUAGE = ("Taallessen", "Nederlandse les en conversatietafels voor anderstaligen.")


def make_needs(*labels: str) -> Addendum:
    call = make.make_call(make.make_region(), Phase.OPEN, obstacles=len(labels))
    with transaction():
        for id, label in zip(make.obstacle_ids(call), labels, strict=True):
            db.session.get_one(Obstacle, id).label = label
    return call


def make_offer(organisation: Organisation, text: tuple[str, str]) -> Offer:
    with transaction():
        offer = Offer(organisation_id=organisation.id, title=text[0], description=text[1])
        db.session.add(offer)
    return offer


def names(found: list[Match]) -> list[int]:
    return [one.organisation_id for one in found]


def test_each_obstacle_has_who_can_take_it_away_with_the_reasons(app: Flask) -> None:
    call = make_needs("Schulden", "Taalbarrière", "Geen fiets")
    budget, school = make.make_organisation(), make.make_organisation()
    offer = make_offer(budget, DEBTS)
    make_offer(school, LANGUAGE)
    debts, language, bicycle = matches(call.id).values()
    assert names(debts) == [budget.id] and names(language) == [school.id] and bicycle == []
    assert debts[0].offer_id == offer.id and debts[0].sure is Sure.STRONG
    assert any("schulden" in one.lower() for one in sentences(debts[0].reasons))


def test_what_an_organisation_says_about_itself_counts_less_than_an_offer(app: Flask) -> None:
    call = make_needs("Schulden")
    make.make_organisation(about=DEBTS[1])
    offering = make.make_organisation()
    make_offer(offering, DEBTS)
    (found,) = matches(call.id).values()
    assert [one.organisation_id == offering.id for one in found] == [True, False]
    assert found[1].offer_id is None and found[1].score < found[0].score * 0.8


def test_only_the_organisations_asked_for(app: Flask) -> None:
    call = make_needs("Schulden")
    one, other = make.make_organisation(), make.make_organisation()
    for each in (one, other):
        make_offer(each, DEBTS)
    (found,) = matches(call.id, {other.id}).values()
    assert names(found) == [other.id]


def test_an_organisation_merged_into_another_is_left_out(app: Flask) -> None:
    call = make_needs("Schulden")
    stays, gone = make.make_organisation(), make.make_organisation()
    make_offer(gone, DEBTS)
    assert names(*matches(call.id).values()) == [gone.id]
    with transaction() as now:
        gone.merged_into_id, gone.merged_at = stays.id, now
    assert list(matches(call.id).values()) == [[]]


@pytest.mark.parametrize("change", ["add", "edit", "remove"])
def test_a_changed_offer_is_seen_at_once(app: Flask, change: str) -> None:
    call = make_needs("Schulden")
    organisation = make.make_organisation()
    by = make.actor(make.make_member(organisation))
    offer = make_offer(organisation, LANGUAGE if change != "remove" else DEBTS)
    before = names(*matches(call.id).values())
    draft = services.OfferDraft(*DEBTS, life_domains=(), capacity="")
    if change == "add":
        services.add_offer(organisation.id, draft, by=by)
    elif change == "edit":
        seen = services.offer_version(offer)
        services.edit_offer(organisation.id, offer.id, seen, draft, by=by)
    else:
        services.remove_offer(organisation.id, offer.id, by=by)
    after = names(*matches(call.id).values())
    assert (before, after) == (([organisation.id], []) if change == "remove" else ([], [organisation.id]))


def test_only_what_changed_is_read_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    call = make_needs("Schulden", "Taalbarrière")
    organisations = [make.make_organisation() for _ in range(3)]
    for one in organisations:
        make_offer(one, DEBTS)
    matches(call.id)
    read: list[int] = []
    real = index._texts
    monkeypatch.setattr(index, "_texts", lambda ids: read.extend(ids) or real(ids))
    matches(call.id)
    make_offer(organisations[1], LANGUAGE)
    assert names(list(matches(call.id).values())[1]) == [organisations[1].id]
    assert read == [organisations[1].id]


def test_a_changed_obstacle_makes_its_call_new(app: Flask) -> None:
    call = make_needs("Geen fiets")
    organisation = make.make_organisation()
    make_offer(organisation, DEBTS)
    assert list(matches(call.id).values()) == [[]]
    with transaction():
        db.session.get_one(Obstacle, make.obstacle_ids(call)[0]).label = "Schulden"
    assert names(*matches(call.id).values()) == [organisation.id]


def test_a_changed_thesaurus_is_seen_at_once(app: Flask) -> None:
    call = make_needs("Kwaaltje xyzzy")
    organisation = make.make_organisation()
    make_offer(organisation, ("Plugh", "Wij bieden plugh aan."))
    assert list(matches(call.id).values()) == [[]]
    by = make.make_user()
    with transaction() as now:
        db.session.add(
            ThesaurusChange(
                concept_id="xyzzy",
                concept={"naam": "Xyzzy", "woorden": ["plugh"]},
                by_id=by.id,
                at=now,
            )
        )
    assert names(*matches(call.id).values()) == [organisation.id]


def test_a_call_without_obstacles_or_organisations_has_nothing(app: Flask) -> None:
    assert matches(make.make_call(make.make_region(), Phase.OPEN, obstacles=0).id) == {}
    assert list(matches(make_needs("Schulden").id).values()) == [[]]


def test_the_same_queries_for_any_number(app: Flask) -> None:
    call = make_needs("Schulden").id
    first, later, done = [], [], 0
    for number in (1, 3, 30):
        for _ in range(number - done):
            make_offer(make.make_organisation(about=DEBTS[1]), DEBTS)
        done = number
        for counts in (first, later):
            with queries() as seen:
                assert len(*matches(call).values()) == number
            counts.append(len(seen))
    assert len(set(later)) == 1 and later[0] == 3
    assert set(first[1:]) == {5}


def test_no_more_calls_are_kept_than_the_most(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "MOST_CALLS", 2)
    calls = [make_needs("Schulden") for _ in range(3)]
    for call in calls:
        matches(call.id)
    assert list(app.extensions["matching"]["calls"]) == [one.id for one in calls[1:]]


def test_threads_that_ask_at_once_get_the_same(app: Flask) -> None:
    call = make_needs("Schulden", "Taalbarrière")
    for _ in range(20):
        make_offer(make.make_organisation(), DEBTS)
    db.session.rollback()

    def ask(_: int) -> list[int]:
        with app.app_context():
            return names(list(matches(call.id).values())[0])

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, range(8)))
    assert all(one == found[0] and len(one) == 20 for one in found)


def test_reasons_asked_for_after_the_offer_went_are_none(app: Flask) -> None:
    call = make_needs("Schulden")
    organisation = make.make_organisation()
    offer = make_offer(organisation, DEBTS)
    ((found,),) = matches(call.id).values()
    with transaction():
        db.session.delete(db.session.get_one(Offer, offer.id))
    matches(call.id)
    assert found.reasons == ()
