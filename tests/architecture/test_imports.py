"""The direction of imports, as import-linter reads it from pyproject.toml."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_import_goes_in_the_agreed_direction() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [str(command), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


def test_only_the_clock_reads_the_time() -> None:
    forbidden = ("datetime.now(", "datetime.utcnow(", "date.today(", "time.time(")
    guilty = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "app").rglob("*.py")
        if path.name != "clock.py" and any(word in path.read_text() for word in forbidden)
    ]
    assert guilty == []


def test_the_project_needs_nothing_from_outside_its_folder() -> None:
    outside = "/".join(["..", "shared"])
    suffixes = {".py", ".html", ".txt", ".typ", ".toml", ".json"}
    folders = [ROOT / name for name in ("app", "templates", "tests", "tools", "bench", "migrations")]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in suffixes]
    assert [str(path) for path in files if outside in path.read_text(errors="replace")] == []
