"""The command that checks a dossier finds every change, and needs nothing of the application."""

import io
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask

from app.infra.signing import public_key
from tests.dossiers.world import build, made, opened
from tools import verify_dossier
from tools.verify_dossier import Entry, NoDossier, canonical, directory, examine, local_header, main

BYTES, FILES = 180, 12


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP in the layout of a dossier."""
    import zlib

    whole, entries = b"", []
    for path, data in files.items():
        entries.append(Entry(path, zlib.crc32(data), len(data), len(whole)))
        whole += local_header(path, zlib.crc32(data), len(data)) + data
    return whole + directory(entries, len(whole))


def is_found(data: bytes) -> bool:
    try:
        return bool(examine(io.BytesIO(data), public_key()).problems)
    except NoDossier:
        return True


def test_every_one_of_two_hundred_changes_is_found(app: Flask) -> None:
    data = made(build())
    assert not is_found(data)
    lot = random.Random(7)
    missed = []
    for _ in range(BYTES):
        at, bit = lot.randrange(len(data)), 1 << lot.randrange(8)
        changed = data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]
        missed += [] if is_found(changed) else [f"bit {bit} of byte {at}"]
    for at in (*range(40), *range(len(data) - 40, len(data))):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        missed += [] if is_found(changed) else [f"byte {at}"]
    for cut in (1, 22, 100, len(data) // 2):
        missed += [] if is_found(data[:-cut]) else [f"cut {cut}"]
    for extra in (b"\0", b"PK", data):
        missed += [] if is_found(data + extra) else ["something behind"]
        missed += [] if is_found(extra + data) else ["something before"]
    assert missed == []


def test_a_file_less_more_moved_renamed_or_rewritten_is_found(app: Flask) -> None:
    files = opened(made(build()))
    assert not is_found(zipped(files))
    paths = [one for one in files if one not in ("manifest.json", "handtekening.json")]
    lot = random.Random(11)
    for path in lot.sample(paths, FILES):
        without = {key: value for key, value in files.items() if key != path}
        assert is_found(zipped(without)), path
        assert is_found(zipped({**files, path: files[path] + b" "})), path
        renamed = {(f"x-{key}" if key == path else key): value for key, value in files.items()}
        assert is_found(zipped(renamed)), path
    assert is_found(zipped({"extra.txt": b"ik hoor er niet bij", **files}))
    assert is_found(zipped(dict(reversed(files.items()))))


def test_who_writes_the_manifest_anew_has_no_signature(app: Flask) -> None:
    files = opened(made(build()))
    manifest = json.loads(files["manifest.json"])
    manifest["call"]["title"] = "Een andere oproep"
    assert is_found(zipped({**files, "manifest.json": canonical(manifest).encode()}))
    own = Ed25519PrivateKey.generate()
    digest = verify_dossier.sha256(canonical(manifest))
    forged = {
        "format": verify_dossier.SIGNATURE,
        "manifest_sha256": digest,
        "public_key": own.public_key().public_bytes_raw().hex(),
        "signature": own.sign(verify_dossier.to_sign(digest).encode()).hex(),
    }
    changed = {
        **files,
        "manifest.json": canonical(manifest).encode(),
        "handtekening.json": canonical(forged).encode(),
    }
    found = examine(io.BytesIO(zipped(changed)), public_key()).problems
    assert any("andere sleutel" in one for one in found)


@pytest.mark.parametrize("value", [None, [], "", 7, {"format": "x"}, {"format": verify_dossier.SIGNATURE}])
def test_whatever_stands_in_the_place_of_manifest_or_signature_is_told(app: Flask, value: object) -> None:
    files = opened(made(build(1)))
    for name in ("manifest.json", "handtekening.json"):
        assert is_found(zipped({**files, name: canonical(value).encode()}))


def signed_again(files: dict[str, bytes], path: str, data: bytes) -> bytes:
    """As if the installation itself had signed other content: what is inside must still hold together."""
    from hashlib import sha256

    from app.infra.signing import sign

    manifest = json.loads(files["manifest.json"])
    for one in manifest["files"]:
        if one["path"] == path:
            one["sha256"], one["bytes"] = sha256(data).hexdigest(), len(data)
    text = canonical(manifest)
    digest = verify_dossier.sha256(text)
    signed = json.loads(files["handtekening.json"])
    signed |= {"manifest_sha256": digest, "signature": sign(verify_dossier.to_sign(digest))}
    return zipped(
        {
            **files,
            path: data,
            "manifest.json": text.encode(),
            "handtekening.json": canonical(signed).encode(),
        }
    )


def test_a_line_of_the_log_that_was_changed_moved_or_cut_in_two_is_found(app: Flask) -> None:
    files = opened(made(build()))
    lines = files["log/log.jsonl"].splitlines(keepends=True)
    assert len(lines) > 5
    assert not is_found(signed_again(files, "log/log.jsonl", files["log/log.jsonl"]))
    entry = json.loads(lines[2])
    entry["action"] = "decision.undone"
    changes = [
        [*lines[:2], canonical(entry).encode() + b"\n", *lines[3:]],
        [lines[1], lines[0], *lines[2:]],
        [*lines[:3], b"geen JSON\n", *lines[3:]],
    ]
    for changed in changes:
        assert is_found(signed_again(files, "log/log.jsonl", b"".join(changed)))


def test_what_was_handed_in_has_to_be_what_its_receipt_says(app: Flask) -> None:
    world = build()
    files = opened(made(world))
    path = f"kandidaturen/{world.proposals[0].id}/kandidatuur.json"
    content = json.loads(files[path])
    content["summary"] = "Iets anders"
    changed = signed_again(files, path, canonical(content).encode())
    problems = examine(io.BytesIO(changed), public_key()).problems
    assert problems == [f"{path} is niet wat het ontvangstbewijs zegt."]


def test_the_command_runs_by_itself_and_tells_by_its_exit_status(app: Flask, tmp_path: Path) -> None:
    tool = tmp_path / "verify_dossier.py"
    shutil.copy(verify_dossier.__file__, tool)
    whole, broken, nothing = tmp_path / "a.zip", tmp_path / "b.zip", tmp_path / "c.zip"
    data = made(build(1))
    whole.write_bytes(data)
    broken.write_bytes(data.replace(b"Tien jaar ervaring", b"Elf jaar ervaring!"))
    nothing.write_bytes(b"geen ZIP")

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-I", str(tool), *arguments], capture_output=True, text=True, cwd=tmp_path
        )

    sound = run(str(whole), "--key", public_key())
    assert (sound.returncode, sound.stderr) == (0, "") and "In orde" in sound.stdout
    assert run(str(broken)).returncode == 1
    for wrong in ([str(nothing)], [str(tmp_path / "weg.zip")], [str(whole), "--key", "zz"]):
        assert run(*wrong).returncode == 2, wrong
    assert main([str(whole)]) == 0


def test_beyond_four_gigabytes_or_many_files_it_is_a_zip_all_the_same() -> None:
    import zipfile

    entries = [Entry(f"a/{number}.txt", 0, 0, number * 37) for number in range(3)]
    far = [Entry("a/1.txt", 0, 0, 5 << 32)]
    assert b"PK\6\6" not in directory(entries, 200)
    assert b"PK\6\6" in directory(far, (5 << 32) + 37)
    many = zipped({f"a/{number}.txt": b"" for number in range(66_000)})
    with zipfile.ZipFile(io.BytesIO(many)) as archive:
        assert len(archive.namelist()) == 66_000
