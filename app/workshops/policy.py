"""The rules of a session that need no database: its code, its state, what a note may be."""

import hashlib
import re
import secrets
import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum

# No sign looks like another one in here: no O, 0, Q, I, 1 or L, and one of each pair like B and 8.
ALPHABET = "ACDEFHJKMNPRTVWXY23456789"
_MEANT = str.maketrans("BGSZU", "8652V")
CODE_LENGTH = 6
AVOIDED = ("WTF", "FCK", "KKK", "KNK", "NSB", "SS", "XXX")
NOTE_LENGTH = 280
NAME_LENGTH = 40
NOTES_PER_MINUTE = 30
MINUTE = timedelta(minutes=1)
MOST_PARTICIPANTS = 1000
MOST_NOTES = 400  # of one participant
MOST_SESSIONS = 50  # of one call
WRONG_CODES = 120  # per network in a quarter: a hall of sixty may each mistype twice
GENERAL = 0  # the topic of what belongs to no single challenge

# What a group can become, in the words of the addendum.
KINDS = ("recurring", "attention", "obstacle", "profile", "challenge")


class State(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


def state_of(opened_at: datetime | None, closed_at: datetime | None, published_at: datetime | None) -> State:
    """A session of a published call is over, whatever its own moments say."""
    if published_at is not None or closed_at is not None:
        return State.CLOSED
    return State.OPEN if opened_at is not None else State.PLANNED


def new_code() -> str:
    """One of some 244 million; none that a hall would laugh at."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if not any(word in code for word in AVOIDED):
            return code


def clean_code(typed: str) -> str:
    """As it is stored, from however it was typed: small letters, spaces, dashes, B for 8; "" when it
    cannot be a code."""
    code = re.sub(r"[\s._-]+", "", typed).upper().translate(_MEANT)
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else ""


def spoken_code(code: str) -> str:
    """In two halves, as it is shown and read aloud."""
    return f"{code[:3]} {code[3:]}"


def clean_text(typed: str) -> str:
    """One line of plain text, without control characters or marks that turn the direction of writing."""
    joined = unicodedata.normalize("NFC", typed)
    kept = "".join(
        " " if unicodedata.category(sign) == "Cc" else sign
        for sign in joined
        if sign == "\u200d" or unicodedata.category(sign) not in {"Cf", "Cs", "Co", "Cn"}
    )
    return " ".join(kept.split())


def note_key(client_key: str, text: str) -> str:
    """What makes a note the same note when it is sent again: the key of the phone and the words. A page gone
    back to can send other words under the same key; those are another note, and are not lost."""
    return hashlib.sha256(f"{client_key}\n{text}".encode()).hexdigest()
