"""What the public page of a call, and the list of calls, show beside the calls' own texts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, url_for

from app.addenda.guard import may_here
from app.addenda.portraits import portrait_key
from app.addenda.presenters import state_of, whole_deadline
from app.addenda.public.linked_data import linked_data, summary
from app.addenda.public.parts import Part, parts_of
from app.addenda.public.picture import picture
from app.addenda.public.queries import PublicPage
from app.addenda.queries import Call
from app.domain.access import Actor, Role
from app.domain.life_domains import DOMAINS
from app.domain.timeline import Phase, local_day
from app.infra.formats import day, days_left, enumeration, hour, short_day
from app.notifications.services import page_url

_LISTS = (
    ("service_type", "Types dienstverlening die nodig zijn"),
    ("recurring", "Wat vaak terugkwam"),
    ("attention", "Wat verder aandacht vraagt"),
    ("obstacle", "Aanvullende obstakels"),
    ("profile", "Bijkomende klantprofielen"),
)
_MOST_FACES = 6


def list_context(active: dict[str, tuple[str, str]], meant: str | None) -> dict[str, Any]:
    """The filters in use, each with the address of the list without it; and what was probably meant."""
    arguments: dict[str, Any] = {name: value for name, (value, _) in active.items()}
    chips = [
        (words, url_for("addenda.index", **{key: one for key, one in arguments.items() if key != name}))
        for name, (_, words) in active.items()
    ]
    meant_href = url_for("addenda.index", **{**arguments, "q": meant}) if meant else ""
    return {
        "arguments": arguments,
        "chips": chips,
        "filtered": bool(arguments.keys() - {"q"}),
        "meant": meant,
        "meant_href": meant_href,
    }


def page_context(call: Call, page: PublicPage, actor: Actor, now: datetime) -> dict[str, Any]:
    """Everything `addenda/show.html` reads."""
    label, tone = state_of(call)
    parts = parts_of(call, actor)
    context = {
        "page": page,
        "state": label,
        "tone": tone,
        "left": days_left(call.deadline, now) if call.phase is Phase.OPEN else "",
        "due": whole_deadline(call.deadline),
        "questions": _questions(page, now),
        "happened": _happened(call, now),
        "towns": page.lists.get("municipality", []),
        "faces": [portrait_key(one.portrait) for one in page.personas[:_MOST_FACES]],
        "people": enumeration([_with_age(one) for one in page.personas]),
        "analysis": [(title, page.lists[kind]) for kind, title in _LISTS if page.lists.get(kind)],
        "domains": _life_domains(page),
        "windows": [f"{day(date)}, {hour(start)} tot {hour(end)}" for date, start, end in page.windows],
        "rounds": [
            (title, page.criteria.get(name, []))
            for name, title in (("written", "Schriftelijke ronde"), ("pitch", "Pitchronde"))
        ],
        "apply": _apply(call, actor),
        "reuse": _reuse(call, actor),
        "result": _result(call),
        "lead": _lead(page),
        "picture": picture(call, [window[0] for window in page.windows], page.questions_until, now),
        "parts": parts,
        "here": page_url("addenda.show", addendum_id=call.id),
        "summary": summary(call, page),
        "linked_data": linked_data(call, page) if call.phase is not Phase.DRAFT else None,
    }
    return {**context, "contents": _contents(context, parts)}


def _reuse(call: Call, actor: Actor) -> list[str]:
    """For a regisseur of any region: where a new call begins from this one."""
    if call.phase is Phase.DRAFT:
        return []
    areas = sorted(actor.scopes(Role.REGISSEUR, "service_area_id"))[:1]
    return [url_for("addenda.clone", service_area_id=area, source_id=call.id) for area in areas]


def _contents(context: dict[str, Any], parts: list[Part]) -> list[tuple[str, str]]:
    """(anchor, words) of every section that is on the page, in its order."""
    page: PublicPage = context["page"]
    found = [
        ("personas", "Over wie het gaat", bool(page.personas)),
        ("uitdagingen", "Obstakels en doelen", True),
        ("levensdomeinen", "Levensdomeinen", bool(context["domains"])),
        ("richting", "Waar we naartoe willen", bool(page.vision or page.mission)),
        ("analyse", "Lokale analyse", bool(context["analysis"] or page.local_input)),
        ("verloop", "Verloop", True),
        *((part.anchor, part.title, True) for part in parts),
        ("kandidaat", "Je kandidaat stellen", True),
        ("beoordeling", "Beoordeling", True),
        ("contact", "Contact", True),
        ("meenemen", "Meenemen", context["linked_data"] is not None),
    ]
    return [(anchor, words) for anchor, words, there in found if there]


def _with_age(persona: Any) -> str:
    return persona.name if persona.age is None else f"{persona.name} ({persona.age})"


def _questions(page: PublicPage, now: datetime) -> str:
    """Until when questions can be asked, in a sentence; empty when the call does not say."""
    if page.questions_until is None:
        return ""
    can = "kan" if local_day(now) <= page.questions_until else "kon"
    return f"Vragen stellen {can} tot en met {day(page.questions_until)}."


def _happened(call: Call, now: datetime) -> list[str]:
    """What happened since the deadline passed, in sentences; empty as long as it has not."""
    if call.phase <= Phase.OPEN:
        return []
    facts = call.facts
    told = [
        ("Kandidaturen geopend op {}", facts.opened_at),
        ("Schriftelijke ronde afgesloten op {}", facts.written_closed_at),
        ("Pitchronde afgesloten op {}", facts.pitch_closed_at),
        ("Beslissing meegedeeld op {}", facts.communicated_at),
    ]
    lines = [sentence.format(short_day(local_day(at))) for sentence, at in told if at]
    end, last = facts.common_window_end_at, facts.windows_end_at
    if end and last:
        until = short_day(local_day(end - timedelta(seconds=1)))
        own = ", wie later bericht kreeg heeft een eigen termijn" if now < last and end < last else ""
        lines.append(f"Weerwoord {'kan' if now < end else 'kon'} tot en met {until}{own}")
    return lines or ["De kandidaturen zijn verzegeld tot ze samen geopend worden"]


@dataclass(frozen=True)
class DomainRow:
    """A life domain of the call: its meaning, who carries it, and how many obstacles touch it."""

    name: str
    meaning: str
    people: str
    obstacles: int


def _life_domains(page: PublicPage) -> list[DomainRow]:
    """In the order of the published scale; only the ones that the call has."""
    rows = []
    for domain in DOMAINS:
        people = [one.name for one in page.personas if domain.name in one.life_domains]
        obstacles = sum(domain.name in row.life_domains for one in page.challenges for row in one.obstacles)
        if people or obstacles:
            rows.append(DomainRow(domain.name, domain.explanation, enumeration(people), obstacles))
    return rows


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


def _result(call: Call) -> str | None:
    """The page with the public result, once there is one that may be read."""
    if call.phase < Phase.COMMUNICATED or not may_here(call, "decision.public_result_list"):
        return None
    return _address("decisions.results", addendum_id=call.id)


def _address(endpoint: str, **values: Any) -> str | None:
    """A page of a feature that may not be there."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None
