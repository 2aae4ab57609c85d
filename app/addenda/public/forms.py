"""The search form above the list of calls; it is sent with GET and never wrong, only empty."""

from wtforms import Form, IntegerField, SelectField, StringField
from wtforms.validators import Length, Optional

from app.addenda.editor.forms_base import one_line
from app.addenda.public.search import Search
from app.domain.life_domains import LIFE_DOMAINS
from app.infra.forms import Whole

LONGEST = 200  # characters: whoever pastes a paragraph searches with its beginning
STATES = {"open": "Open", "soon": "Sluit binnenkort", "closed": "Gesloten"}


def _beginning(text: str | None) -> str | None:
    return text[:LONGEST] if text else text


def _id(value: object) -> int | str:
    """A municipality's id, or "" for all."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else ""


class SearchForm(Form):  # type: ignore[misc]
    class Meta(Whole):
        pass

    q = StringField(
        "Zoek in alle oproepen", [Optional(), Length(max=LONGEST)], filters=[one_line, _beginning]
    )
    municipality = SelectField("Gemeente", coerce=_id, name="gemeente")
    life_domain = SelectField("Levensdomein", name="levensdomein")
    state = SelectField("Stand", name="stand", choices=[("", "Open en gesloten"), *STATES.items()])
    start = IntegerField(name="vanaf")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.municipality.choices = [("", "Alle gemeenten")]
        self.life_domain.choices = [("", "Alle levensdomeinen")]

    def offer(self, municipalities: list[tuple[int, str]], life_domains: list[str]) -> None:
        """The choices that lead to a call."""
        self.municipality.choices += municipalities
        self.life_domain.choices += [(one, one) for one in life_domains]

    def search(self) -> Search:
        """What was asked for; a value that is no choice counts as none."""
        domain, state, town = self.life_domain.data, self.state.data, self.municipality.data
        return Search(
            (self.q.data or "").strip(),
            town if isinstance(town, int) else None,
            domain if domain in LIFE_DOMAINS else "",
            state if state in STATES else "",
        )

    def active(self) -> dict[str, tuple[str, str]]:
        """The filters in use: name in the address -> (value there, words for people)."""
        wanted = self.search()
        towns = dict(self.municipality.choices)
        found = {
            "q": (wanted.text, f"“{wanted.text}”"),
            "gemeente": (
                str(wanted.municipality or ""),
                towns.get(wanted.municipality, "Een gemeente zonder oproepen"),
            ),
            "levensdomein": (wanted.life_domain, wanted.life_domain),
            "stand": (wanted.state, STATES.get(wanted.state, "")),
        }
        return {name: (value, words) for name, (value, words) in found.items() if value and words}

    def first(self, total: int, per_page: int) -> int:
        """The place of the first card, on a page border within the list."""
        wanted = self.start.data or 0
        return wanted - wanted % per_page if 0 < wanted < total else 0
