"""Texts that the organisation wrote before: from an earlier proposal, and from its profile."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import select

from app.addenda.models import Addendum
from app.domain.access import Actor
from app.domain.errors import DomainError, NotFound
from app.infra.database import db, transaction
from app.proposals.content import Content, level
from app.proposals.models import Proposal
from app.proposals.policy import ProposalRef
from app.proposals.wording import ANSWER_PARTS, EXPECTATIONS
from app.proposals.writing.drafts import working_content
from app.proposals.writing.merging import Merge, merge, token
from app.proposals.writing.presence import GENERAL
from app.proposals.writing.services import (
    answer_values,
    general_values,
    merged_with,
    note,
    put_answers,
    put_general,
    touch,
    writable,
)

SAME_PERSONA, ANYWHERE = 55, 70  # of 100: how alike two labels must be to be offered beside each other
SURE = 85
_GENERAL = {
    "summary": "Samenvatting",
    **{one.key: one.label for one in EXPECTATIONS},
    "references": "Referenties",
    "capacity_fte": "Capaciteit in voltijdse equivalenten",
}


@dataclass(frozen=True)
class Text:
    """One field: `name` as in `general_values` or `answer_values`, what stands there, what would come."""

    name: str
    label: str
    mine: str
    other: str

    @property
    def filled(self) -> bool:
        return bool(self.mine) and self.mine != self.other


@dataclass(frozen=True)
class Offer:
    """What can be ticked: `key` puts the texts in empty fields, `replace:<key>` in filled ones too. `source`
    is what they stood under before; `advised` when nothing is in the way and the labels are alike."""

    key: str
    label: str
    source: str
    texts: list[Text]
    advised: bool

    @property
    def blocked(self) -> bool:
        """Whether every field is filled, so that only replacing would do anything."""
        return all(one.mine for one in self.texts)

    @property
    def replaces(self) -> bool:
        return any(one.filled for one in self.texts)


def earlier_proposals(ref: ProposalRef) -> list[Any]:
    """The other proposals of the same organisation, newest first: id, title, updated_at. One query."""
    rows = db.session.execute(
        select(Proposal.id, Proposal.updated_at, Addendum.title)
        .join(Addendum, Addendum.id == Proposal.addendum_id)
        .where(Proposal.organisation_id == ref.organisation_id, Proposal.id != ref.id)
        .order_by(Proposal.updated_at.desc(), Proposal.id)
    )
    return list(rows)


def earlier_content(ref: ProposalRef, source_id: int) -> Content:
    """The working copy of one of them; NotFound for a proposal of anybody else."""
    if source_id not in {one.id for one in earlier_proposals(ref)}:
        raise NotFound("proposal")
    return working_content(source_id)


def offers(content: Content, earlier: Content) -> list[Offer]:
    """What can be taken over, in the order of the form; only fields in which something else stands."""
    found = [*_general_offers(content, earlier), *_obstacle_offers(content, earlier)]
    return [one for one in found if any(text.mine != text.other for text in one.texts)]


def seen_token(content: Content) -> str:
    """What the page showed of the working copy, for `copy_from`."""
    return token(_all_values(content))


def copy_from(proposal_id: int, source_id: int, chosen: Collection[str], *, seen: str, by: Actor) -> int:
    """Take over what was ticked; the number of fields that changed. Raises NotFound for a proposal that is
    not of the organisation, Stale when a colleague changed one of these fields, DomainError
    "nothing_to_copy" or "edit_too_late"."""
    with transaction() as now:
        call, ref = writable(proposal_id, by, now)
        content = working_content(proposal_id)
        offered = offers(content, earlier_content(ref, source_id))
        typed = _typed(offered, chosen)
        if not typed:
            raise DomainError("nothing_to_copy")
        merged = merged_with(_all_values(content), typed, seen)
        general = _only(general_values(content), typed, seen)
        if general.changes:
            put_general(ref, general)
            touch(call, ref, general, by, now, quiet=True, section=GENERAL)
        for challenge in content["challenges"]:
            answers = _only(answer_values(content, challenge["number"]), typed, seen)
            put_answers(ref.id, answers, content["call"]["version"])
            touch(call, ref, answers, by, now, quiet=True, section=challenge["number"])
        facts = {"source": source_id, "fields": len(merged.changes)}
        note("proposal.copied", call, ref.id, ref.organisation_id, by=by, at=now, **facts)
        return len(merged.changes)


def _only(values: dict[str, str], typed: dict[str, str], seen: str) -> Merge:
    return merge(values, {name: text for name, text in typed.items() if name in values}, seen)


def _typed(offered: Iterable[Offer], chosen: Collection[str]) -> dict[str, str]:
    return {
        text.name: text.other
        for one in offered
        if one.key in chosen or f"replace:{one.key}" in chosen
        for text in one.texts
        if text.other and (not text.mine or f"replace:{one.key}" in chosen)
    }


def _all_values(content: Content) -> dict[str, str]:
    values = general_values(content)
    for challenge in content["challenges"]:
        values |= answer_values(content, challenge["number"])
    return values


def _general_offers(content: Content, earlier: Content) -> Iterable[Offer]:
    mine, other = general_values(content), general_values(earlier)
    for name, label in _GENERAL.items():
        if other[name]:
            text = Text(name, label, mine[name], other[name])
            yield Offer(f"general:{name}", label, label, [text], advised=not mine[name])


def _obstacle_offers(content: Content, earlier: Content) -> Iterable[Offer]:
    written = [
        (set(challenge["personas"]), one)
        for challenge in earlier["challenges"]
        for one in challenge["obstacles"]
        if level(one) != "none"
    ]
    for challenge in content["challenges"]:
        personas = set(challenge["personas"])
        for one in challenge["obstacles"]:
            match = _most_alike(one["label"], personas, written)
            if match is None:
                continue
            other, score = match
            texts = [
                Text(f"{part.key}-{one['id']}", part.label, one[part.key], other[part.key])
                for part in ANSWER_PARTS
                if other[part.key]
            ]
            advised = score >= SURE and level(one) == "none"
            yield Offer(f"obstacle:{one['id']}", one["label"], other["label"], texts, advised)


def _most_alike(
    label: str, personas: set[str], written: Iterable[tuple[set[str], dict[str, Any]]]
) -> tuple[dict[str, Any], float] | None:
    """The earlier obstacle with the label most like this one: about the same persona first."""
    scored = [(bool(names & personas), _alike(label, one["label"]), one) for names, one in written]
    for same, least in ((True, SAME_PERSONA), (False, ANYWHERE)):
        near = [(score, one) for shared, score, one in scored if shared == same and score >= least]
        if near:
            score, best = max(near, key=lambda pair: pair[0])
            return best, score
    return None


def _alike(one: str, other: str) -> float:
    return max(
        fuzz.ratio(one.casefold(), other.casefold()), fuzz.token_sort_ratio(one.casefold(), other.casefold())
    )
