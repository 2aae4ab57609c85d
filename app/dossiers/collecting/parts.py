"""A file of a dossier: where it stands, what it is, and how it is made when its turn comes."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.addenda.queries import Call
from app.domain.blackening import Blackener
from app.domain.dossier import KINDS, Kind, Mark, own_rule
from app.dossiers.collecting.people import Blackeners
from tools.verify_dossier import canonical


class Missing(Exception):
    """What this file is made of is no longer there, or no longer what it was; the message says so."""


class Destroyed(Missing):
    """What this file is made of was destroyed after its term; the message says when, and the certificate."""


@dataclass(frozen=True)
class Part:
    """`load` gives plain JSON, which can be blackened; `make` the bytes of a file, which cannot: one of the
    two. `label` names nobody, `name` is the organisation it is about, `proposal` what it handed in. `exact`:
    written as canonical JSON. `held`: it was not told to anybody yet, so it is in no public version. `size`
    in bytes when that is known before it is made; `at_hand`: it is made of what is in memory."""

    path: str
    kind: str
    label: str
    load: Callable[[], Any] | None = None
    make: Callable[[], bytes] | None = None
    name: str = ""
    proposal: int = 0
    selected: bool = True
    exact: bool = False
    held: bool = False
    size: int | None = None
    at_hand: bool = False

    @property
    def id(self) -> str:
        """What a mark is about: the path without its extension."""
        return self.path.rpartition(".")[0]

    @property
    def of_kind(self) -> Kind:
        return KINDS[self.kind]

    @property
    def binary(self) -> bool:
        return self.load is None

    def own_mark(self) -> Mark:
        """How it appears in the public version when nobody marked it."""
        if self.held:
            return Mark.LEFT_OUT
        return own_rule(self.kind, binary=self.binary, selected=self.selected)

    def known_size(self) -> int | None:
        """Bytes in the full version; None when only making it would tell."""
        return len(self.data()) if self.at_hand else self.size

    def data(self, blackener: Blackener | None = None) -> bytes:
        """The bytes; raises Missing."""
        if self.make is not None:
            return self.make()
        assert self.load is not None
        value = self.load()
        return written(blackener.value(value) if blackener else value, exact=self.exact)


def written(value: Any, *, exact: bool = False) -> bytes:
    """JSON in a fixed spelling: canonical, or one that people can read."""
    if exact:
        return canonical(value).encode()
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


@dataclass(frozen=True)
class Dossier:
    """All parts of a call in their order, and what blackens them for the public version. `as_of`: the moment
    of the newest entry of the log (ISO)."""

    call: Call
    parts: list[Part]
    as_of: str
    bars: Blackeners
