"""What the tests of calls share: the corpus, a draft from it, and sending a form back as it was shown."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.accounts.models import User
from app.addenda.importing import decode
from app.addenda.reviewing.imports import create_draft
from app.infra.database import db
from app.regions.models import Municipality, ServiceArea
from tests import factories as make

CORPUS = Path(__file__).parent / "corpus"
TOWNS = ("Bornem", "Puurs-Sint-Amands", "Willebroek")


def source(name: str = "klein-brabant-vaartland") -> str:
    return decode((CORPUS / f"{name}.txt").read_bytes())


def make_area() -> tuple[ServiceArea, User]:
    """The region of the corpus file with its real municipalities, and its regisseur."""
    region = make.make_region("Klein-Brabant Vaartland", municipalities=())
    with make.transaction():
        region.municipalities = [Municipality(name=name) for name in TOWNS]
        db.session.add(region)
    return region, make.make_regisseur(region)


def imported() -> tuple[int, User]:
    """A draft from the corpus file, and its regisseur."""
    region, regisseur = make_area()
    draft = create_draft(region.id, by=make.actor(regisseur), text=source(), source_name="addendum.txt")
    return draft, regisseur


class _Fields(HTMLParser):
    """The fields of the last form with a `version`, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self._area: str | None = None
        self._select: str | None = None
        self._chosen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "form":
            self.forms.append([])
        elif tag == "input" and name and self.forms:
            ticked = found.get("type") not in ("checkbox", "radio") or "checked" in found
            if ticked and found.get("type") != "file":
                self.forms[-1].append((name, found.get("value") or ""))
        elif tag == "textarea":
            self._area = name
            self.forms[-1].append((name, ""))
        elif tag == "select":
            self._select, self._chosen = name, ""
        elif tag == "option" and self._select and "selected" in found:
            self._chosen = found.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select:
            self.forms[-1].append((self._select, self._chosen))
            self._select = None
        elif tag == "textarea":
            name, text = self.forms[-1][-1]
            self.forms[-1][-1] = (name, text.removeprefix("\n").removeprefix("\r\n"))
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            name, text = self.forms[-1][-1]
            self.forms[-1][-1] = (name, text + data)


def fields(response: TestResponse) -> MultiDict[str, str]:
    """What the form on this page would send."""
    reader = _Fields()
    reader.feed(response.get_data(as_text=True))
    return MultiDict(next(form for form in reader.forms if any(name == "version" for name, _ in form)))


def send(client: FlaskClient, path: str, **changes: Any) -> TestResponse:
    """Open a page, change some of its fields, and send it."""
    data = fields(client.get(path))
    for name, value in changes.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return client.post(path, data=data)
