#!/usr/bin/env python3
"""Is this receipt genuine, and is it in the log? Needs Python 3.11 and the library `cryptography`; nothing
of the application, and no connection to it.

    python verify_receipt.py ontvangstbewijs.json --heads heads.jsonl [--key PUBLIC_KEY]

A receipt is a signed statement. Its commitment (SHA-256 of the statement, which holds a salt) is a leaf of
a tree over everything that was logged in one stretch of time; a head signs the root of that tree, and the
heads are public and chained. The tree has a fixed depth and its empty places are filled with what looks like
any other hash, so that neither a path nor a head tells how much was logged. Hashes and keys are hexadecimal.

Exit status: 0 genuine and included, 1 not genuine, 3 genuine but in no head yet, 2 wrong use.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEPTH = 32
GENESIS = "0" * 64
RECEIPT, HEAD, KEY = "partnerwijzer/ontvangstbewijs/2", "partnerwijzer/hoofd/1", "partnerwijzer/sleutel/1"


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


@dataclass(frozen=True)
class Finding:
    """What can be said of a receipt. `problem` says why it is not genuine; `head` is the one it is in."""

    genuine: bool
    included: bool = False
    problem: str = ""
    head: dict[str, Any] | None = None


def examine(receipt: dict[str, Any], heads: Iterable[dict[str, Any]], key: str | None = None) -> Finding:
    """Check a receipt against published heads (the lines of heads.jsonl, in any number).

    `key` is the public key one trusts; without it, the one that the heads name.
    """
    lines = list(heads)
    trusted = key or next((line["public_key"] for line in lines if line.get("format") == KEY), None)
    problem = _problem_of(receipt, trusted)
    if problem:
        return Finding(False, problem=problem)
    broken = problem_of_heads([line for line in lines if line.get("format") == HEAD], str(trusted))
    if broken:
        return Finding(False, problem=broken)
    return _inclusion(receipt, {line["number"]: line for line in lines if line.get("format") == HEAD})


def _problem_of(receipt: dict[str, Any], trusted: str | None) -> str:
    if not isinstance(receipt, dict) or receipt.get("format") != RECEIPT:
        return "Dit is geen ondertekend ontvangstbewijs van Partnerwijzer."
    if trusted is None:
        return "De openbare sleutel ontbreekt: geef het bestand met de hoofden, of --key."
    statement = canonical(receipt.get("statement"))
    if sha256(statement) != receipt.get("commitment"):
        return "De inhoud past niet bij zijn vingerafdruk: er is iets aan gewijzigd."
    if not signature_fits(trusted, statement, receipt.get("signature")):
        return "De handtekening past niet: niet door deze installatie gegeven, of gewijzigd."
    return ""


def problem_of_heads(heads: Sequence[dict[str, Any]], key: str) -> str:
    """Why a run of heads is not what was published, or "". It may begin anywhere, but has no gaps."""
    for before, head in zip([None, *heads], heads, strict=False):
        signed = {name: value for name, value in head.items() if name != "signature"}
        if not signature_fits(key, canonical(signed), head.get("signature")):
            return f"De handtekening van hoofd {head.get('number')} past niet."
        if before is not None and head["previous"] != sha256(canonical(before)):
            return f"Hoofd {head['number']} sluit niet aan op het vorige."
        if before is not None and head["number"] != before["number"] + 1:
            return f"Voor hoofd {head['number']} ontbreekt er een."
    return ""


def _inclusion(receipt: dict[str, Any], heads: dict[int, dict[str, Any]]) -> Finding:
    place = receipt.get("inclusion")
    if not place:
        return Finding(True)
    head = heads.get(place.get("head"))
    if head is None:
        return Finding(True)
    leaf = leaf_of("receipt", receipt["commitment"])
    if len(place["path"]) != DEPTH or climb(leaf, int(place["position"]), place["path"]) != head["root"]:
        return Finding(False, problem=f"Het bewijs zit niet in hoofd {head['number']}, dat het noemt.")
    return Finding(True, True, head=head)


def signature_fits(public_key: str, text: str, signature: object) -> bool:
    """Ed25519 over the UTF-8 of a text; False for anything that is no signature."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(str(signature)), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def read_heads(text: str) -> list[dict[str, Any]]:
    """The lines of heads.jsonl."""
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Controleer een ontvangstbewijs van Partnerwijzer.")
    parser.add_argument("receipt", type=Path)
    parser.add_argument("--heads", type=Path, required=True)
    parser.add_argument("--key", help="de openbare sleutel die je vertrouwt (64 tekens)")
    given = parser.parse_args(arguments)
    try:
        receipt = json.loads(given.receipt.read_text("utf-8"))
        finding = examine(receipt, read_heads(given.heads.read_text("utf-8")), given.key)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"ONLEESBAAR: {error}", file=sys.stderr)
        return 2
    if not finding.genuine:
        print(f"NIET ECHT: {finding.problem}")
        return 1
    statement = receipt["statement"]
    print(f"ECHT: {statement['number']}, ontvangen {statement['submitted_at']}.")
    if not finding.included or finding.head is None:
        print("Nog in geen van deze hoofden opgenomen: haal later het bewijs en de hoofden opnieuw op.")
        return 3
    print(f"OPGENOMEN in hoofd {finding.head['number']} van {finding.head['at']}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
