"""Who stands in a dossier by number, and whose names are blackened in its public version."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select

from app.accounts.models import User
from app.addenda.queries import Call
from app.domain.blackening import Blackener
from app.dossiers.collecting.rows import (
    ORGANISATION_COLUMNS,
    PERSON_COLUMNS,
    Files,
    ids_in,
    rows_of,
)
from app.infra.database import db
from app.organisations.models import Membership, Organisation
from app.proposals.models import Proposal
from app.regions.models import RegionRole

_KEYS = (PERSON_COLUMNS | ORGANISATION_COLUMNS) - {"proposal_id"} | {
    "affiliation",
    "commitment",
    "content_sha256",
    "email",
    "enterprise_number",
    "first_name",
    "phone",
    "remark_internal",
    "second_name",
    "submitted_by",
    "proposed_by",
    "confirmed_by",
    "juror",
    "conflicts",
    "organisation",
}


class Others(NamedTuple):
    """Names of who nobody may know of."""

    organisations: list[str]
    people: list[str]


@dataclass(frozen=True)
class Blackeners:
    """`usual` for the public version, `strict` takes away also the names of who is publicly known to be
    selected. `published` by kind, for what everybody read before: there only names of people go, for a bar
    in the place of an organisation would tell that it applied."""

    usual: Blackener
    strict: Blackener
    published: Mapping[str, Blackener]


@dataclass(frozen=True)
class People:
    """`people` and `organisations` by id, as they are called now."""

    people: dict[int, dict[str, str]]
    organisations: dict[int, dict[str, str]]

    def listed(self) -> dict[str, Any]:
        """The file that says who is who."""
        return {
            "people": {str(key): one for key, one in self.people.items()},
            "organisations": {str(key): one for key, one in self.organisations.items()},
        }


def people_in(files: Files, call: Call, actors: Collection[int], applicants: Collection[int]) -> People:
    """Everybody whose number stands in a row or in the log, and everybody of the applicants and the region.
    Four queries."""
    organisations = ids_in(files, ORGANISATION_COLUMNS) | set(applicants)
    ids = ids_in(files, PERSON_COLUMNS) | set(actors)
    ids |= set(
        db.session.scalars(select(Membership.user_id).where(Membership.organisation_id.in_(applicants)))
    )
    ids |= set(
        db.session.scalars(
            select(RegionRole.user_id).where(RegionRole.service_area_id == call.service_area_id)
        )
    )
    people = db.session.execute(
        select(User.id, User.name, User.email).where(User.id.in_(ids)).order_by(User.id)
    )
    found = db.session.scalars(
        select(Organisation).where(Organisation.id.in_(organisations)).order_by(Organisation.id)
    )
    return People(
        {row.id: {"name": row.name, "email": row.email} for row in people},
        {row.id: _organisation(row) for row in found},
    )


def _organisation(row: Organisation) -> dict[str, str]:
    names = ("name", "enterprise_number", "street", "email", "phone", "website")
    return {name: getattr(row, name) for name in names}


def others_of(addendum_id: int, applicants: Collection[int]) -> Others:
    """Who wrote a proposal for this call that does not stand: never handed in, or withdrawn. Nobody is told
    that they did; where somebody names them in a text, that becomes a bar too. Two queries."""
    wrote = (
        select(Proposal.organisation_id)
        .where(Proposal.addendum_id == addendum_id, Proposal.organisation_id.not_in(applicants))
        .distinct()
    )
    organisations = db.session.scalars(select(Organisation.name).where(Organisation.id.in_(wrote)))
    members = select(Membership.user_id).where(Membership.organisation_id.in_(wrote))
    people = db.session.scalars(select(User.name).where(User.id.in_(members)))
    return Others(list(organisations), list(people))


def blackeners(
    files: Files, who: People, others: Others, frozen: dict[int, str], known: Collection[int]
) -> Blackeners:
    """`frozen` are the names under which organisations handed in, `known` the organisations whose outcome is
    public: only the strict one blackens those too."""
    people = [one["name"] for one in who.people.values()] + others.people
    people += [row["name"] for row in rows_of(files, "contact")]
    people += [row[name] for row in rows_of(files, "opening") for name in ("first_name", "second_name")]
    people = [one for one in people if one]
    personas = [row["name"] for row in rows_of(files, "persona")]
    closed = {one for one in who.organisations if one not in known}

    def made(organisations: Collection[int], open_to_all: Collection[int]) -> Blackener:
        rows = [who.organisations[one] for one in organisations if one in who.organisations]
        names = [one[name] for one in rows for name in ("name", "street") if one[name]]
        names += [frozen[one] for one in organisations if frozen.get(one)]
        kept = [
            who.organisations[one]["enterprise_number"] for one in open_to_all if one in who.organisations
        ]
        keys = _KEYS if not kept else _KEYS - {"enterprise_number"}
        return Blackener(
            [*people, *names, *others.organisations], people=people, free=personas, kept=kept, keys=keys
        )

    return Blackeners(
        made(closed, known),
        made(who.organisations, ()),
        {
            "oproep": Blackener(people, keys=_KEYS),
            "vragen": Blackener(people, keys=_KEYS | {"text"}),
        },
    )
