"""What an amendment of the call means for a proposal, as its pages show it."""

from collections.abc import Iterable
from typing import Any

from flask import url_for

from app.addenda.amending.policy import obstacles_of
from app.addenda.amending.presenters import change_rows
from app.addenda.amending.queries import Version, number_of_version, town_names, versions
from app.addenda.drafting.difference_parts import Change
from app.addenda.drafting.differences import compare
from app.addenda.guard import may_here
from app.addenda.queries import Call
from app.infra.formats import moment
from app.proposals.amended.queries import Amended, unconfirmed
from app.proposals.handing_in.submitting import SUBMIT
from app.proposals.policy import ProposalRef
from app.proposals.writing.services import EDIT


def amended_rows(call: Call, ref: ProposalRef, amendments: list[Amended]) -> dict[str, Any]:
    """`waiting`: the amendments still to be confirmed, each with its difference and the address of its one
    click (None for who may not); `at`: {obstacle id: the differences about it}. Nothing is asked of the
    database when there are none."""
    waiting = unconfirmed(amendments)
    if not waiting:
        return {"waiting": [], "at": {}}
    known = {one.number: one for one in versions(call.id)}
    towns = town_names()
    may_confirm = may_here(call, SUBMIT if ref.handed_in else EDIT, ref.organisation_id)
    rows, at = [], dict[int, list[dict[str, Any]]]()
    for one in waiting:
        before, after = known[one.number - 1], known[one.number]
        changes = compare(before.content, after.content, towns)
        rows.append(
            {
                "number": one.number,
                "published": moment(one.published_at),
                "reason": after.reason,
                "after_submission": one.after_submission,
                "changes": change_rows(changes),
                "confirm_href": _confirm_href(ref, one) if may_confirm else None,
            }
        )
        for obstacle in one.obstacles:
            at.setdefault(obstacle, []).extend(_about(obstacle, changes, before, after))
    return {"waiting": rows, "at": at}


def _confirm_href(ref: ProposalRef, one: Amended) -> str:
    return url_for("proposals.confirm", proposal_id=ref.id, number=one.number)


def _about(obstacle: int, changes: Iterable[Change], before: Version, after: Version) -> list[dict[str, Any]]:
    about = [one for one in changes if obstacle in obstacles_of(one, before.content, after.content)]
    return change_rows(about)


def confirmation_lines(amendments: Iterable[Amended]) -> list[str]:
    """For who reads what was handed in before the call changed."""
    return [
        f"Versie {one.number} van de oproep verscheen na het indienen, op {moment(one.published_at)}. "
        + (
            f"De kandidaat bevestigde op {moment(one.confirmed_at)} bij deze antwoorden te blijven."
            if one.confirmed_at
            else "De kandidaat bevestigde dit niet. De kandidatuur blijft geldig."
        )
        for one in amendments
    ]


def call_news(call_id: int, seen: int | None) -> dict[str, Any]:
    """{"call_changed": …} for autosave.js when the call has a newer version than the form showed, else {}."""
    if seen is None or seen >= (now := number_of_version(call_id)):
        return {}
    known = {one.number: one for one in versions(call_id)}
    first = known.get(seen) or known[min(known)]
    changes = compare(first.content, known[now].content, town_names())
    return {
        "call_changed": {
            "version": now,
            "message": "De oproep is gewijzigd terwijl je schreef. Wat je typt, wordt gewoon bewaard.",
            "changes": [
                {"label": row["label"], "kind": row["kind"], "text": _moved(row), "words": row["words"]}
                for row in change_rows(changes)
            ],
            "href": url_for("addenda.versions", addendum_id=call_id, van=first.number, tot=now),
        }
    }


def _moved(row: dict[str, Any]) -> str:
    return f"Van {row['before']} naar {row['after']}." if row["moved"] else ""
