"""Make `instance/local.env` with secrets of this installation, once. Never overwritten, never committed."""

import os
import secrets

from config import INSTANCE

NAMES = ("PARTNERWIJZER_SECRET_KEY", "PARTNERWIJZER_PASSWORD_SALT")


def main() -> None:
    INSTANCE.mkdir(exist_ok=True)
    path = INSTANCE / "local.env"
    if path.exists():
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"{name}={secrets.token_hex(32)}\n" for name in NAMES)


if __name__ == "__main__":
    main()
