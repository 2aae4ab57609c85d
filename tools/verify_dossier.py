#!/usr/bin/env python3
"""Is this dossier whole, and as it was signed? Needs Python 3.11 and the library `cryptography`; nothing of
the application, and no connection to it.

    python verify_dossier.py dossier.zip [--key OPENBARE_SLEUTEL]

A dossier is a ZIP whose bytes follow from what is in it: stored, not compressed, in the order of its
manifest, with one fixed date. So every changed byte is found, also one outside the files. `manifest.json`
has path, SHA-256 and length of each file before it, `handtekening.json` the signature over its SHA-256.
Each line of `log/log.jsonl` has its own hash and that of the line before; receipts are checked against what
was handed in.

Without --key the key is the one that the dossier names, and who forges a dossier can name another one: then
the outcome means as much as your comparison of that key with the one on the site.

Exit status: 0 whole and genuine (by that key); 1 something does not fit; 2 wrong use or no dossier.
"""

import argparse
import hashlib
import json
import re
import struct
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

DOSSIER, SIGNATURE = "partnerwijzer/dossier/1", "partnerwijzer/dossier-handtekening/1"
MANIFEST, SIGNED = "manifest.json", "handtekening.json"
LOG = "log/log.jsonl"
VERSIONS = {"full": "volledige versie", "public": "openbare versie"}
GENESIS = "0" * 64
PIECE = 1024 * 1024
LARGEST_KEPT = 512 * PIECE  # of the few files whose text is read
MOST_TOLD = 20
_FULL = 0xFFFFFFFF
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_END64, _LOCATOR = struct.Struct("<4sQ2H2I4Q"), struct.Struct("<4sIQI")
_DAY = 0x21  # 1 January 1980: a ZIP knows no earlier one
_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9][A-Za-z0-9_-]*)*\.[A-Za-z0-9]+")
_HEX, _LONG_HEX = re.compile("[0-9a-f]{64}"), re.compile("[0-9a-f]{128}")
_RECEIPT = re.compile(r"(kandidaturen/[0-9]+)/ontvangstbewijs\.json")
_ENTRY = frozenset(
    ("seq", "at", "action", "actor_id", "service_area_id", "addendum_id", "organisation_id", "subject")
) | {"sealed", "details", "previous_sha256"}


class NoDossier(ValueError):
    """What was given is no dossier at all; the message is a Dutch sentence."""


class Broken(ValueError):
    """The ZIP is not the one that its content makes; the message is a Dutch sentence."""


@dataclass(frozen=True)
class Entry:
    """A file of the ZIP: what its headers say."""

    path: str
    crc: int
    size: int
    offset: int


@dataclass
class Finding:
    """What can be said of a dossier: `problems` are Dutch sentences, none when all fits."""

    problems: list[str] = field(default_factory=list)
    version: str = ""
    call: str = ""
    files: int = 0
    entries: int = 0
    public_key: str = ""
    manifest_sha256: str = ""


