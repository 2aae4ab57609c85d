"""Settings of an installation that keeps nothing secret: for tests and measurements."""

SECRETS = {"secret_key": "k" * 32, "password_salt": "s" * 32, "seal_key": "5e" * 32, "signing_key": "19" * 32}


def as_environment() -> dict[str, str]:
    """The same for a process of its own."""
    return {f"PARTNERWIJZER_{name.upper()}": value for name, value in SECRETS.items()}
