"""Refusals by the business rules, independent of any screen."""

from typing import Any


class DomainError(Exception):
    """A rule says no.

    `code` is a stable identifier that the screens translate into Dutch (`app/infra/messages.py`),
    `field` names the form field it belongs to when there is one, `facts` fill the sentence.
    """

    def __init__(self, code: str, /, *, field: str | None = None, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts


class NotFound(DomainError):
    """The thing does not exist, or may not be known to exist by the one who asks: both look alike."""

    def __init__(self, what: str = "page") -> None:
        super().__init__("not_found", what=what)


class Forbidden(DomainError):
    """The thing is known to the asker, but the action is not theirs, or not now."""

    def __init__(self, reason: str, /, **facts: Any) -> None:
        super().__init__(reason, **facts)


class Stale(DomainError):
    """Somebody saved a newer version since the form was opened; `theirs` holds what they saved."""

    def __init__(self, *, version: int, theirs: dict[str, Any]) -> None:
        super().__init__("stale", version=version)
        self.version = version
        self.theirs = theirs
