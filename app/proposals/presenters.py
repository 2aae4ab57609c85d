"""Proposals as the pages show them: plain rows and ready sentences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from app.addenda.queries import Call
from app.domain.timeline import Phase
from app.infra.formats import days_left, deadline, moment
from app.proposals.content import Check, Content, coverage, essence, level
from app.proposals.policy import ProposalRef
from app.proposals.seal.sealing import standing_content
from app.proposals.writing.drafts import State

_CHECKS = {
    "amendments": ("Wijzigingen van de oproep gelezen en bevestigd", "Nog te bevestigen: {count}."),
    "one_obstacle": ("Een aanpak bij minstens één obstakel", ""),
    "summary": ("Samenvatting ingevuld", ""),
    "truthful": ("Verklaard dat de kandidatuur klopt", ""),
    "no_client_data": ("Verklaard dat er geen gegevens van cliënten in staan", ""),
    "half_answered": ("Drie velden ingevuld bij elk begonnen obstakel", "Nog onvolledig: {count}."),
    "word_limits": ("Alle teksten binnen de richtlijn voor het aantal woorden", "Te lang: {count}."),
    "service_types": ("Diensten gekozen", ""),
    "expectations": ("Iets geschreven bij elke verwachting", "Nog leeg: {count}."),
    "capacity": ("Capaciteit ingevuld", ""),
    "cost": ("Kostenraming ingevuld", "Deze oproep vraagt er een."),
    "references": ("Referenties ingevuld", ""),
}


@dataclass(frozen=True)
class Strip:
    """The strip on every page of a proposal. `kind`: draft, changed or none; `href` where it is put right."""

    kind: str
    text: str = ""
    href: str = ""


def strip_for(call: Call, ref: ProposalRef, state: State, content: Content, now: datetime) -> Strip:
    """NIET INGEDIEND until something stands; a warning when the working copy differs from what stands."""
    is_open = call.phase is Phase.OPEN
    href = url_for("proposals.submit_page", proposal_id=ref.id) if is_open else ""
    until = f"Indienen kan tot en met {deadline(call.deadline)} ({days_left(call.deadline, now)})."
    if state.standing is None:
        gone = f"Ingetrokken op {moment(state.withdrawn_at)}. " if state.withdrawn_at else ""
        return Strip("draft", gone + (until if is_open else "De oproep is afgesloten."), href)
    if not differs(state, content, ref):
        return Strip("none")
    stands = f"Wat telt is wat jullie indienden op {moment(state.standing.submitted_at)}."
    return Strip("changed", f"{stands} {until}" if is_open else stands, href)


def differs(state: State, content: Content, ref: ProposalRef) -> bool:
    """Whether the working copy of one's own proposal says something else than what stands."""
    if state.standing is None or state.updated_at <= state.standing.submitted_at:
        return False
    return essence(standing_content(ref.id, {ref.organisation_id})) != essence(content)


def side_steps(
    ref: ProposalRef, content: Content, complete: bool, active: str, *, receipt: bool
) -> list[dict[str, Any]]:
    """The side navigation: overview, general part, every challenge, handing in (`complete`: nothing is left
    to hand in or to confirm), receipt."""

    def step(
        label: str, endpoint: str, key: str, group: str, state: str = "", **values: Any
    ) -> dict[str, Any]:
        href = url_for(f"proposals.{endpoint}", proposal_id=ref.id, **values)
        return {"label": label, "href": href, "group": group, "state": state, "active": key == active}

    declared = all(content["declarations"].values())
    general = "done" if content["summary"] and declared else "open"
    steps = [
        step("Overzicht", "edit", "overview", "Kandidatuur"),
        step("Algemeen deel", "edit_general", "general", "Kandidatuur", general),
    ]
    for challenge, done in zip(content["challenges"], coverage(content), strict=True):
        names = " & ".join(challenge["personas"]) or "uitdaging"
        steps.append(
            step(
                f"{done.number}. {names} ({done.answered}/{done.total})",
                "edit_challenge",
                str(done.number),
                "Uitdagingen",
                "done" if done.answered else "open",
                number=done.number,
            )
        )
    files = "done" if content["attachments"] else ""
    steps.append(step("Bijlagen", "attachments", "attachments", "Bijlagen", files))
    shown = next((one for one in content["challenges"] if str(one["number"]) == active), None)
    steps += _obstacle_steps(shown) if shown else []
    steps.append(step("Voorbeeld", "preview", "preview", "Indienen"))
    steps.append(
        step("Nakijken en indienen", "submit_page", "submit", "Indienen", "done" if complete else "open")
    )
    if receipt:
        steps.append(step("Ontvangstbewijs", "receipt", "receipt", "Indienen"))
    return steps


def _obstacle_steps(challenge: dict[str, Any]) -> list[dict[str, Any]]:
    """The obstacles of the challenge on this page, to jump to."""
    return [
        {
            "label": one["label"],
            "href": f"#obstakel-{one['id']}",
            "group": "Obstakels van deze uitdaging",
            "state": "done" if one["approach"] else "open",
            "active": False,
        }
        for one in challenge["obstacles"]
    ]


def obstacle_rows(content: Content, ref: ProposalRef) -> list[dict[str, Any]]:
    """Per challenge: title, counts, and its obstacles with how far each is answered."""
    rows = []
    for challenge, done in zip(content["challenges"], coverage(content), strict=True):
        href = url_for("proposals.edit_challenge", proposal_id=ref.id, number=done.number)
        rows.append(
            {
                "number": done.number,
                "title": " & ".join(challenge["personas"]),
                "introduction": challenge["introduction"],
                "answered": done.answered,
                "total": done.total,
                "href": href,
                "obstacles": [
                    {
                        "id": one["id"],
                        "label": one["label"],
                        "level": level(one),
                        "href": f"{href}#obstakel-{one['id']}",
                    }
                    for one in challenge["obstacles"]
                ],
            }
        )
    return rows


def check_items(checks: list[Check], ref: ProposalRef) -> list[dict[str, Any]]:
    """The checklist as the component wants it; what is only advice counts as a remark."""
    items = []
    for check in checks:
        text, hint = _CHECKS[check.code]
        href = None if check.done else _place(check, ref)
        done = True if check.done else (False if check.blocks else None)
        items.append(
            {
                "text": text,
                "done": done,
                "href": href,
                "hint": "" if check.done else hint.format(count=check.count),
            }
        )
    return items


def _place(check: Check, ref: ProposalRef) -> str | None:
    if check.place == "amendments":
        return url_for("proposals.amendments", proposal_id=ref.id)
    if check.place == "general":
        return url_for("proposals.edit_general", proposal_id=ref.id)
    if check.place:
        return url_for("proposals.edit_challenge", proposal_id=ref.id, number=int(check.place))
    return None
