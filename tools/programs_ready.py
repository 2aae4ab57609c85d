"""Have what the tests use beside Python: Debian's chromium and redis-server. Install it where we may, say so
where we cannot.

With CI=true a program that is missing is a failure; elsewhere the tests that need it are skipped with a
reason.
"""

import os
import shutil
import subprocess
import sys

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
CHROME_ON_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def browser() -> str | None:
    """The path of a Chromium on this machine, or None."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    return found or (CHROME_ON_MAC if os.path.exists(CHROME_ON_MAC) else None)


def redis_server() -> str | None:
    """The path of a Redis server on this machine, or None."""
    return shutil.which("redis-server")


NEEDED = {"chromium": browser, "redis-server": redis_server}  # Debian's package: what finds it


def missing() -> list[str]:
    return [package for package, find in NEEDED.items() if find() is None]


def install(packages: list[str]) -> None:
    """Try Debian's packages, as root or where sudo asks for nothing."""
    apt = shutil.which("apt-get")
    if apt is None:
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and shutil.which("sudo") is None:
        return
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run([*prefix, apt, "-qq", *arguments], check=False, stdout=subprocess.DEVNULL)


def main() -> int:
    if absent := missing():
        install(absent)
    still = missing()
    for package in still:
        print(f"{package} niet gevonden en installeren lukte niet: de tests ermee worden overgeslagen.")
    return 1 if still and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
