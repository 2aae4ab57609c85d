"""Carrying out a destruction, inside its transaction; files go once it is committed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Text, delete, select, type_coerce, update

from app.admissibility.models import Refusal
from app.decisions.models import Decision, Letter
from app.domain.errors import DomainError
from app.dossiers.keeping.rule import Rule, Scope
from app.dossiers.keeping.rules import PROPOSALS, RULES
from app.infra import storage
from app.infra.database import after_commit, db
from app.infra.documents import render_pdf
from app.objections.models import Objection, Ruling
from app.proposals.destroyed import destroyed_text
from app.proposals.models import Proposal, Submission
from app.proposals.seal.destroying import destroy_contents

log = structlog.get_logger()
TEMPLATE = "dossiers/destroyed.typ"


def wipe(key: str, scope: Scope, certificate: int, at: datetime) -> dict[str, Any]:
    """Destroy one class of a call. Returns {table: what was done} for the certificate: `rows` how many,
    `done` "deleted" or "emptied", and `listed` the rows one by one where the rule says so."""
    sentence = destroyed_text(at, certificate)
    done: dict[str, Any] = {}
    objects: list[str] = []
    for rule in RULES[key]:
        done[rule.table.name] = _told(rule, scope)
        objects += _objects(rule, scope)
    if RULES[key] is PROPOSALS:
        ids = select(Submission.id).where(Submission.proposal_id.in_(scope.proposals))
        fresh = ids.where(Submission.destroyed_at.is_(None))
        destroy_contents(scope.addendum_id, list(db.session.scalars(fresh)), certificate, at=at)
    if key == "decisions":
        _replace_letters(scope.addendum_id, sentence, at)
    db.session.flush()
    for rule in RULES[key]:
        _apply(rule, scope, sentence)
    db.session.expire_all()
    after_commit(lambda: remove_objects(objects))
    return {name: one for name, one in done.items() if one["rows"]}


def _told(rule: Rule, scope: Scope) -> dict[str, Any]:
    columns = [*rule.table.primary_key.columns, *(rule.table.c[name] for name in rule.shown)]
    rows = db.session.execute(
        select(*columns).where(rule.where(scope)).order_by(*rule.table.primary_key.columns)
    ).all()
    told: dict[str, Any] = {"rows": len(rows), "done": "deleted" if rule.delete else "emptied"}
    if rule.listed and rows:
        names = [column.name for column in columns]
        told["listed"] = [dict(zip(names, row, strict=True)) for row in rows]
    return told


def _objects(rule: Rule, scope: Scope) -> list[str]:
    if not (rule.delete and "object_key" in rule.table.c):
        return []
    return list(db.session.scalars(select(rule.table.c.object_key).where(rule.where(scope))))


def _apply(rule: Rule, scope: Scope, sentence: str) -> None:
    where = rule.where(scope)
    if rule.delete:
        db.session.execute(delete(rule.table).where(where))
        return
    for name in rule.texts:
        column = rule.table.c[name]
        filled = type_coerce(column, Text) != ""
        db.session.execute(update(rule.table).where(where, filled).values({name: sentence}))
    if rule.values:
        db.session.execute(update(rule.table).where(where).values(dict(rule.values)))


def _replace_letters(addendum_id: int, sentence: str, at: datetime) -> None:
    """A letter that is asked for is one page that says what became of it. The hash of the real one stays."""
    page = render_pdf(TEMPLATE, {"sentence": sentence}, at=at)
    decisions = select(Decision.id).where(Decision.addendum_id == addendum_id)
    objections = select(Objection.id).where(Objection.addendum_id == addendum_id)
    db.session.execute(update(Letter).where(Letter.decision_id.in_(decisions)).values(pdf=page))
    ruled = update(Ruling).where(Ruling.objection_id.in_(objections), Ruling.pdf.is_not(None))
    db.session.execute(ruled.values(pdf=page))
    proposals = select(Proposal.id).where(Proposal.addendum_id == addendum_id)
    for refusal in db.session.scalars(select(Refusal).where(Refusal.proposal_id.in_(proposals))):
        if refusal.letter:
            bare: dict[str, Any] = {"introduction": [], "sections": [], "closing": []}
            refusal.letter = dict(refusal.letter) | bare | {"opening": sentence, "recipient": [sentence]}


def remove_objects(keys: Iterable[str]) -> None:
    """Never raises: what does not go now has no row any more, and the sweep of the storage takes it."""
    for key in keys:
        try:
            storage.delete(key)
        except DomainError:
            log.warning("destroyed file stays until the next sweep")
