"""What the public page of a call shows beside its own texts."""

from datetime import datetime
from typing import Any

from flask import current_app, url_for

from app.addenda.presenters import state_of
from app.addenda.public import PublicPage
from app.addenda.queries import Call
from app.domain.access import Actor, Role
from app.domain.timeline import Phase
from app.infra.formats import day, days_left

_LISTS = (
    ("service_type", "Types dienstverlening die nodig zijn"),
    ("recurring", "Wat vaak terugkwam"),
    ("attention", "Wat verder aandacht vraagt"),
    ("obstacle", "Aanvullende obstakels"),
    ("profile", "Bijkomende klantprofielen"),
)


def list_context(active: dict[str, tuple[str, str]], meant: str | None) -> dict[str, Any]:
    """The filters in use, each with the address of the list without it; and what was probably meant."""
    arguments = {name: value for name, (value, _) in active.items()}
    chips = [
        (words, url_for("addenda.index", **{key: one for key, one in arguments.items() if key != name}))
        for name, (_, words) in active.items()
    ]
    meant_href = url_for("addenda.index", **{**arguments, "q": meant}) if meant else ""
    return {"arguments": arguments, "chips": chips, "meant": meant, "meant_href": meant_href}


def page_context(call: Call, page: PublicPage, actor: Actor, now: datetime) -> dict[str, Any]:
    """Everything `addenda/show.html` reads."""
    label, tone = state_of(call)
    return {
        "page": page,
        "state": label,
        "tone": tone,
        "left": days_left(call.deadline, now) if call.phase is Phase.OPEN else "",
        "towns": page.lists.get("municipality", []),
        "analysis": [(title, page.lists[kind]) for kind, title in _LISTS if page.lists.get(kind)],
        "windows": [f"{day(date)}, {_clock(start)} tot {_clock(end)}" for date, start, end in page.windows],
        "rounds": [
            (title, page.criteria.get(name, []))
            for name, title in (("written", "Schriftelijke ronde"), ("pitch", "Pitchronde"))
        ],
        "apply": _apply(call, actor),
        "lead": _lead(page),
    }


def _clock(moment: Any) -> str:
    return f"{moment.hour}u{moment:%M}" if moment.minute else f"{moment.hour} uur"


def _lead(page: PublicPage) -> str:
    """One sentence of numbers under the title."""
    obstacles = sum(len(one.obstacles) for one in page.challenges)
    goals = sum(len(one.goals) for one in page.challenges)
    counts = (
        (len(page.personas), "persona", "persona’s"),
        (len(page.challenges), "regio-uitdaging", "regio-uitdagingen"),
        (obstacles, "obstakel", "obstakels"),
        (goals, "doel", "doelen"),
    )
    return " · ".join(f"{count} {one if count == 1 else more}" for count, one, more in counts if count)


def _apply(call: Call, actor: Actor) -> dict[str, Any] | None:
    """The way to apply for whom looks: a button for members, the way in for who has no organisation yet."""
    if call.phase is not Phase.OPEN:
        return None
    here = url_for("addenda.show", addendum_id=call.id)
    if not actor.signed_in:
        return {
            "sign_in": url_for("security.login", next=here),
            "register": _address("organisations.register"),
        }
    if actor.holds(Role.OWNER) or actor.holds(Role.MEMBER):
        return {"start": _address("proposals.start", addendum_id=call.id)}
    staff = (Role.REGISSEUR, Role.OBSERVER, Role.ADMINISTRATOR)
    if any(actor.holds(role) for role in staff):
        return None
    return {"register": _address("organisations.register")}


def _address(endpoint: str, **values: Any) -> str | None:
    """A page of a feature that may not be there."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None
