"""Organisations that are likely the same: shown before one is made twice, and to the administrator.

Whoever registers learns the name and the municipality of the likely ones, and why; never who belongs to it.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.accounts.models import User
from app.domain import likeness
from app.domain.access import Actor
from app.domain.likeness import Known, Why
from app.infra.database import db
from app.organisations import policy
from app.organisations.models import Membership, Organisation
from app.organisations.policy import Basics

NEW = 0  # the id of what does not exist yet


@dataclass(frozen=True)
class Candidate:
    """`key` stands in the page instead of the id; `own` when the person belongs to it."""

    id: int
    key: str
    name: str
    city: str
    why: tuple[Why, ...]
    own: bool = False


def likely_same(basics: Basics, email: str, *, by: Actor) -> list[Candidate]:
    """The organisations that `basics` (with its normal number) may already be, the most likely first.

    An address that was only typed is compared with those of organisations; one that was confirmed (`by`
    signed in) also with the domains of colleagues, so that nobody tries out where a person works.
    """
    rows = _rows()
    mine = Known(NEW, basics.name, basics.enterprise_number, _domains([email]))
    found = likeness.most_alike(mine, _known(rows, colleagues=by.signed_in))
    stays = {row.id: row.merged_into_id or row.id for row in rows}
    named = {row.id: row for row in rows}
    best: dict[int, Candidate] = {}
    for match in found:
        row = named[stays[match.id]]
        own = policy.belongs(by, row.id)
        best.setdefault(row.id, Candidate(row.id, key_of(row.id), row.name, row.city, match.why, own))
    return list(best.values())


def key_of(organisation_id: int) -> str:
    """What names an organisation in a page for anybody: tells not how many there are."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"organisation:{organisation_id}".encode(), hashlib.sha256).hexdigest()[:24]


def likely_pairs(most: int = 20) -> list[tuple[Any, Any, tuple[Why, ...]]]:
    """(row, row, why) of organisations that may be one, the oldest of the two first."""
    rows = [row for row in _rows() if row.merged_into_id is None]
    named = {row.id: row for row in rows}
    found = likeness.pairs(_known(rows, colleagues=True), most)
    return [(named[min(one, match.id)], named[max(one, match.id)], match.why) for one, match in found]


def reasons(one: int, other: int) -> tuple[Why, ...]:
    """Why these two may be one; () when nothing says so."""
    known = {row.id: row for row in _known(_rows(), colleagues=True)}
    match = likeness.likeness(known[one], known[other])
    return match.why if match else ()


def _rows() -> Sequence[Any]:
    columns = ("id", "name", "city", "enterprise_number", "email", "website", "merged_into_id")
    statement = select(*(getattr(Organisation, name) for name in columns))
    return db.session.execute(statement.order_by(Organisation.id)).all()


def _known(rows: Sequence[Any], *, colleagues: bool) -> list[Known]:
    theirs = _colleague_domains() if colleagues else {}
    return [
        Known(
            row.id,
            row.name,
            row.enterprise_number,
            _domains([row.email, row.website]) | theirs.get(row.id, frozenset()),
        )
        for row in rows
    ]


def _colleague_domains() -> dict[int, frozenset[str]]:
    statement = select(Membership.organisation_id, User.email).join(User, User.id == Membership.user_id)
    found: dict[int, set[str]] = defaultdict(set)
    for organisation_id, email in db.session.execute(statement):
        found[organisation_id] |= _domains([email])
    return {one: frozenset(domains) for one, domains in found.items()}


def _domains(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(domain for one in texts if (domain := likeness.domain_of(one)))
