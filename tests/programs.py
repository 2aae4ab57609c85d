"""Programs that tests use beside Python: skipped where they are missing, a failure with CI=true."""

import os

import pytest

from tools.programs_ready import NEEDED


def needed(package: str) -> str:
    """The path of the program of that Debian package."""
    path = NEEDED[package]()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no {package} on this machine")
        pytest.skip(f"no {package} on this machine: apt-get install {package}")
    return path
