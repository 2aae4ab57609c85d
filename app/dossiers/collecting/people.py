"""Who stands in a dossier by number, and whose names are blackened in its public version."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

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


def blackeners(
    files: Files, who: People, frozen: dict[int, str], known: Collection[int]
) -> tuple[Blackener, Blackener]:
    """(the usual one, the strict one). `frozen` are the names under which organisations handed in, `known`
    the organisations whose outcome is public: only the strict one blackens those too."""
    people = [one["name"] for one in who.people.values()]
    people += [row["name"] for row in rows_of(files, "contact")]
    people += [row[name] for row in rows_of(files, "opening") for name in ("first_name", "second_name")]
    usual = _blackener(people, who, frozen, {one for one in who.organisations if one not in known}, known)
    return usual, _blackener(people, who, frozen, set(who.organisations), ())


def _blackener(
    people: Iterable[str],
    who: People,
    frozen: dict[int, str],
    closed: Collection[int],
    known: Collection[int],
) -> Blackener:
    given = [one for one in people if one]
    organisations = [who.organisations[one] for one in closed if one in who.organisations]
    names = [one[name] for one in organisations for name in ("name", "street") if one[name]]
    names += [frozen[one] for one in closed if frozen.get(one)]
    kept = [who.organisations[one]["enterprise_number"] for one in known if one in who.organisations]
    keys = _KEYS if not kept else _KEYS - {"enterprise_number"}
    surnames = [one.split()[-1] for one in given if len(one.split()) > 1]
    return Blackener([*given, *names], surnames=surnames, kept=kept, keys=keys)
