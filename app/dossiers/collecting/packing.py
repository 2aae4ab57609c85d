"""A dossier as the bytes of a ZIP, while it is being made: one file of it is in memory at a time.

The layout is that of `tools/verify_dossier.py`: the same data gives the same bytes.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from app.domain.blackening import Blackener
from app.domain.dossier import KINDS, Mark
from app.dossiers.collecting.index import Line, guide_text, index_page
from app.dossiers.collecting.parts import Destroyed, Dossier, Missing, Part
from app.infra.signing import public_key, sign
from tools.verify_dossier import (
    DOSSIER,
    MANIFEST,
    SIGNATURE,
    SIGNED,
    Entry,
    canonical,
    directory,
    local_header,
    to_sign,
)

FULL, PUBLIC = "full", "public"


@dataclass(frozen=True)
class Choice:
    """What somebody decided about one part, and why."""

    mark: Mark
    reason: str


Choices = Mapping[str, Choice]
"""By the id of a part."""


@dataclass
class _Zip:
    """What was written so far: `listed` are the lines of the manifest."""

    at: int = 0
    entries: list[Entry] = field(default_factory=list)
    listed: list[dict[str, Any]] = field(default_factory=list)

    def file(self, path: str, data: bytes) -> bytes:
        """The bytes of one more file of the ZIP."""
        crc = zlib.crc32(data)
        self.entries.append(Entry(path, crc, len(data), self.at))
        whole = local_header(path, crc, len(data)) + data
        self.at += len(whole)
        return whole

    def listed_file(self, path: str, kind: str, mark: str, data: bytes) -> bytes:
        digest = sha256(data).hexdigest()
        of_kind = KINDS[kind]
        self.listed.append(
            {
                "path": path,
                "sha256": digest,
                "bytes": len(data),
                "kind": kind,
                "class": of_kind.record_class,
                "public": mark,
            }
        )
        return self.file(path, data)


def shown_as(part: Part, choices: Choices) -> Mark:
    """How a part appears in the public version. What was told to nobody yet is never in it, and what cannot
    be blackened is left out."""
    choice = choices.get(part.id)
    if choice is None or part.held:
        return part.own_mark()
    return Mark.LEFT_OUT if part.binary and choice.mark is Mark.BLACKENED else choice.mark


def pack(dossier: Dossier, version: str, choices: Choices, tell: Callable[[str], None]) -> Iterator[bytes]:
    """The bytes of the ZIP. `tell` gets the SHA-256 of the manifest before the manifest itself leaves: nobody
    has a whole dossier of which that was not written down."""
    made = _Zip()
    withheld: list[dict[str, str]] = []
    lines: list[Line] = []
    yield made.listed_file("LEESMIJ.txt", "uitleg", Mark.OPEN, guide_text(dossier, version).encode())
    for part in dossier.parts:
        mark = shown_as(part, choices)
        if version == PUBLIC and mark is Mark.LEFT_OUT:
            withheld.append(_withheld(part, choices, dossier.bars.strict))
            continue
        path, data = _made(part, _blackener(dossier, part, mark, choices, version))
        lines.append(_line(dossier, part, path, len(data), choices, version))
        yield made.listed_file(path, part.kind, mark, data)
    page = index_page(dossier, version, lines, withheld)
    yield made.listed_file("index.html", "uitleg", Mark.OPEN, page.encode())
    manifest = canonical(_manifest(dossier, version, made.listed, withheld))
    digest = sha256(manifest.encode()).hexdigest()
    tell(digest)
    yield made.file(MANIFEST, manifest.encode())
    yield made.file(SIGNED, _signed(digest).encode())
    yield directory(made.entries, made.at)


def _made(part: Part, blackener: Blackener | None) -> tuple[str, bytes]:
    try:
        return part.path, part.data(blackener)
    except Destroyed as error:
        return _instead(part, "VERNIETIGD"), f"{error}\n".encode()
    except Missing as error:
        return _instead(part, "BESCHADIGD"), f"{error}\n".encode()


def _line(dossier: Dossier, part: Part, path: str, size: int, choices: Choices, version: str) -> Line:
    """What the page says of a file; in the public version with the same bars as the file."""
    label, name = part.label, part.name
    if version == PUBLIC:
        bars = _blackener(dossier, part, Mark.BLACKENED, choices, version)
        assert bars is not None
        label, name = bars.text(label), bars.text(name)
    return Line(path, part.kind, size, label, name, part.proposal)


def _instead(part: Part, word: str) -> str:
    """Where the text stands that says why a file is not there. With its extension: a proposal as JSON and as
    PDF can be missing both."""
    return f"{part.path.replace('.', '-')}-{word}.txt"


def _blackener(dossier: Dossier, part: Part, mark: Mark, choices: Choices, version: str) -> Blackener | None:
    """A part that somebody marked loses also the names of who is publicly known to be selected."""
    if version == FULL or mark is Mark.OPEN:
        return None
    bars = dossier.bars
    return bars.published.get(part.kind) or (bars.strict if part.id in choices else bars.usual)


def _withheld(part: Part, choices: Choices, blackener: Blackener) -> dict[str, str]:
    choice = choices.get(part.id)
    why = blackener.text(choice.reason) if choice else part.of_kind.why
    return {"part": part.id, "kind": part.kind, "why": why}


def _manifest(
    dossier: Dossier, version: str, listed: list[dict[str, Any]], withheld: list[dict[str, str]]
) -> dict[str, Any]:
    call = dossier.call
    return {
        "format": DOSSIER,
        "version": version,
        "call": {"id": call.id, "title": call.title, "service_area": call.service_area},
        "as_of": dossier.as_of,
        "kinds": {key: one.label for key, one in KINDS.items()},
        "files": listed,
        "withheld": withheld,
    }


def _signed(digest: str) -> str:
    return canonical(
        {
            "format": SIGNATURE,
            "manifest_sha256": digest,
            "public_key": public_key(),
            "signature": sign(to_sign(digest)),
        }
    )
