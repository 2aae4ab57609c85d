"""Pictures: walked from the first byte to the last, so that nothing else can ride along.

Sources: ISO/IEC 15948 (PNG) section 5, ITU-T T.81 (JPEG) annex B.
"""

import struct
import zlib

from .refusals import FileRefused

MOST_PIXELS = 150_000_000
_FRAME = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_ALONE = {0x01, *range(0xD0, 0xD8)}


def check_png(data: bytes) -> None:
    """Raises FileRefused (file_breaks_off, file_two_in_one, file_unpacks_too_large)."""
    place, first = 8, True
    while True:
        length, kind = _unpack(">I4s", data, place)
        end = place + 12 + length
        if end > len(data) or (first and kind != b"IHDR"):
            raise FileRefused("file_breaks_off")
        if zlib.crc32(data[place + 4 : end - 4]) != _unpack(">I", data, end - 4)[0]:
            raise FileRefused("file_breaks_off")
        if first:
            _check_pixels(*_unpack(">II", data, place + 8))
        place, first = end, False
        if kind == b"IEND":
            return _nothing_behind(data, place)


def check_jpeg(data: bytes) -> None:
    """Raises FileRefused (file_breaks_off, file_two_in_one, file_unpacks_too_large)."""
    place, seen_frame = 2, False
    while True:
        marker, place = _marker(data, place)
        if marker == 0xD9:
            if not seen_frame:
                raise FileRefused("file_breaks_off")
            return _nothing_behind(data, place)
        if marker in _ALONE:
            continue
        (length,) = _unpack(">H", data, place)
        if length < 2 or place + length > len(data):
            raise FileRefused("file_breaks_off")
        if marker in _FRAME:
            height, width = _unpack(">HH", data, place + 3)
            _check_pixels(width, height)
            seen_frame = True
        place += length
        if marker == 0xDA:
            place = _after_scan(data, place)


def _marker(data: bytes, place: int) -> tuple[int, int]:
    if data[place : place + 1] != b"\xff":
        raise FileRefused("file_breaks_off")
    while data[place : place + 1] == b"\xff":
        place += 1
    if place >= len(data):
        raise FileRefused("file_breaks_off")
    return data[place], place + 1


def _after_scan(data: bytes, place: int) -> int:
    """Where the coded picture ends: at a marker that is neither an escaped byte nor a restart."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0 or place + 1 >= len(data):
            raise FileRefused("file_breaks_off")
        following = data[place + 1]
        if following == 0xFF:
            place += 1
        elif following == 0 or following in _ALONE:
            place += 2
        else:
            return place


def _check_pixels(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise FileRefused("file_unpacks_too_large")


def _nothing_behind(data: bytes, end: int) -> None:
    if data[end:].strip(b"\x00"):
        raise FileRefused("file_two_in_one")


def _unpack(layout: str, data: bytes, place: int) -> tuple[int, ...]:
    try:
        return struct.unpack_from(layout, data, place)
    except struct.error:
        raise FileRefused("file_breaks_off") from None
