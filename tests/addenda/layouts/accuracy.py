"""Renders every layout with every region, reads it back and counts what is right."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.addenda.importing import ParsedAddendum, parse_addendum, raw_lines
from app.addenda.reading.extract import text_of

from .as_docx import docx
from .as_odt import odt
from .as_pdf import pdf
from .as_text import text
from .catalogue import ALL_REGIONS
from .expected import FIELDS, expected, read_back, right
from .model import Doc, Layout

FORMATS: dict[str, Callable[[Doc], str]] = {
    "text": text,
    "docx": lambda doc: text_of(docx(doc)),
    "odt": lambda doc: text_of(odt(doc)),
    "pdf": lambda doc: text_of(pdf(doc)),
}


@dataclass
class Score:
    documents: int = 0
    right: Counter[str] = field(default_factory=Counter)
    unrecognised: int = 0
    lines: int = 0


def measure(layouts: Sequence[Layout], form: str, verbose: bool = False) -> Score:
    score = Score()
    for layout in layouts:
        for region in ALL_REGIONS:
            doc = layout.make(region)
            source = FORMATS[form](doc)
            parsed = parse_addendum(source)
            wanted, found = expected(region, doc), read_back(parsed.to_json())
            score.documents += 1
            score.lines += sum(1 for line in raw_lines(source) if line.strip())
            score.unrecognised += len(parsed.unrecognised)
            score.right.update(name for name in FIELDS if right(name, wanted[name], found[name]))
            if verbose:
                _show(f"{form} {layout.name} {region.area}", wanted, found, parsed)
    return score


def _show(title: str, wanted: dict[str, object], found: dict[str, object], parsed: ParsedAddendum) -> None:
    wrong = [name for name in FIELDS if not right(name, wanted[name], found[name])]
    if wrong or parsed.unrecognised:
        print(f"=== {title}")
    for name in wrong:
        print(f"  {name}\n    + {wanted[name]}\n    - {found[name]}")
    for line in parsed.unrecognised:
        print(f"  ? {line.line}: {line.text}")