def canonical(value: Any) -> str:
    """The one way to write a value as text: sorted keys, no spare white space."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def to_sign(manifest_sha256: str) -> str:
    """The text that is signed."""
    return canonical({"format": SIGNATURE, "manifest_sha256": manifest_sha256})


# How the ZIP is written: the application writes with these, and here they say what every byte has to be.


def local_header(path: str, crc: int, size: int) -> bytes:
    """What stands before the bytes of a file (at most 4 GiB)."""
    name = path.encode("ascii")
    return _LOCAL.pack(b"PK\3\4", 20, 0, 0, 0, _DAY, crc, size, size, len(name), 0) + name


def directory(entries: Sequence[Entry], start: int) -> bytes:
    """What stands behind all files; `start` is where that is. Beyond 4 GiB or 65,534 files it is ZIP64."""
    listed = b"".join(_listed(one) for one in entries)
    count, size = len(entries), len(listed)
    large = count >= 0xFFFF or start >= _FULL or size >= _FULL
    if not large:
        return listed + _END.pack(b"PK\5\6", 0, 0, count, count, size, start, 0)
    at = start + size
    return (
        listed
        + _END64.pack(b"PK\6\6", 44, 0x031E, 45, 0, 0, count, count, size, start)
        + _LOCATOR.pack(b"PK\6\7", 0, at, 1)
        + _END.pack(
            b"PK\5\6",
            0,
            0,
            min(count, 0xFFFF),
            min(count, 0xFFFF),
            min(size, _FULL),
            min(start, _FULL),
            0,
        )
    )


def _listed(one: Entry) -> bytes:
    name, far = one.path.encode("ascii"), one.offset >= _FULL
    extra = struct.pack("<2HQ", 1, 8, one.offset) if far else b""
    head = _CENTRAL.pack(
        b"PK\1\2",
        0x031E,
        45 if far else 20,
        0,
        0,
        0,
        _DAY,
        one.crc,
        one.size,
        one.size,
        len(name),
        len(extra),
        0,
        0,
        0,
        0o644 << 16,
        min(one.offset, _FULL),
    )
    return head + name + extra


class _Reader:
    """Walks the ZIP once, from front to back, and keeps the text of the few files that are read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0
        self.entries: list[Entry] = []
        self.found: dict[str, tuple[str, int]] = {}
        self.kept: dict[str, bytes] = {}

    def walk(self) -> None:
        """Raises NoDossier, Broken."""
        while (mark := self._take(4)) == b"PK\3\4":
            self._file()
        if not self.entries:
            raise NoDossier("Dit is geen dossier van Partnerwijzer: het is geen ZIP zoals het hoort.")
        expected = directory(self.entries, self._at - len(mark))
        rest = mark + self._stream.read(len(expected) + 1)
        if rest != expected:
            raise Broken("De inhoudstafel van de ZIP past niet bij de bestanden, of er staat iets achter.")

    def _file(self) -> None:
        offset = self._at - 4
        head = b"PK\3\4" + self._take(_LOCAL.size - 4)
        if len(head) < _LOCAL.size:
            raise Broken("De ZIP is afgebroken.")
        crc, size, length = (_LOCAL.unpack(head)[one] for one in (6, 7, 9))
        name = self._take(length)
        path = name.decode("ascii", "replace")
        if not _PATH.fullmatch(path) or head + name != local_header(path, crc, size):
            raise Broken(f"Voor bestand {len(self.entries) + 1} van de ZIP staat iets dat er niet hoort.")
        if path in self.found:
            raise Broken(f"{path} staat er twee keer in.")
        self._content(path, size, crc)
        self.entries.append(Entry(path, crc, size, offset))

    def _content(self, path: str, size: int, crc: int) -> None:
        digest, found, left = hashlib.sha256(), 0, size
        kept = bytearray() if _is_read(path) and size <= LARGEST_KEPT else None
        while left:
            piece = self._take(min(left, PIECE))
            if not piece:
                raise Broken(f"De ZIP is afgebroken in {path}.")
            left -= len(piece)
            digest.update(piece)
            found = zlib.crc32(piece, found)
            if kept is not None:
                kept += piece
        if found != crc:
            raise Broken(f"{path} is gewijzigd: de controlesom van de ZIP past niet.")
        self.found[path] = (digest.hexdigest(), size)
        if kept is not None:
            self.kept[path] = bytes(kept)

    def _take(self, count: int) -> bytes:
        data = self._stream.read(count)
        self._at += len(data)
        return data


def _is_read(path: str) -> bool:
    return path in (MANIFEST, SIGNED, LOG) or _RECEIPT.fullmatch(path) is not None


def examine(stream: BinaryIO, key: str | None = None) -> Finding:
    """Check a dossier. Raises NoDossier for what is none. `key` is the public key one trusts."""
    reader, finding = _Reader(stream), Finding()
    try:
        reader.walk()
    except Broken as error:
        finding.problems.append(str(error))
        return finding
    manifest = _manifest(reader, finding)
    if manifest is None:
        return finding
    finding.problems += _signature_problems(reader, finding, key)
    finding.problems += _file_problems(reader, manifest)
    finding.problems += _log_problems(reader.kept.get(LOG, b""), finding)
    receipts = [one for one in reader.kept if _RECEIPT.fullmatch(one)] if finding.version == "full" else []
    for path in receipts:
        finding.problems += _receipt_problems(path, reader, finding.public_key)
    return finding


