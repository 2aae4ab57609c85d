"""The forms of a proposal."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.errors import DomainError
from app.infra.forms import Form, VersionedForm, cleaned
from app.infra.messages import say
from app.proposals.wording import ANSWER_PARTS, EXPECTATIONS, TEXT_LIMIT

_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")


def not_too_long(_form: Any, field: Field) -> None:
    if len(field.data or "") > TEXT_LIMIT:
        raise ValidationError(say(DomainError("text_too_long", maximum=TEXT_LIMIT)))


def text_area(label: str, hint: str = "") -> Any:
    return TextAreaField(label, description=hint, filters=[cleaned], validators=[not_too_long])


class AmountField(StringField):  # type: ignore[misc]
    """A number as people in Flanders write it: "1,5", "45.000", "€ 1.234,50"; `amount` is exact."""

    amount: Decimal | None = None

    def __init__(self, label: str, *, maximum: int, **kwargs: Any) -> None:
        super().__init__(label, filters=[cleaned], **kwargs)
        self.maximum = maximum

    def pre_validate(self, form: Any) -> None:
        self.amount = None
        if not self.data:
            return
        plain = _plain(self.data)
        if not _NUMBER.fullmatch(plain):
            raise ValidationError(say(DomainError("amount_invalid")))
        value = Decimal(plain)
        if not 0 <= value <= self.maximum:
            shown = f"{self.maximum:,}".replace(",", ".")
            raise ValidationError(say(DomainError("amount_out_of_range", maximum=shown)))
        self.amount = value.quantize(Decimal("0.01"))

    def canonical(self) -> str:
        return "" if self.amount is None else f"{self.amount:.2f}"


def _plain(text: str) -> str:
    """Dutch notation -> what Decimal reads. A lone point is a decimal point unless it groups thousands."""
    bare = re.sub(r"[€\s\u00a0\u202f]", "", text)
    if "," in bare:
        return bare.replace(".", "").replace(",", ".", 1)
    return bare.replace(".", "") if _THOUSANDS.fullmatch(bare) else bare


def shown_amount(canonical: str) -> str:
    """ "45000.00" -> "45000", "1.50" -> "1,5": how a stored amount stands in its field."""
    return canonical.rstrip("0").rstrip(".").replace(".", ",") if "." in canonical else canonical


class ChoicesField(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata([one for one in valuelist if one])


class _GeneralBase(VersionedForm):
    summary = text_area("Samenvatting", "Wat willen jullie doen, voor wie en waarom jullie?")
    service_types = ChoicesField("Welke diensten bieden jullie?", coerce=int)
    capacity_fte = AmountField("Capaciteit in voltijdse equivalenten", maximum=9999)
    cost_estimate = AmountField("Kostenraming in euro", maximum=9_999_999_999)
    coordinator = BooleanField("We willen het partnerschap mee coördineren")
    references = text_area(
        "Referenties", "Wie kan vertellen over jullie werk? Noem organisaties, geen cliënten."
    )
    truthful = BooleanField("Wat in deze kandidatuur staat, klopt")
    no_client_data = BooleanField("Er staan geen gegevens van cliënten in deze kandidatuur")


GeneralForm: type[_GeneralBase] = type(
    "GeneralForm", (_GeneralBase,), {one.key: text_area(one.label, one.hint) for one in EXPECTATIONS}
)


def typed_general(form: Any) -> dict[str, str]:
    """The form as the texts of `services.general_values`."""
    values = {
        name: form[name].data or "" for name in ("summary", "references", *(e.key for e in EXPECTATIONS))
    }
    ticks = ("coordinator", "truthful", "no_client_data")
    return values | {
        "service_types": ",".join(str(one) for one in sorted(form.service_types.data or [])),
        "capacity_fte": form.capacity_fte.canonical(),
        "cost_estimate": form.cost_estimate.canonical(),
        **{name: "1" if form[name].data else "" for name in ticks},
    }


def general_data(values: dict[str, str]) -> dict[str, Any]:
    """The texts of `services.general_values` as the form shows them."""
    data: dict[str, Any] = dict(values)
    data["service_types"] = [int(one) for one in values["service_types"].split(",") if one]
    for name in ("capacity_fte", "cost_estimate"):
        data[name] = shown_amount(values[name])
    for name in ("coordinator", "truthful", "no_client_data"):
        data[name] = bool(values[name])
    return data


def answer_form(names: Sequence[str]) -> type[VersionedForm]:
    """A form with one text area for each "part-obstacle" name."""
    parts = {part.key: part for part in ANSWER_PARTS}
    fields = {name: text_area(parts[name.partition("-")[0]].label) for name in names}
    return type("AnswerForm", (VersionedForm,), fields)


class ActForm(Form):
    """Only the protection against forged requests."""


class OpeningForm(Form):
    independent = BooleanField("Ik hoor bij geen organisatie die een kandidatuur indiende")


class SubmitForm(Form):
    key = HiddenField()
    seen = HiddenField()


class WithdrawForm(Form):
    reason = text_area("Reden", "Je hoeft geen reden te geven. Ze blijft bij jullie kandidatuur bewaard.")


class OrganisationForm(Form):
    organisation_id = RadioField("Voor welke organisatie?", coerce=int, validators=[InputRequired()])
