"""Somebody with the whole database changes the log and does their best to hide it. Whoever kept the heads
that were published, and the receipts that were given, finds out: every time, and without false alarms.

A hundred are tried in every run, a thousand by `make test-faults` (or PARTNERWIJZER_MUTATIONS of them).
"""

import copy
import os
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from sqlalchemy import inspect, select

from app.audit.checking import Broken, Check
from app.audit.heads import leaves_of, public_line
from app.audit.models import AuditEntry, Head
from app.audit.services import GENESIS, fingerprint
from app.audit.tree import Tree
from app.infra.database import db
from app.infra.signing import public_key
from tests.audit.world import a_busy_log, hand_in, log_something, receipt_of
from tools.verify_receipt import canonical, sha256

QUICK = int(os.environ.get("PARTNERWIJZER_MUTATIONS", "100"))
ALL = 1000
SOUND = 200
Values = dict[str, Any]


class Copy:
    """A log and its heads as plain values, to be changed at will."""

    def __init__(self) -> None:
        self.entries = [
            _values(one) for one in db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq))
        ]
        self.heads = [_values(one) for one in db.session.scalars(select(Head).order_by(Head.number))]
        self.key = public_key()
        db.session.rollback()

    def check(self, lines: list[Any], receipts: list[Any]) -> str:
        """The problem that is found, "" when there is none."""
        check = Check(self.key)
        try:
            check.log([AuditEntry(**one) for one in self.entries], [Head(**one) for one in self.heads])
            check.published(lines)
            for receipt in receipts:
                check.receipt(receipt)
        except Broken as error:
            return error.problem
        return ""

    def rehash(self) -> None:
        """Number and chain every entry anew, as the application would have."""
        previous = GENESIS
        for number, one in enumerate(self.entries, 1):
            one["seq"], one["previous_sha256"] = number, previous
            one["sha256"] = previous = fingerprint(AuditEntry(**one))

    def reseal(self, draw: random.Random, *, forged: bool) -> None:
        """Make every root and every link of the heads fit again; `forged` signs with a key of one's own."""
        key, previous, after = Ed25519PrivateKey.generate(), GENESIS, 0
        for one in self.heads:
            one["last_seq"] = max(after, min(one["last_seq"], len(self.entries)))
            rows = self.entries[after : one["last_seq"]]
            leaves = [leaf for row in rows for leaf in leaves_of(row["sha256"], row["details"])]
            one["root"] = Tree(leaves, bytes.fromhex(one["blind"])).root()
            one["previous"], after = previous, one["last_seq"]
            signed = {name: value for name, value in public_line(Head(**one)).items() if name != "signature"}
            if forged:
                one["signature"] = key.sign(canonical(signed).encode()).hex()
            previous = sha256(canonical(public_line(Head(**one))))
        if forged and draw.random() < 0.5:
            self.key = key.public_key().public_bytes_raw().hex()


def _values(row: Any) -> Values:
    return {one.key: copy.deepcopy(getattr(row, one.key)) for one in inspect(type(row)).column_attrs}


def edit(log: Copy, draw: random.Random) -> None:
    one = draw.choice(log.entries)
    name = draw.choice(sorted(one))
    one[name] = _other(one[name], draw)


def edit_details(log: Copy, draw: random.Random) -> None:
    one = draw.choice(log.entries)
    name = draw.choice(sorted(one["details"]))
    one["details"][name] = _other(one["details"][name], draw)


def change_commitment(log: Copy, draw: random.Random) -> None:
    given = [one for one in log.entries if "commitment" in one["details"]]
    draw.choice(given)["details"]["commitment"] = draw.randbytes(32).hex()


def swap_commitments(log: Copy, draw: random.Random) -> None:
    one, other = draw.sample([one for one in log.entries if "commitment" in one["details"]], 2)
    one["details"], other["details"] = other["details"], one["details"]


def delete(log: Copy, draw: random.Random) -> None:
    log.entries.remove(draw.choice(log.entries))


def insert(log: Copy, draw: random.Random) -> None:
    place = draw.randrange(len(log.entries))
    new = copy.deepcopy(draw.choice(log.entries))
    log.entries.insert(place, new | {"subject": "thing:new"})


def reorder(log: Copy, draw: random.Random) -> None:
    one, other = draw.sample(range(len(log.entries)), 2)
    log.entries[one], log.entries[other] = log.entries[other], log.entries[one]


def truncate(log: Copy, draw: random.Random) -> None:
    del log.entries[draw.randrange(len(log.entries)) :]


