"""Two people in one form: what each changed since it was opened, and where that collides.

A form carries a token with a short fingerprint of every field as it was shown. So a save touches only what
this person changed, and collides only where somebody else changed the same field to something else.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Merge:
    """`values`: everything with this person's changes put in; `changes`: what they changed; `theirs`: the
    stored text of the fields that somebody else changed too."""

    values: dict[str, str]
    changes: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def token(values: Mapping[str, str]) -> str:
    """What goes in the form's hidden `version`."""
    return ";".join(f"{name}={fingerprint(text)}" for name, text in values.items())


def merge(stored: Mapping[str, str], typed: Mapping[str, str], seen: str) -> Merge:
    """Put what was typed over what is stored. A field without a fingerprint counts as shown empty."""
    shown = dict(part.split("=", 1) for part in seen.split(";") if "=" in part)
    empty = fingerprint("")
    changes, theirs = {}, {}
    for name, text in typed.items():
        base, current = shown.get(name, empty), stored[name]
        if text == current or fingerprint(text) == base:
            continue
        changes[name] = text
        if fingerprint(current) != base:
            theirs[name] = current
    return Merge({**stored, **changes}, changes, theirs)
