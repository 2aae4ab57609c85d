"""Reading the files back without the libraries that wrote them."""

import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import pdfplumber
from flask.testing import FlaskClient

from tests.evaluation.world import World

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Rows = list[list[Any]]


def get(client: FlaskClient, world: World, what: str, **arguments: Any) -> bytes:
    response = client.get(f"/oproepen/{world.call.id}/{what}", query_string=arguments)
    assert response.status_code == 200, response.status_code
    return response.get_data()


def pdf_text(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


class Workbook:
    """`sheets`: {name: rows}; a cell is a str, a float or None. `formulas`: cells that calculate."""

    def __init__(self, data: bytes) -> None:
        self.parts = zipfile.ZipFile(io.BytesIO(data))
        self.strings = [
            "".join(one.text or "" for one in item.iter(f"{_MAIN}t"))
            for item in self._tree("xl/sharedStrings.xml").iter(f"{_MAIN}si")
        ]
        self.formulas: list[str] = []
        self.links = [name for name in self.parts.namelist() if "hyperlink" in name.lower()]
        names = [one.attrib["name"] for one in self._tree("xl/workbook.xml").iter(f"{_MAIN}sheet")]
        self.sheets: dict[str, Rows] = {
            name: self._rows(f"xl/worksheets/sheet{at}.xml") for at, name in enumerate(names, start=1)
        }

    def _tree(self, name: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.parts.read(name))

    def _rows(self, name: str) -> Rows:
        tree = self._tree(name)
        assert any(one.attrib.get("state") == "frozen" for one in tree.iter(f"{_MAIN}pane"))
        self.links += [one.tag for one in tree.iter(f"{_MAIN}hyperlink")]
        found: Rows = []
        for row in tree.iter(f"{_MAIN}row"):
            cells: list[Any] = []
            for cell in row.iter(f"{_MAIN}c"):
                self.formulas += [one.text or "" for one in cell.iter(f"{_MAIN}f")]
                at = _column(cell.attrib["r"])
                cells += [None] * (at - len(cells))
                value = cell.find(f"{_MAIN}v")
                text = (value.text if value is not None else None) or ""
                cells.append(self.strings[int(text)] if cell.attrib.get("t") == "s" else float(text))
            found.append(cells)
        return found


def _column(address: str) -> int:
    at = 0
    for letter in address.rstrip("0123456789"):
        at = at * 26 + ord(letter) - 64
    return at - 1
