"""One spelling for every e-mail address, and no address that could smuggle in a header."""

from email_validator import EmailNotValidError, validate_email

from app.domain.errors import DomainError

MAX_LENGTH = 254


def normal_address(text: str, field: str = "email") -> str:
    """The address in lower case; DomainError "email_invalid" at `field` when it is none."""
    try:
        found = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise DomainError("email_invalid", field=field) from None
    normal = found.normalized.lower()
    if len(normal) > MAX_LENGTH:
        raise DomainError("email_invalid", field=field)
    return normal


def same_address(one: str, other: str) -> bool:
    return one.strip().lower() == other.strip().lower()