def truncate_heads_too(log: Copy, draw: random.Random) -> None:
    truncate(log, draw)
    log.heads = [one for one in log.heads if one["last_seq"] <= len(log.entries)]


def swap_blinds(log: Copy, draw: random.Random) -> None:
    one, other = draw.sample(log.heads, 2)
    one["blind"], other["blind"] = other["blind"], one["blind"]


def edit_head(log: Copy, draw: random.Random) -> None:
    one = draw.choice(log.heads)
    name = draw.choice(sorted(one))
    one[name] = _other(one[name], draw)


def delete_head(log: Copy, draw: random.Random) -> None:
    log.heads.remove(draw.choice(log.heads))


Mutation = Callable[[Copy, random.Random], None]
ON_ENTRIES: list[Mutation] = [edit, edit_details, change_commitment, swap_commitments, delete, insert]
ON_ENTRIES += [reorder, truncate, truncate_heads_too]
ON_HEADS: list[Mutation] = [swap_blinds, edit_head, delete_head]


def _other(value: Any, draw: random.Random) -> Any:
    """Something else of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + draw.choice([-1, 1, 1000])
    if isinstance(value, str) and len(value) in (64, 128):
        return draw.randbytes(len(value) // 2).hex()
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, dict):
        return value | {"added": 1}
    return 7 if value is None else value + timedelta(seconds=1)


def hide_nothing(log: Copy, draw: random.Random) -> None:
    pass


def hide_in_chain(log: Copy, draw: random.Random) -> None:
    log.rehash()


def hide_in_heads(log: Copy, draw: random.Random) -> None:
    log.rehash()
    log.reseal(draw, forged=False)


def hide_with_another_key(log: Copy, draw: random.Random) -> None:
    log.rehash()
    log.reseal(draw, forged=True)


HIDING = [hide_nothing, hide_in_chain, hide_in_heads, hide_with_another_key]


def mutations(count: int) -> Iterator[tuple[int, Mutation, Mutation]]:
    """A seed with what is done and how it is hidden: every pair in turn. To hide an entry in the chain is
    only something for who changed an entry."""
    pairs = [(act, hide) for act in ON_ENTRIES for hide in HIDING] + [(act, hide_nothing) for act in ON_HEADS]
    yield from ((seed, *pairs[seed % len(pairs)]) for seed in range(count))


def mutated(log: Copy, act: Mutation, hide: Mutation, draw: random.Random) -> Copy:
    """A changed copy; again when the hiding took back what the act did, as with a hash that is made anew."""
    while True:
        changed = copy.deepcopy(log)
        act(changed, draw)
        hide(changed, draw)
        if (changed.entries, changed.heads) != (log.entries, log.heads):
            return changed


@pytest.mark.parametrize("count", [QUICK, pytest.param(ALL, marks=pytest.mark.faults)])
def test_every_mutation_is_found_by_who_holds_heads_and_receipts(app: Flask, count: int) -> None:
    lines, receipts = a_busy_log()
    log, missed = Copy(), []
    for seed, act, hide in mutations(count):
        if mutated(log, act, hide, random.Random(seed)).check(lines, receipts) == "":
            missed.append((seed, act.__name__, hide.__name__))
    assert missed == []


def test_what_nobody_touched_never_alarms(app: Flask) -> None:
    lines, receipts = a_busy_log()
    log, draw = Copy(), random.Random(1)
    for _turn in range(SOUND):
        some = draw.sample(receipts, draw.randint(0, len(receipts)))
        last = draw.randint(2, len(lines))
        first = draw.randint(1, last - 1)
        assert copy.deepcopy(log).check([lines[0], *lines[first:last]], some) == ""


def test_a_cut_of_what_a_receipt_holds_is_found_before_the_next_head(app: Flask) -> None:
    lines, receipts = a_busy_log()
    receipts.append(receipt_of(*hand_in()[0]))
    log = Copy()
    log.entries = log.entries[:-1]
    assert "is not in the log" in log.check(lines, receipts)


@pytest.mark.parametrize("act", [edit_details, delete, truncate])
def test_what_no_head_and_no_receipt_covers_yet_can_be_changed_unseen(app: Flask, act: Mutation) -> None:
    """The limit, said honestly: it lasts until the next head, ten minutes at most."""
    lines, receipts = a_busy_log()
    held = len(Copy().entries)
    log_something(4, 200)
    log = Copy()
    tail = copy.deepcopy(log)
    tail.entries = log.entries[held:]
    act(tail, random.Random(3))
    log.entries[held:] = tail.entries
    log.rehash()
    assert log.check(lines, receipts) == ""
