"""Which files are taken in: a short list, by name and content together; anything doubtful is refused."""

from .kinds import ACCEPT, ALLOWED_TEXT, Kind, kind_of, sentences_by_extension
from .refusals import FileRefused

__all__ = ["ACCEPT", "ALLOWED_TEXT", "FileRefused", "Kind", "kind_of", "sentences_by_extension"]
