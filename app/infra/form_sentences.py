"""What WTForms itself says of a field, in our words: its own Dutch speaks of floats and of None, and repeats
whatever was sent."""

_CHOICE = "Kies een van de mogelijkheden."
_CHOICES = "Kies uit de mogelijkheden."
_WHOLE = "Vul een geheel getal in, zoals 12."
_NUMBER = "Vul een getal in, zoals 12,5."
_AGAIN = "Laad de pagina opnieuw en probeer nog eens."

SENTENCES = {
    "This field is required.": "Vul dit in.",
    "Invalid input.": "Dit kan hier niet.",
    "Field must be equal to %(other_name)s.": "Dit is niet hetzelfde als hierboven.",
    "Field must be between %(min)d and %(max)d characters long.": "Gebruik %(min)d tot %(max)d tekens.",
    "Number must be at least %(min)s.": "Vul een getal in van minstens %(min)s.",
    "Number must be at most %(max)s.": "Vul een getal in van hoogstens %(max)s.",
    "Number must be between %(min)s and %(max)s.": "Vul een getal in van %(min)s tot %(max)s.",
    "Invalid email address.": "Dit is geen e-mailadres.",
    "Invalid IP address.": "Dit is geen IP-adres.",
    "Invalid Mac address.": "Dit is geen adres van een toestel.",
    "Invalid URL.": "Dit is geen webadres.",
    "Invalid UUID.": "Dit kenmerk bestaat niet.",
    "Invalid value, must be one of: %(values)s.": _CHOICE,
    "Invalid value, can't be any of: %(values)s.": "Dit kan hier niet.",
    "This field cannot be edited.": "Dit kan niet worden gewijzigd.",
    "This field is disabled and cannot have a value.": "Dit kan nu niet worden ingevuld.",
    "Invalid field name '%s'.": "Er is geen veld %s.",
    "Invalid CSRF Token.": _AGAIN,
    "CSRF token missing.": _AGAIN,
    "CSRF failed.": _AGAIN,
    "CSRF token expired.": _AGAIN,
    "Invalid Choice: could not coerce.": _CHOICE,
    "Not a valid choice.": _CHOICE,
    "Choices cannot be None.": "Er valt niets te kiezen.",
    "Invalid choice(s): one or more data inputs could not be coerced.": _CHOICES,
    "Not a valid datetime value.": "Vul een dag en een uur in.",
    "Not a valid date value.": "Vul een datum in die bestaat, met dag, maand en jaar.",
    "Not a valid time value.": "Vul een uur in, zoals 14:30.",
    "Not a valid week value.": "Vul een week in.",
    "Not a valid integer value.": _WHOLE,
    "Not a valid decimal value.": _NUMBER,
    "Not a valid float value.": _NUMBER,
}

COUNTED = {
    "Field must be at least %(min)d character long.": "Gebruik minstens %(min)d {word}.",
    "Field cannot be longer than %(max)d character.": "Dit is te lang: hoogstens %(max)d {word}.",
    "Field must be exactly %(max)d character long.": "Gebruik precies %(max)d {word}.",
    "'%(value)s' is not a valid choice for this field.": _CHOICES,
}


class Sentences:
    """What WTForms asks of a catalogue; an unknown sentence stays what it was, as those in Dutch do."""

    def gettext(self, text: str) -> str:
        return SENTENCES.get(text, text)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        found = COUNTED.get(singular)
        if found is None:
            return self.gettext(singular if count == 1 else plural)
        return found.replace("{word}", "teken" if count == 1 else "tekens")
