"""How much a document may cost. A real addendum is far below each of these; what its
container may cost, see app/infra/archive.py."""

MEGABYTE = 1024 * 1024

UPLOAD = 20 * MEGABYTE
PAGES = 300
TEXT = 2 * MEGABYTE

MEMORY = 900 * MEGABYTE
CPU_SECONDS = 90
WALL_SECONDS = 120
FILES = 64
ANSWER = 48 * MEGABYTE
