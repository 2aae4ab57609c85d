#!/usr/bin/env python3
"""Is this receipt genuine, and is it in the log? Needs Python 3.11 and the library `cryptography`; nothing
of the application, and no connection to it.

    python verify_receipt.py ontvangstbewijs.json --heads hoofden.jsonl [--key OPENBARE_SLEUTEL]
        [--content ingediend.json] [--file BESTAND ...]

A receipt is a signed statement. Its commitment (SHA-256 of the statement, which holds a salt) is a leaf of
a tree over everything that was logged in one stretch of time; a head signs the root of that tree, and the
heads are public and chained. The tree has a fixed depth and its empty places are filled with what looks like
any other hash, so that neither a path nor a head tells how much was logged. Hashes and keys are hexadecimal.

Without --key the key is the one that the file with heads names, and who forges a receipt can forge heads with
it: then the outcome means as much as your comparison of that key with the one on the site.

Exit status: 0 genuine (by that key), included, and everything asked fits; 1 something does not fit;
3 genuine but in none of these heads; 2 wrong use or unreadable.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

DEPTH = 32
GENESIS = "0" * 64
RECEIPT, HEAD, KEY = "partnerwijzer/ontvangstbewijs/2", "partnerwijzer/hoofd/1", "partnerwijzer/sleutel/1"
PARTS = {"approach": "aanpak", "expertise": "ervaring en deskundigheid", "reach": "bereik"}
NAMES = {"format", "statement", "commitment", "signature", "public_key", "inclusion"}
NOT_THE_LAST = "Dit zegt niet of er een latere versie is, of dat de kandidatuur is ingetrokken."
NOT_ONE = "Dit is geen ondertekend ontvangstbewijs van Partnerwijzer."
_HEX, _SIGNATURE = re.compile("[0-9a-f]{64}"), re.compile("[0-9a-f]{128}")


class Unreadable(ValueError):
    """What was given cannot be read; the message is a Dutch sentence."""


@dataclass(frozen=True)
class Finding:
    """What can be said of a receipt. `problem` says why not (`heads_broken`: because of the heads); `head`
    is the one it is in, `remark` what is odd without being wrong."""

    genuine: bool
    included: bool = False
    problem: str = ""
    head: dict[str, Any] | None = None
    heads_broken: bool = False
    remark: str = ""


def canonical(value: Any) -> str:
    """The one way to write a value as text: sorted keys, no spare white space."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def leaf_of(kind: str, digest: str) -> bytes:
    """The leaf of something that was logged; `kind` is "entry" or "receipt"."""
    return hashlib.sha256(b"\x00" + f"{kind}:{digest}".encode()).digest()


