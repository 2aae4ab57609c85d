"""Forms about the thesaurus. What is wrong with a concept the rules say (`domain.thesaurus_rules`)."""

from typing import Any

from wtforms import SelectField, StringField, TextAreaField

from app.domain.life_domains import LIFE_DOMAINS
from app.domain.thesaurus import Concept
from app.infra.forms import Form, VersionedForm, cleaned, stripped
from app.matching.vocabulary.services import ConceptDraft


class _Wanted:
    """Marks a field as needed; the rules say so in words, and trying out goes on without."""

    field_flags = {"required": True}

    def __call__(self, _form: Any, _field: Any) -> None:
        pass


def _lines(value: str | None) -> tuple[str, ...]:
    return tuple(found for line in (value or "").splitlines() if (found := " ".join(line.split())))


def _by_line(label: str, hint: str, rows: int = 4, wanted: bool = False) -> TextAreaField:
    needed = [_Wanted()] if wanted else []
    return TextAreaField(
        label, description=hint, filters=[cleaned], validators=needed, render_kw={"rows": rows}
    )


class TryForm(Form):
    """A need and an offer to try a thesaurus on."""

    need = TextAreaField("Nood of obstakel", filters=[cleaned], render_kw={"rows": 3})
    offer = TextAreaField("Aanbod", filters=[cleaned], render_kw={"rows": 5})

    def typed(self) -> tuple[str, str]:
        return (self.need.data or "").strip(), (self.offer.data or "").strip()


class CompareForm(TryForm):
    beside = SelectField("Vergelijk met")


class ReasonForm(VersionedForm):
    reason = TextAreaField(
        "Waarom",
        description="Wie later in de geschiedenis kijkt, leest dit.",
        filters=[cleaned],
        validators=[_Wanted()],
        render_kw={"rows": 2},
    )


class ConceptForm(ReasonForm, TryForm):
    name = StringField("Naam", filters=[stripped], validators=[_Wanted()])
    domain = SelectField("Levensdomein", choices=[("", "Geen"), *((one, one) for one in LIFE_DOMAINS)])
    note = TextAreaField(
        "Uitleg",
        description="Eén korte zin: wat het betekent.",
        filters=[cleaned],
        validators=[_Wanted()],
        render_kw={"rows": 2},
    )
    words = _by_line(
        "Woorden",
        "Eén woord of korte zin per regel: synoniemen, afkortingen, andere schrijfwijzen. "
        "Meervouden en samenstellingen hoeven niet.",
        8,
        wanted=True,
    )
    field = _by_line("Woorden die eraan doen denken", "Eén per regel. Een hint: pas met meer samen telt het.")
    broader = _by_line("Ruimer", "Waar dit een vorm van is. Eén naam van een begrip per regel.", 3)
    related = _by_line("Verwant", "Begrippen die in de buurt liggen. Eén per regel.", 3)
    helps = _by_line("Helpt bij", "De problemen die deze hulp wegneemt. Eén per regel.", 5)

    def draft(self) -> ConceptDraft:
        return ConceptDraft(
            (self.name.data or "").strip(),
            self.domain.data or "",
            _lines(self.words.data),
            _lines(self.broader.data),
            _lines(self.related.data),
            _lines(self.helps.data),
            " ".join((self.note.data or "").split()),
            _lines(self.field.data),
        )


def as_typed(one: Concept, known: dict[str, Concept]) -> dict[str, Any]:
    """What the form shows of a concept; others by their names."""

    def names(ids: tuple[str, ...]) -> str:
        return "\n".join(known[id].name if id in known else id for id in ids)

    return {
        "name": one.name,
        "domain": one.domain,
        "note": one.note,
        "words": "\n".join(one.words),
        "field": "\n".join(one.field),
        "broader": names(one.broader),
        "related": names(one.related),
        "helps": names(one.helps),
    }
