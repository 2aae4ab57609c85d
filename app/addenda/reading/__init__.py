"""Documents as regions have them (PDF, DOCX, ODT, text), read in a process of their own.

`read_document` is for everything that runs; `extract.text_of` does the same without the process, for tests.
Neither knows of Flask or the database.
"""

from .document import ReadDocument
from .process import read_document
from .refusals import ReadingRefused

__all__ = ["ReadDocument", "ReadingRefused", "read_document"]
