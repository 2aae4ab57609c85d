"""Make `instance/local.env` with secrets of this installation. What is there stays; what a newer version
needs is added. Never committed."""

import os
import secrets

from config import INSTANCE

NAMES = (
    "PARTNERWIJZER_SECRET_KEY",
    "PARTNERWIJZER_PASSWORD_SALT",
    "PARTNERWIJZER_SEAL_KEY",
    "PARTNERWIJZER_SIGNING_KEY",
)


def main() -> None:
    INSTANCE.mkdir(exist_ok=True)
    path = INSTANCE / "local.env"
    present = path.read_text() if path.exists() else ""
    missing = [name for name in NAMES if f"{name}=" not in present]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a") as file:
        if present and not present.endswith("\n"):
            file.write("\n")
        file.writelines(f"{name}={secrets.token_hex(32)}\n" for name in missing)


if __name__ == "__main__":
    main()