def node_of(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def climb(leaf: bytes, position: int, path: Sequence[str]) -> str:
    """The root that a leaf at `position` leads to, past its siblings from the leaf up."""
    node = leaf
    for level, sibling in enumerate(path):
        other = bytes.fromhex(sibling)
        node = node_of(other, node) if position >> level & 1 else node_of(node, other)
    return node.hex()


def field_digest(salt: str, name: str, text: str) -> str:
    """The hash of one field on a receipt: salted, because a short field could be guessed."""
    return sha256(canonical([salt, name, text]))


def fields_of(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(name, text) of every field of a proposal that was filled in, in a fixed order: as a receipt lists."""
    plain = {key: content.get(key) for key in ("summary", "capacity_fte", "cost_estimate", "references")}
    plain["coordinator"] = "ja" if content.get("coordinator") else ""
    plain["service_types"] = ", ".join(one["text"] for one in content.get("service_types", ()))
    plain |= {f"expectations.{key}": text for key, text in content.get("expectations", {}).items()}
    given = content.get("declarations", {}).items()
    plain |= {f"declarations.{key}": "ja" if said else "" for key, said in given}
    yield from ((name, text) for name, text in sorted(plain.items()) if text)
    for challenge in content.get("challenges", ()):
        for one in challenge["obstacles"]:
            yield from ((f"obstacle.{one['id']}.{key}", one[key]) for key in PARTS if one.get(key))


def parse(data: bytes | str, what: str) -> Any:
    """The value of a JSON text, strictly; raises Unreadable, whose sentence begins with `what`."""
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
        if not text.strip():
            raise Unreadable(f"{what} is leeg.")
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
        canonical(value).encode()
    except Unreadable:
        raise
    except (ValueError, RecursionError):
        raise Unreadable(f"{what} is geen leesbare JSON (UTF-8).") from None
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name twice")
    return dict(pairs)


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def read_heads(data: bytes | str) -> list[Any]:
    """The lines of the file with heads; raises Unreadable."""
    separator: Any = b"\n" if isinstance(data, bytes) else "\n"
    lines = [parse(line, "Het bestand met de hoofden") for line in data.split(separator) if line.strip()]
    if not lines:
        raise Unreadable("Het bestand met de hoofden is leeg.")
    return lines


def examine(receipt: Any, heads: Iterable[Any], key: str | None = None) -> Finding:
    """Check a receipt against published heads (the lines of the file, in their order). Never raises for
    what `parse` gives, whatever its shape.

    `key` is the public key one trusts; without it, the one that the heads name.
    """
    lines = list(heads)
    keys = [one for one in lines if isinstance(one, dict) and one.get("format") == KEY]
    named = {str(one.get("public_key")) for one in keys}
    trusted = "".join(key.lower().split()) if key else next(iter(named), "")
    problem = _shape_problem(receipt) or _key_problem(trusted, named) or _signature_problem(receipt, trusted)
    if problem:
        return Finding(False, problem=problem)
    published = [one for one in lines if one not in keys]
    problem = problem_of_heads(published, trusted)
    if problem:
        return Finding(False, problem=problem, heads_broken=True)
    return _inclusion(receipt, {one["number"]: one for one in published})


def _key_problem(trusted: str, named: set[str]) -> str:
    if not trusted:
        return "De openbare sleutel ontbreekt: geef het bestand met de hoofden, of --key."
    if not _HEX.fullmatch(trusted):
        return "Dit is geen openbare sleutel: die heeft 64 tekens, van 0 tot 9 en van a tot f."
    return "De hoofden noemen een andere sleutel dan die je vertrouwt." if named - {trusted} else ""


def _signature_problem(receipt: dict[str, Any], trusted: str) -> str:
    statement = canonical(receipt["statement"])
    if str(receipt.get("public_key", trusted)) != trusted:
        return "Het bewijs noemt een andere sleutel dan die waarmee het gecontroleerd wordt."
    if sha256(statement) != receipt["commitment"]:
        return "De inhoud past niet bij zijn vingerafdruk: er is iets aan gewijzigd."
    if not signature_fits(trusted, statement, receipt["signature"]):
        return "De handtekening past niet: niet door deze installatie gegeven, of gewijzigd."
    return ""


def _shape_problem(receipt: Any) -> str:
    if not isinstance(receipt, dict) or receipt.get("format") != RECEIPT:
        return NOT_ONE
    if receipt.keys() - NAMES:
        return "Er staat iets bij dat niet in een ontvangstbewijs hoort."
    sound = _is_hex(receipt.get("commitment")) and _is_statement(receipt.get("statement"))
    if not sound or not _is_text(receipt.get("signature"), _SIGNATURE):
        return "Er ontbreekt een deel van dit ontvangstbewijs, of het is geen tekst zoals het hoort."
    place = receipt.get("inclusion")
    return "" if place is None or _is_place(place) else "De plaats in het logboek is niet leesbaar."


def _is_statement(value: Any) -> bool:
    """Whether everything that is shown of it has its type."""
    if not isinstance(value, dict) or value.get("format") != RECEIPT:
        return False
    texts = ("number", "submitted_by", "submitted_at")
    lists = {"fields": ("name", "sha256"), "files": ("name", "sha256")}
    return (
        all(isinstance(value.get(name), str) for name in texts)
        and _is_number(value.get("revision"), 1)
        and _is_instant(value["submitted_at"])
        and all(isinstance(value.get(name), dict) for name in ("call", "organisation"))
        and all(_is_hex(value.get(name)) for name in ("content_sha256", "salt"))
        and all(_is_list(value.get(name), keys) for name, keys in lists.items())
    )


def _is_list(value: Any, keys: Sequence[str]) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and all(isinstance(one.get(key), str) for key in keys) for one in value
    )


def _is_place(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("path"), list):
        return False
    numbers = _is_number(value.get("head"), 1) and _is_number(value.get("position"), 0, 2**DEPTH)
    return numbers and len(value["path"]) == DEPTH and all(map(_is_hex, value["path"]))


def _is_head(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.get("format") == HEAD
        and _is_number(value.get("number"), 1)
        and _is_instant(value.get("at"))
        and all(_is_hex(value.get(name)) for name in ("root", "previous"))
    )


def _is_text(value: Any, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_hex(value: Any) -> bool:
    return _is_text(value, _HEX)


def _is_number(value: Any, least: int, below: int = 2**63) -> bool:
    return type(value) is int and least <= value < below


def _is_instant(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).astimezone(UTC) is not None and "+" in value
    except (TypeError, ValueError, OverflowError):
        return False


def problem_of_heads(heads: Sequence[Any], key: str) -> str:
    """Why a run of heads is not what was published, or "". It may begin anywhere, but has no gaps."""
    before: dict[str, Any] | None = None
    for head in heads:
        if not _is_head(head):
            return "In het bestand met de hoofden staat een regel die geen hoofd is."
        signed = {name: value for name, value in head.items() if name != "signature"}
        if not signature_fits(key, canonical(signed), head.get("signature")):
            return f"De handtekening van hoofd {head['number']} past niet."
        if before is not None and head["number"] != before["number"] + 1:
            return f"Na hoofd {before['number']} komt hoofd {head['number']}: dat is niet het volgende."
        if before is not None and head["previous"] != sha256(canonical(before)):
            return f"Hoofd {head['number']} sluit niet aan op het vorige."
        if head["number"] == 1 and head["previous"] != GENESIS:
            return "Hoofd 1 is niet het eerste."
        before = head
    return ""


def _inclusion(receipt: dict[str, Any], heads: dict[int, dict[str, Any]]) -> Finding:
    place = receipt.get("inclusion")
    head = heads.get(place["head"]) if place else None
    if place is None or head is None:
        return Finding(True)
    leaf = leaf_of("receipt", receipt["commitment"])
    if climb(leaf, place["position"], place["path"]) != head["root"]:
        return Finding(False, problem=f"Het bewijs zit niet op die plaats in hoofd {head['number']}.")
    return Finding(True, True, head=head, remark=_oddity(receipt, head, heads.get(head["number"] - 1)))


def _oddity(receipt: dict[str, Any], head: dict[str, Any], before: dict[str, Any] | None) -> str:
    """Who dates a receipt back can only put it in a later head: the time between them tells."""
    received = datetime.fromisoformat(receipt["statement"]["submitted_at"])
    late = datetime.fromisoformat(head["at"]) - received > timedelta(hours=1)
    if late or (before is not None and datetime.fromisoformat(before["at"]) > received):
        return "Opgelet: het hoofd is veel later dan de ontvangst die het bewijs noemt. Vraag waarom."
    return ""


def signature_fits(public_key: str, text: str, signature: object) -> bool:
    """Ed25519 over the UTF-8 of a text; False for anything that is no signature."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if not _is_text(signature, _SIGNATURE):
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(str(signature)), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def content_problems(statement: dict[str, Any], data: bytes) -> list[str]:
    """What does not fit between a receipt and the exact text that was handed in; raises Unreadable."""
    problems = []
    if hashlib.sha256(data).hexdigest() != statement["content_sha256"]:
        problems.append("De tekst is niet letterlijk wat is ingediend: de vingerafdruk verschilt.")
    content = parse(data, "De tekst")
    try:
        given = dict(fields_of(content))
        labels = {str(one["id"]): one["label"] for part in content["challenges"] for one in part["obstacles"]}
        found = {name: field_digest(statement["salt"], name, text) for name, text in given.items()}
    except (AttributeError, KeyError, TypeError):
        raise Unreadable("De tekst is geen kandidatuur.") from None
    listed = {one["name"]: one["sha256"] for one in statement["fields"]}
    wrong = sorted(name for name in listed.keys() | found.keys() if listed.get(name) != found.get(name))
    return [*problems, *(f"{field_label(name, labels)} {_state(name, listed, found)}." for name in wrong)]


def _state(name: str, listed: dict[str, str], found: dict[str, str]) -> str:
    if name not in found:
        return "ontbreekt in de tekst"
    return "heeft een andere inhoud" if name in listed else "staat niet op de lijst"


def field_label(name: str, labels: dict[str, str]) -> str:
    """ "obstacle.5.approach" as one reads it, with the obstacle by its own words."""
    kind, _, rest = name.partition(".")
    number, _, part = rest.partition(".")
    if kind != "obstacle":
        return f"Veld {name}"
    return f"Obstakel “{labels.get(number, number)}”, {PARTS.get(part, part)}:"


def file_finding(statement: dict[str, Any], name: str, data: bytes) -> tuple[bool, str]:
    """(fits, sentence) for a file that is said to have been handed in."""
    digest = hashlib.sha256(data).hexdigest()
    names = [one["name"] for one in statement["files"] if one["sha256"] == digest]
    if name in names:
        return True, f"Bestand {name} staat zo op de lijst."
    if names:
        return True, f"De inhoud van {name} staat op de lijst, onder de naam {names[0]}."
    if any(one["name"] == name for one in statement["files"]):
        return False, f"Bestand {name} heeft een andere inhoud dan wat is ingediend."
    return False, f"Bestand {name} staat niet op de lijst."


def facts_of(statement: dict[str, Any]) -> list[tuple[str, str]]:
    """What a receipt says, as (term, text)."""
    return [
        ("Nummer", statement["number"]),
        ("Ontvangen op", brussels(statement["submitted_at"])),
        ("Versie", str(statement["revision"])),
        ("Organisatie", str(statement["organisation"].get("name", ""))),
        ("Oproep", str(statement["call"].get("title", ""))),
        ("Ingediend door", statement["submitted_by"]),
        ("Velden en bestanden", f"{len(statement['fields'])} en {len(statement['files'])}"),
    ]


def brussels(instant: str) -> str:
    """ "21-11-2026 23:58:12 (CET)"; in UTC on a machine without the time zones."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        local = datetime.fromisoformat(instant).astimezone(ZoneInfo("Europe/Brussels"))
    except ZoneInfoNotFoundError:
        local = datetime.fromisoformat(instant).astimezone(UTC)
    return f"{local:%d-%m-%Y %H:%M:%S} ({local.tzname()})"


def _tell(text: str) -> None:
    """One line, without what could steer a terminal."""
    print("".join(one if one.isprintable() else "�" for one in text))


def short_key(key: str) -> str:
    """A key as people compare it: "1a2b 3c4d 5e6f 7a8b"."""
    digest = sha256(key)
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


def _said_genuine(trusted: str | None, heads: Iterable[Any]) -> Iterator[str]:
    if trusted:
        yield "ECHT: getekend met de sleutel die je gaf, en niet gewijzigd."
        return
    named = next(str(one["public_key"]) for one in heads if isinstance(one, dict) and one["format"] == KEY)
    yield "ECHT volgens de sleutel in het bestand met hoofden, en niet gewijzigd."
    yield f"Kort is die sleutel {short_key(named)}:"
    yield "vergelijk met de sleutel op de pagina /controle van de site."
    yield "Past ze niet, dan zegt deze uitkomst niets: wie een bewijs vervalst, kan er hoofden bij maken."


def _report(finding: Finding, statement: dict[str, Any], said: Iterable[str]) -> int:
    for line in said:
        _tell(line)
    for term, text in facts_of(statement):
        _tell(f"  {term}: {text}")
    _tell(NOT_THE_LAST)
    if finding.head is None:
        _tell("NOG NIET OPGENOMEN in een van deze hoofden: haal later het bewijs en de hoofden opnieuw op.")
        return 3
    _tell(f"OPGENOMEN in hoofd {finding.head['number']} van {brussels(finding.head['at'])}.")
    if finding.remark:
        _tell(finding.remark)
    return 0


def _beside(statement: dict[str, Any], given: argparse.Namespace) -> bool:
    """Whether the text and the files beside the receipt fit; says so for each."""
    fits = True
    if given.content:
        problems = content_problems(statement, given.content.read_bytes())
        for line in problems or [f"DE TEKST PAST: vingerafdruk en alle {len(statement['fields'])} velden."]:
            _tell(line)
        fits = not problems
    for path in given.file:
        sound, sentence = file_finding(statement, path.name, path.read_bytes())
        _tell(sentence)
        fits = fits and sound
    return fits


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"VERKEERD GEBRUIK. Zo wel: {self.prog} ontvangstbewijs.json --heads hoofden.jsonl\n")


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = _Parser(description="Controleer een ontvangstbewijs van Partnerwijzer.")
    parser.add_argument("receipt", type=Path, help="ontvangstbewijs.json")
    parser.add_argument("--heads", type=Path, help="hoofden.jsonl, zoals de pagina /controle het geeft")
    parser.add_argument("--key", help="de openbare sleutel die je vertrouwt (64 tekens)")
    parser.add_argument("--content", type=Path, help="ingediend.json: de exacte tekst")
    parser.add_argument("--file", type=Path, action="append", default=[], help="een bijlage (mag vaker)")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    given = _arguments(arguments)
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    try:
        receipt = parse(given.receipt.read_bytes(), "Het ontvangstbewijs")
        heads = read_heads(given.heads.read_bytes()) if given.heads else []
        finding = examine(receipt, heads, given.key)
        if not finding.genuine:
            _tell(f"{'DE HOOFDEN KLOPPEN NIET' if finding.heads_broken else 'NIET ECHT'}: {finding.problem}")
            return 1
        status = _report(finding, receipt["statement"], _said_genuine(given.key, heads))
        return status if _beside(receipt["statement"], given) else 1
    except Unreadable as error:
        print(f"ONLEESBAAR: {error}", file=sys.stderr)
    except OSError as error:
        print(f"ONLEESBAAR: het bestand {error.filename} kan niet gelezen worden.", file=sys.stderr)
    except ImportError:
        print("De bibliotheek cryptography ontbreekt: pip install cryptography", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
