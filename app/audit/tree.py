"""The tree over what was logged in one stretch of time, built so that it tells nothing but that.

Depth 32. A leaf stands where a keyed hash of it falls; every part of the tree without a leaf is one keyed
hash. Without the key (`blind`) a path and a root look the same whether one thing was logged or a thousand.
What a verifier needs of it is in `tools/verify_receipt.py`.
"""

import hmac
from bisect import bisect_left
from collections.abc import Iterable

from tools.verify_receipt import DEPTH, node_of


class Collision(Exception):
    """Two leaves fall on one place: take another blind."""


class Tree:
    """`leaves` are SHA-256 digests; `blind` 32 secret bytes. Raises Collision."""

    def __init__(self, leaves: Iterable[bytes], blind: bytes) -> None:
        self._blind = blind
        given = list(leaves)
        self._placed = {self.position(leaf): leaf for leaf in given}
        if len(self._placed) != len(set(given)):
            raise Collision
        self._order = sorted(self._placed)

    def position(self, leaf: bytes) -> int:
        return int.from_bytes(hmac.digest(self._blind, b"place" + leaf, "sha256")[:4])

    def root(self) -> str:
        return self._node(DEPTH, 0, 0, len(self._order)).hex()

    def path(self, leaf: bytes) -> list[str]:
        """The siblings on the way up from a leaf, DEPTH of them; KeyError when it is not here."""
        place = self.position(leaf)
        if self._placed.get(place) != leaf:
            raise KeyError(leaf.hex())
        siblings, first, last = [], 0, len(self._order)
        for level in reversed(range(DEPTH)):
            prefix = place >> level
            middle = bisect_left(self._order, (prefix | 1) << level, first, last)
            left, right = (first, middle), (middle, last)
            (first, last), beside = (right, left) if prefix & 1 else (left, right)
            siblings.append(self._node(level, prefix ^ 1, *beside).hex())
        return siblings[::-1]

    def _node(self, level: int, prefix: int, first: int, last: int) -> bytes:
        """The node over all places whose bits above `level` are `prefix`: `_order[first:last]`."""
        if first == last:
            return hmac.digest(self._blind, f"empty:{level}:{prefix}".encode(), "sha256")
        if level == 0:
            return self._placed[self._order[first]]
        middle = bisect_left(self._order, (prefix * 2 + 1) << (level - 1), first, last)
        return node_of(
            self._node(level - 1, prefix * 2, first, middle),
            self._node(level - 1, prefix * 2 + 1, middle, last),
        )
