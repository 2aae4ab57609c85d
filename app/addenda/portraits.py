"""The own illustrations for personas, by the number that is stored (app/static/portraits)."""

PORTRAITS = {
    1: ("wilg", "Vrouw met halflang rood haar en een gele trui"),
    2: ("meidoorn", "Oudere man met bril en grijze snor"),
    3: ("eik", "Man met een bruine baard en een groene trui"),
    4: ("es", "Jonge man met kort zwart haar en een oranje trui"),
    5: ("hazel", "Vrouw met een grote bos zwarte krullen"),
    6: ("linde", "Vrouw met blond opgestoken haar en een rode trui"),
    7: ("vlier", "Vrouw met een groene hoofddoek"),
    8: ("berk", "Oudere vrouw met grijs haar en een bril"),
}


def portrait_key(number: int) -> str:
    """The file name without extension; an unknown number shows the sixth."""
    return PORTRAITS.get(number, PORTRAITS[6])[0]


def portrait_text(number: int, own: str) -> str:
    """What is to be seen: the own words, else those of the illustration."""
    return own or PORTRAITS.get(number, PORTRAITS[6])[1]


def own_text(number: int, text: str) -> str:
    """The words for this portrait; those of another illustration were left from an earlier choice."""
    others = {known for other, (_, known) in PORTRAITS.items() if other != number}
    return "" if text in others else text
