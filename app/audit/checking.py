"""Does a log hold together, with its heads, with the heads that were published, and with receipts? Pure: it
takes rows, wherever they came from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from app.audit.heads import leaves_of, public_line
from app.audit.models import AuditEntry, Head
from app.audit.services import GENESIS, fingerprint
from app.audit.tree import Collision, Tree
from tools.verify_receipt import HEAD, canonical, examine, problem_of_heads, sha256


@dataclass(frozen=True)
class Verification:
    """`problem` is the first thing that does not fit, "" when all does; `broken_seq` the entry where that is,
    when it is one. `entries` and `head` (a hash) are of what was sound until there."""

    entries: int
    head: str
    broken_seq: int | None = None
    problem: str = ""
    heads: int = 0
    receipts: int = 0
    covered: int = 0


class Broken(Exception):
    def __init__(self, problem: str, seq: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.seq = problem, seq


class Check:
    """One walk: first the chain, then the heads over it, then what people hold outside."""

    def __init__(self, key: str) -> None:
        self._key = key
        self.entries, self.previous, self.covered = 0, GENESIS, 0
        self._heads: dict[int, dict[str, Any]] = {}
        self._receipts: dict[str, AuditEntry] = {}

    def log(self, entries: Iterable[AuditEntry], heads: Sequence[Head]) -> None:
        """Raises Broken at the first entry or head that does not fit."""
        walk = self._chain(entries)
        for head in heads:
            self._head(head, walk)
        for _rest in walk:
            pass

    def _chain(self, entries: Iterable[AuditEntry]) -> Iterator[list[bytes]]:
        for entry in entries:
            problem = _problem(entry, self.entries + 1, self.previous)
            if problem:
                raise Broken(problem, entry.seq)
            self.entries, self.previous = entry.seq, entry.sha256
            if "commitment" in entry.details:
                self._receipts[entry.details["commitment"]] = entry
            yield leaves_of(entry.sha256, entry.details)

    def _head(self, head: Head, walk: Iterator[list[bytes]]) -> None:
        if head.last_seq < self.entries:
            raise Broken(f"head {head.number} covers fewer entries than the one before")
        leaves: list[bytes] = []
        while self.entries < head.last_seq:
            found = next(walk, None)
            if found is None:
                raise Broken(
                    f"head {head.number} covers entry {head.last_seq}; the log ends at {self.entries}"
                )
            leaves += found
        line, number = public_line(head), len(self._heads) + 1
        before = self._heads.get(number - 1)
        if head.number != number:
            raise Broken(f"head {number} is missing")
        if head.previous != (sha256(canonical(before)) if before else GENESIS):
            raise Broken(f"head {number} does not follow the one before it")
        if problem_of_heads([line], self._key):
            raise Broken(f"head {number} was not signed with the key of this installation")
        if not _is_root(head, leaves):
            raise Broken(f"head {number} is not over the entries {self.covered + 1} to {self.entries}")
        self._heads[number] = line
        self.covered = self.entries

    def published(self, lines: Sequence[Any]) -> None:
        """Against heads as they were published and kept elsewhere. Raises Broken."""
        heads = [one for one in lines if isinstance(one, dict) and one.get("format") == HEAD]
        if not heads:
            raise Broken("the file with heads has none")
        for head in heads:
            if self._heads.get(head.get("number", 0)) != head:
                raise Broken(f"head {head.get('number')} was published otherwise than the log has it")

    def receipt(self, receipt: Any) -> None:
        """Against a receipt that was given. Raises Broken."""
        finding = examine(receipt, self._around(receipt), self._key)
        if not finding.genuine:
            raise Broken(f"a receipt is not genuine: {finding.problem}")
        statement = receipt["statement"]
        entry = self._receipts.get(receipt["commitment"])
        if entry is None:
            raise Broken(f"receipt {statement['number']} is not in the log")
        if _told(entry) != _stated(statement):
            raise Broken(f"the entry of receipt {statement['number']} says something else", entry.seq)
        if receipt["inclusion"] is not None and not finding.included:
            raise Broken(f"receipt {statement['number']} names a head that does not exist")

    def _around(self, receipt: Any) -> list[dict[str, Any]]:
        """The head that a receipt names and the one before: the run was checked already."""
        place = receipt.get("inclusion") if isinstance(receipt, dict) else None
        number = place.get("head") if isinstance(place, dict) else None
        around = (number - 1, number) if type(number) is int else ()
        return [self._heads[one] for one in around if one in self._heads]


def _problem(entry: AuditEntry, expected: int, previous: str) -> str:
    if entry.seq != expected:
        return f"entry {expected} is missing"
    if entry.previous_sha256 != previous:
        return "does not follow the entry before it"
    if fingerprint(entry) != entry.sha256:
        return "its content was changed"
    return ""


def _is_root(head: Head, leaves: list[bytes]) -> bool:
    try:
        return Tree(leaves, bytes.fromhex(head.blind)).root() == head.root
    except (Collision, ValueError):
        return False


def _told(entry: AuditEntry) -> dict[str, Any]:
    return {
        "number": entry.details.get("receipt"),
        "revision": entry.details.get("revision"),
        "content_sha256": entry.details.get("sha256"),
        "submitted_at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "call": entry.addendum_id,
        "organisation": entry.organisation_id,
    }


def _stated(statement: dict[str, Any]) -> dict[str, Any]:
    names = ("number", "revision", "content_sha256", "submitted_at")
    owners = {name: statement[name].get("id") for name in ("call", "organisation")}
    return {name: statement[name] for name in names} | owners
