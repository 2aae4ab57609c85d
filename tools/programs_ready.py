"""Have Debian's chromium for the browser tests; install it where we may, say so where we cannot.

With CI=true a missing browser is a failure; elsewhere the browser tests are skipped with a reason.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def browser() -> str | None:
    """The path of a Chromium on this machine, or None."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or (MAC if os.path.exists(MAC) else None)


def install() -> None:
    """Try Debian's package, as root or where sudo asks for nothing."""
    apt = shutil.which("apt-get")
    if apt is None:
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and shutil.which("sudo") is None:
        return
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run([*prefix, apt, "-qq", *arguments], check=False, stdout=subprocess.DEVNULL)


def main() -> int:
    if browser() is None:
        install()
    if browser() is not None:
        return 0
    print("Geen Chromium gevonden en installeren lukte niet: de browsertests worden overgeslagen.")
    return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
