"""A list asks the database no more questions for 300 proposals than for 1 or 3."""

from typing import Any

from flask import Flask

from app.accounts.models import User
from app.infra.database import db
from app.infra.remembered import forget
from app.matching.vocabulary.store import vocabulary
from bench.world import World, build
from tests.counting import queries

SIZES = (1, 3, 300)
BUDGET = 12
FOR_REGISSEUR = {
    "list": "/oproepen/{written}/kandidaturen",
    "opening": "/oproepen/{written}/opening",
    "coverage": "/oproepen/{written}/dekking",
    "conflicts": "/oproepen/{written}/belangen",
    "progress": "/oproepen/{written}/voortgang",
    "proposals export": "/oproepen/{written}/kandidaturen.csv",
    "ranking": "/oproepen/{decided}/rangschikking",
    "firmness": "/oproepen/{decided}/rangschikking/stevigheid",
    "decisions": "/oproepen/{decided}/beslissingen",
    "scores export": "/oproepen/{decided}/scores.csv",
    "mail": "/oproepen/{decided}/uitgaande-post",
    "home": "/",
}
FOR_JUROR = {
    "reading list": "/oproepen/{written}/leeslijst",
    "declarations": "/oproepen/{written}/leeslijst/belangen",
    "home of a juror": "/",
}


def counts(app: Flask, world: World) -> dict[str, int]:
    found = {}
    for key, pages in ((world.regisseur, FOR_REGISSEUR), (world.juror, FOR_JUROR)):
        user = db.session.scalars(db.select(User).where(User.fs_uniquifier == key)).one()
        client: Any = app.test_client()
        client.sign_in(user)
        for name, path in pages.items():
            forget()
            with queries() as seen:
                answer = client.get(path.format(written=world.written_call, decided=world.decided_call))
                assert answer.status_code == 200, (name, answer.status_code)
                assert answer.data
            found[name] = len(seen)
    return found


def test_lists_ask_no_more_for_three_hundred_proposals_than_for_one(app: Flask) -> None:
    vocabulary()  # the thesaurus is read once
    found = {size: counts(app, build(size, 400_000 + 1000 * size)) for size in SIZES}
    growing = {
        name: [found[size][name] for size in SIZES]
        for name in found[1]
        if max(found[size][name] for size in SIZES) > found[1][name]
    }
    assert growing == {}
    # one fewer for the ranking: above 250 proposals its intervals are worked out on request
    fewer = {name for name in found[1] if found[300][name] < found[1][name]}
    assert fewer <= {"ranking"}
    assert found[1]["list"] <= BUDGET and found[1]["ranking"] <= BUDGET
