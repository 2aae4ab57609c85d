"""What the pages about a partnership show."""

from typing import Any

from app.addenda.guard import may_here
from app.addenda.queries import Call
from app.infra import clock
from app.infra.formats import day, moment
from app.infra.messages import say
from app.partnerships.queries import PartnershipRow, coverage_of, partnership_of
from app.partnerships.services import waiting_for
from app.partnerships.since import changes_since


def show_facts(call: Call) -> dict[str, Any]:
    """The partnership with what its members cover, or the way to form it."""
    partnership = partnership_of(call.id)
    facts: dict[str, Any] = {"partnership": partnership, "may_form": may_here(call, "partnership.form")}
    if partnership is None:
        return facts | {"waits": _waits(call)}
    return facts | partnership_facts(call, partnership) | {"changes": changes_since(call, partnership)}


def _waits(call: Call) -> list[str]:
    """Why there is none yet, in sentences; names only for who may see every applicant."""
    everybody = bool(may_here(call, "decision.other.view_with_motivation", every_applicant=True))
    return [say(one) for one in waiting_for(call, clock.now()) if everybody or "names" not in one.facts]


def partnership_facts(call: Call, partnership: PartnershipRow) -> dict[str, Any]:
    found = coverage_of(call.id)
    rows = [_obstacle(one, found.members, found.claims) for one in found.obstacles]
    gaps = [row["label"] for row in rows if not row["count"]]
    return {
        "members": [_member(one, partnership) for one in found.members],
        "terms": [
            ("Coördinator", partnership.coordinator),
            ("Penhouder", partnership.lead_authority),
            ("Begin", day(partnership.starts_on)),
            ("Einde", day(partnership.ends_on)),
            ("Opzegtermijn", f"{partnership.notice_days} dagen"),
            ("Gevormd op", moment(partnership.formed_at)),
        ],
        "columns": [{"label": one.name} for one in found.members],
        "rows": rows,
        "gaps": gaps,
        "covered": f"{len(rows) - len(gaps)} van {len(rows)}",
    }


def _obstacle(one: Any, members: list[Any], claims: frozenset[tuple[int, int]]) -> dict[str, Any]:
    cells = ["full" if (one.id, member.id) in claims else "none" for member in members]
    count = cells.count("full")
    return {
        "label": f"Uitdaging {one.number}: {one.label}",
        "cells": cells,
        "count": count,
        "total": f"{count} van {len(members)}",
    }


def _member(one: Any, partnership: PartnershipRow) -> str:
    roles = [
        word
        for word, holder in (
            ("coördinator", partnership.coordinator_id),
            ("penhouder", partnership.lead_authority_id),
        )
        if holder == one.id
    ]
    return f"{one.name} ({' en '.join(roles)})" if roles else str(one.name)
