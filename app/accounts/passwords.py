"""What a password must be, and making or checking its hash (argon2, by Flask-Security)."""

import unicodedata

from flask_security import hash_password

from app.accounts.models import User
from app.domain.errors import DomainError

MINIMUM = 12
MAXIMUM = 128
FEWEST_DIFFERENT = 5


def normal(password: str) -> str:
    """The same characters whatever keyboard they were typed on (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def hashed(password: str, *, email: str = "", name: str = "", field: str = "password") -> str:
    """The hash of a new password; DomainError password_short, password_long or password_guessable."""
    chosen = normal(password)
    if len(chosen) < MINIMUM:
        raise DomainError("password_short", field=field, minimum=MINIMUM)
    if len(chosen) > MAXIMUM:
        raise DomainError("password_long", field=field, maximum=MAXIMUM)
    own = {email.lower(), name.lower(), name.lower().replace(" ", "")}
    if chosen.lower() in own or len(set(chosen)) < FEWEST_DIFFERENT:
        raise DomainError("password_guessable", field=field)
    return str(hash_password(chosen))


def matches(user: User | None, password: str) -> bool:
    """Whether this is the person's password; takes as long when there is no such person."""
    chosen = normal(password)[:MAXIMUM]
    if user is None or not user.password:
        hash_password(chosen)
        return False
    return bool(user.verify_and_update_password(chosen))