def _manifest(reader: _Reader, finding: Finding) -> dict[str, Any] | None:
    data = reader.kept.get(MANIFEST)
    if data is None:
        raise NoDossier("Dit is geen dossier van Partnerwijzer: er zit geen manifest.json in.")
    finding.manifest_sha256 = hashlib.sha256(data).hexdigest()
    manifest = _parsed(data)
    if not _is_manifest(manifest):
        finding.problems.append("manifest.json is niet leesbaar, of niet zoals het hoort.")
        return None
    finding.version, finding.call = manifest["version"], str(manifest["call"].get("title", ""))
    finding.files = len(manifest["files"])
    return manifest  # type: ignore[no-any-return]


def _is_manifest(value: Any) -> bool:
    if not isinstance(value, dict) or value.get("format") != DOSSIER:
        return False
    files = value.get("files")
    return (
        value.get("version") in VERSIONS
        and isinstance(value.get("call"), dict)
        and isinstance(files, list)
        and all(isinstance(one, dict) and isinstance(one.get("path"), str) for one in files)
    )


def _parsed(data: bytes) -> Any:
    """The value of a text that is canonical JSON; None for anything else."""
    try:
        text = data.decode()
        value = json.loads(text)
        return value if canonical(value) == text else None
    except (ValueError, RecursionError):
        return None


def _signature_problems(reader: _Reader, finding: Finding, key: str | None) -> Iterator[str]:
    signed = _parsed(reader.kept.get(SIGNED, b""))
    names = {"format", "manifest_sha256", "public_key", "signature"}
    if not isinstance(signed, dict) or signed.keys() != names or signed["format"] != SIGNATURE:
        yield "handtekening.json ontbreekt, of is niet leesbaar."
        return
    finding.public_key = str(signed["public_key"])
    trusted = "".join(key.lower().split()) if key else finding.public_key
    if trusted != finding.public_key:
        yield "Het dossier noemt een andere sleutel dan die je vertrouwt."
    if signed["manifest_sha256"] != finding.manifest_sha256:
        yield "De handtekening gaat over een ander manifest.json."
    if not signature_fits(trusted, to_sign(finding.manifest_sha256), signed["signature"]):
        yield "De handtekening past niet: niet door deze installatie gegeven, of gewijzigd."


def _file_problems(reader: _Reader, manifest: dict[str, Any]) -> Iterator[str]:
    listed = [one["path"] for one in manifest["files"]]
    there = [one.path for one in reader.entries]
    if there[-2:] != [MANIFEST, SIGNED]:
        yield "manifest.json en handtekening.json horen als laatste in de ZIP."
    inside = [one for one in there if one not in (MANIFEST, SIGNED)]
    yield from (f"{path} ontbreekt." for path in sorted(set(listed) - set(inside)))
    yield from (f"{path} hoort er niet bij." for path in sorted(set(inside) - set(listed)))
    if len(set(listed)) != len(listed):
        yield "manifest.json noemt een bestand twee keer."
    elif set(listed) == set(inside) and listed != inside:
        yield "De bestanden staan niet in de volgorde van manifest.json."
    for one in manifest["files"]:
        digest, size = reader.found.get(one["path"], (one.get("sha256"), one.get("bytes")))
        if (digest, size) != (one.get("sha256"), one.get("bytes")):
            yield f"{one['path']} is gewijzigd: de vingerafdruk of de lengte past niet."


def _log_problems(data: bytes, finding: Finding) -> Iterator[str]:
    """Each entry's own hash, their order, and that one follows the other wherever both are there. What was
    logged while another call still lay sealed has no numbers and no hashes yet: it comes after all others."""
    before: dict[str, Any] | None = None
    bare = False
    for number, line in enumerate(data.splitlines(), start=1):
        entry = _parsed(line)
        finding.entries = number
        if not isinstance(entry, dict) or not {"at", "action", "subject"} <= entry.keys():
            yield f"Regel {number} van het logboek is niet leesbaar."
            return
        if "sha256" not in entry:
            bare = True
            continue
        problem = "staat na een regel zonder nummer" if bare else _entry_problem(entry, before)
        if problem:
            yield f"Regel {number} van het logboek {problem}."
            return
        before = entry


