"""Files in the storage: unreadable on the disk, whole or not there, and never other than they were."""

import io
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask

from app.infra import storage
from app.infra.storage import PIECE, Damaged, StorageFull, TooLarge

KEY = bytes(range(32))
HEAD, TAG = 11, 16


@pytest.fixture
def folder(app: Flask) -> Iterator[Path]:
    place = Path(app.config["SETTINGS"].files)
    yield place
    for path in place.rglob("*"):
        if path.is_file():
            path.unlink()


def kept(data: bytes) -> str:
    return storage.put(io.BytesIO(data), KEY, limit=len(data)).object_key


def back(object_key: str, key: bytes = KEY) -> bytes:
    return b"".join(storage.read(object_key, key))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5])
def test_what_was_put_comes_back(folder: Path, size: int) -> None:
    data = secrets.token_bytes(size)
    stored = storage.put(io.BytesIO(data), KEY, limit=size)
    assert (stored.size, stored.sha256) == (size, sha256(data).hexdigest())
    assert back(stored.object_key) == data


def test_nothing_readable_lies_on_the_disk_and_the_name_tells_nothing(folder: Path) -> None:
    data = b"We bereiken de mensen van de wijk. " * 40_000
    one, other = kept(data), kept(data)
    lying = (folder / one).read_bytes()
    assert b"mensen" not in lying
    assert lying[HEAD : HEAD + 40] != (folder / other).read_bytes()[HEAD : HEAD + 40]
    assert one != other and (folder / one).stat().st_size > len(data)


def test_a_stream_that_gives_little_at_a_time_is_the_same_file(folder: Path) -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 0, 70_001))

    data = secrets.token_bytes(PIECE + 9)
    assert back(storage.put(Slow(data), KEY, limit=2 * PIECE).object_key) == data


def test_every_change_of_a_single_byte_is_found(folder: Path) -> None:
    object_key = kept(b"Een kort bestand.")
    path = folder / object_key
    whole = path.read_bytes()
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        path.write_bytes(changed)
        with pytest.raises(Damaged):
            back(object_key)
    path.write_bytes(whole)
    assert back(object_key) == b"Een kort bestand."


def pieces_of(path: Path) -> tuple[bytes, list[bytes]]:
    whole = path.read_bytes()
    step = PIECE + TAG
    return whole[:HEAD], [whole[at : at + step] for at in range(HEAD, len(whole), step)]


@pytest.mark.parametrize(
    "order",
    [[], [0], [0, 1], [1, 0, 2], [0, 2, 1], [0, 2], [0, 1, 1, 2], [0, 1, 2, 2], [2], [1, 2]],
    ids=str,
)
def test_pieces_left_out_moved_or_repeated_are_found(folder: Path, order: list[int]) -> None:
    object_key = kept(secrets.token_bytes(2 * PIECE + 100))
    head, pieces = pieces_of(folder / object_key)
    assert len(pieces) == 3
    (folder / object_key).write_bytes(head + b"".join(pieces[one] for one in order))
    with pytest.raises(Damaged):
        back(object_key)


@pytest.mark.parametrize("cut", [1, TAG, 100, 100 + TAG, PIECE, PIECE + TAG, 2 * PIECE + 100])
def test_a_file_that_was_cut_off_is_found(folder: Path, cut: int) -> None:
    object_key = kept(secrets.token_bytes(2 * PIECE + 100))
    path = folder / object_key
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(Damaged):
        back(object_key)


def test_a_file_with_something_behind_it_is_found(folder: Path) -> None:
    object_key = kept(b"kort")
    with (folder / object_key).open("ab") as file:
        file.write(b"\0" * 40)
    with pytest.raises(Damaged):
        back(object_key)


def test_another_key_or_another_place_opens_nothing(folder: Path) -> None:
    one, other = kept(b"de ene"), kept(b"de andere")
    with pytest.raises(Damaged):
        back(one, bytes(32))
    (folder / other).write_bytes((folder / one).read_bytes())
    with pytest.raises(Damaged):
        back(other)


def test_what_is_gone_is_said_to_be_damaged_and_is_deleted_without_complaint(folder: Path) -> None:
    object_key = kept(b"even")
    storage.delete(object_key)
    storage.delete(object_key)
    with pytest.raises(Damaged):
        back(object_key)


def test_more_than_the_limit_leaves_nothing(folder: Path) -> None:
    for size in (PIECE + 1, 12 * PIECE):
        with pytest.raises(TooLarge):
            storage.put(io.BytesIO(bytes(size)), KEY, limit=PIECE)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_stream_that_breaks_off_leaves_nothing(folder: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 8 * PIECE:
                raise ConnectionResetError
            return super().read(size)

    with pytest.raises(StorageFull):
        storage.put(Broken(bytes(20 * PIECE)), KEY, limit=30 * PIECE)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_the_storage_lists_what_is_whole_and_clears_what_is_not(folder: Path) -> None:
    object_key = kept(b"heel")
    half = folder / f"{object_key}#3"
    half.write_bytes(b"half")
    os.utime(half, (0, 0))
    assert [one.object_key for one in storage.listing()] == [object_key]
    assert storage.remove_unfinished(datetime.now(UTC) - timedelta(days=1)) == 1
    assert not half.exists() and back(object_key) == b"heel"


FULL = """
import io, resource, signal, sys
from pathlib import Path
from app import create_app
from app.infra import storage
from config import Settings
from tests.secrets import SECRETS

place = sys.argv[1]
app = create_app(Settings(**SECRETS, database_url="sqlite://", files=place))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, 3 << 20))
with app.app_context():
    small = storage.put(io.BytesIO(b"x" * 1000), bytes(32), limit=1 << 20).object_key
    for size in (4 << 20, 40 << 20):
        try:
            storage.put(io.BytesIO(bytes(size)), bytes(32), limit=1 << 30)
        except storage.StorageFull:
            print("full")
    left = [one.relative_to(place).as_posix() for one in Path(place).rglob("*") if one.is_file()]
    print(left == [small], b"".join(storage.read(small, bytes(32))) == b"x" * 1000)
"""


def test_a_full_disk_is_said_and_leaves_no_half_file(tmp_path: Path) -> None:
    """The file-size limit of a process stands in for a disk that is full."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        timeout=120,
        check=False,
    )
    assert done.stdout.split() == ["full", "full", "True", "True"], done.stderr


KILLED = """
import io, sys, time
from app import create_app
from app.infra import storage
from config import Settings
from tests.secrets import SECRETS

class Endless(io.BytesIO):
    def read(self, size=-1):
        print("more", flush=True)
        time.sleep(0.01)
        return bytes(size)

with create_app(Settings(**SECRETS, database_url="sqlite://", files=sys.argv[1])).app_context():
    storage.put(Endless(), bytes(32), limit=1 << 40)
"""


def test_a_process_that_is_killed_leaves_no_object_only_something_to_clear(
    app: Flask, folder: Path, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    for _ in range(20):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert list(storage.listing()) == []
    storage.remove_unfinished(datetime.now(UTC) + timedelta(minutes=1))
    assert [path for path in folder.rglob("*") if path.is_file()] == []