def _entry_problem(entry: dict[str, Any], before: dict[str, Any] | None) -> str:
    content = {name: value for name, value in entry.items() if name != "sha256"}
    if content.keys() != _ENTRY or type(entry["seq"]) is not int:
        return "is geen regel van het logboek"
    if sha256(canonical(content)) != entry["sha256"]:
        return "is gewijzigd: haar vingerafdruk past niet"
    first = entry["seq"] == 1 and entry["previous_sha256"] != GENESIS
    if first or (before is not None and entry["seq"] <= before["seq"]):
        return "staat niet op haar plaats"
    follows = before is not None and entry["seq"] == before["seq"] + 1
    if before is not None and follows and entry["previous_sha256"] != before["sha256"]:
        return "sluit niet aan op de vorige"
    return ""


def _receipt_problems(path: str, reader: _Reader, key: str) -> Iterator[str]:
    """Whether what was handed in is what its signed receipt says."""
    found = _RECEIPT.fullmatch(path)
    folder = found[1] if found else ""
    try:
        receipt = json.loads(reader.kept[path])
        statement = receipt["statement"]
        text = canonical(statement)
        sound = sha256(text) == receipt["commitment"] and signature_fits(key, text, receipt["signature"])
        fits = reader.found.get(f"{folder}/kandidatuur.json", ("", 0))[0] == statement["content_sha256"]
        files = [one["sha256"] for one in statement["files"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        yield f"{path} is geen leesbaar ontvangstbewijs."
        return
    if not sound:
        yield f"{path} is niet echt, of gewijzigd."
    if f"{folder}/kandidatuur-json-VERNIETIGD.txt" in reader.found:
        return
    if not fits and f"{folder}/kandidatuur-json-BESCHADIGD.txt" not in reader.found:
        yield f"{folder}/kandidatuur.json is niet wat het ontvangstbewijs zegt."
    inside = {digest for one, (digest, _) in reader.found.items() if one.startswith(f"{folder}/bijlagen/")}
    damaged = any(one.startswith(f"{folder}/bijlagen/") and _is_damaged(one) for one in reader.found)
    if not damaged and not set(files) <= inside:
        yield f"In {folder} ontbreekt een bijlage die het ontvangstbewijs noemt."


def _is_damaged(path: str) -> bool:
    return path.endswith("-BESCHADIGD.txt")


def signature_fits(public_key: str, text: str, signature: object) -> bool:
    """Ed25519 over the UTF-8 of a text; False for anything that is no signature."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if not isinstance(signature, str) or not _LONG_HEX.fullmatch(signature) or not _HEX.fullmatch(public_key):
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _told(finding: Finding) -> Iterator[str]:
    if finding.problems:
        yield "NIET IN ORDE"
        yield from (f"- {one}" for one in finding.problems[:MOST_TOLD])
        more = len(finding.problems) - MOST_TOLD
        if more > 0:
            yield f"- en nog {more}"
        return
    yield f"In orde: {finding.call} ({VERSIONS[finding.version]})."
    yield f"{finding.files} bestanden, elk zoals het ondertekende manifest zegt; niets te veel of te weinig."
    if finding.entries:
        yield f"{finding.entries} regels van het logboek sluiten op elkaar aan."
    yield f"SHA-256 van het manifest: {finding.manifest_sha256}"
    yield f"Ondertekend met de sleutel {finding.public_key}"


def main(arguments: Iterable[str] | None = None) -> int:
    """Exit status as in the head of this file."""
    parser = argparse.ArgumentParser(description="Controleert een dossier van Partnerwijzer.")
    parser.add_argument("dossier", type=Path)
    parser.add_argument("--key", help="de openbare sleutel die je vertrouwt (64 tekens)")
    given = parser.parse_args(None if arguments is None else list(arguments))
    if given.key and not _HEX.fullmatch("".join(given.key.lower().split())):
        print("Dit is geen openbare sleutel: die heeft 64 tekens, van 0 tot 9 en van a tot f.")
        return 2
    try:
        with given.dossier.open("rb") as stream:
            finding = examine(stream, given.key)
    except NoDossier as error:
        print(error)
        return 2
    except OSError as error:
        print(f"{given.dossier} kan niet gelezen worden: {error.strerror}.")
        return 2
    print("\n".join(_told(finding)))
    if not finding.problems and not given.key:
        print("Vergelijk die sleutel met de sleutel op de site (pagina Controle), of geef hem mee met --key.")
    return 1 if finding.problems else 0


if __name__ == "__main__":
    sys.exit(main())
