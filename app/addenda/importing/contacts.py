"""Contact persons and the place to submit, from labelled blocks, tables, lists or sentences."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from .joining import Joiner
from .result import Contact, Submission
from .source import Line

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?!\w)")
URL = re.compile(r"(?:https?://|www\.)[^\s,;<>()\"“”]{3,300}", re.IGNORECASE)
PHONE = re.compile(
    r"(?<![\w/.@])(?:\+\s?32|0032|0)[\s./()-]{0,2}(?:\(0\)\s?)?\d(?:[\s./()-]{0,2}\d){6,9}(?!\d)"
)

_BROKEN_ADDRESS = re.compile(r"(@(?:[\w.-]*[-.]|[\w-]{1,60})) ((?:[\w-]+\.)+[a-z]{2,})\b")

_SENTENCE = re.compile(
    r"(?<=[.?!])(?<!tel\.)(?<!dhr\.)(?<!mevr\.)(?<!mw\.)(?<!mr\.)(?<!nr\.)(?<!gsm\.)(?-i:(?<!\b[A-Z]\.))\s{1,3}(?-i:(?=[A-ZÀ-Ý]))",
    re.IGNORECASE,
)
_SUBMIT = re.compile(
    r"aanlever|aangeleverd|indien|ingediend|\bdien\b.{0,60}\bin\b|bezorg|inzend|opla[ad]|opgeladen|doorst?ur|"
    r"\bstuur\w*\b.{0,60}\bkandidat|kandida(?:turen|tuur|ten)\b.{0,40}(?:via|naar|op|aan|bij|:)|"
    r"kandidaat (?:te )?stellen|stel je kandidaat",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"(?:(?:heb je |nog |inhoudelijke )*(?:meer weten|meer info\w*|vragen)\b[^.:?]{0,40}[?:]"
    r"|(?:(?:de|je|uw) )?kandida(?:turen|tuur|ten)\b.{0,40}\b(?:naar|via|aan|op)\b"
    r"|(?:stuur|mail|bezorg|dien)\b.{0,40}\b(?:kandida|vragen|voorstel))",
    re.IGNORECASE,
)
_SAME = re.compile(r"\b(?:hetzelfde|datzelfde|bovenstaande?) (?:e-?)?(?:mail)?-?adres\b", re.IGNORECASE)
_ASK = re.compile(r"\bvra(?:ag|gen)\b|inhoudelijk|informatie|\bcontact|toelichting", re.IGNORECASE)
_CELL = re.compile(r"\s?[,;|•]\s?|\t+|\s{3}|\s[–—-]\s|[()]|\s/\s|:\s+|:$|\s(?=\bvia\b|\bof\b)")
_LEAD = re.compile(
    r"^.{0,160}\b(?:contact(?:\s?op)?(?:\s?nemen)?\s?met|contacteer\w*|"
    r"terecht bij|tot|met|bij|aan|naar|bereik\w*|is|"
    r"zijn|mail|bel|vraag)\s+(?=(?:(?:dhr|mevr|mw|dr|ir)\.?\s|mevrouw\s|meneer\s|de heer\s)?(?-i:[A-ZÀ-Ý]))",
    re.IGNORECASE,
)  # fmt: skip
_PARTICLE = r"(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Tt]e[nr]|['’]t|[Vv]ande[nr]?|[Ee]l|[Bb]en|da|dos|du|[Ll][ea])"
_CAPITAL = r"[A-ZÀ-Ý][\w'’.]{0,30}(?:-[A-ZÀ-Ý]?[\w'’]{1,30}){0,2}"
_NAME = re.compile(
    rf"(?:(?:[Dd]hr|[Mm]evr|[Mm]w|[Mm]evrouw|[Mm]eneer|[Dd]e heer|[Dd]r|[Ii]r)\.?\s)?"
    rf"(?P<name>{_CAPITAL}(?:\s(?:{_PARTICLE}\s){{0,3}}{_CAPITAL}){{1,3}})(?![\w-])"
)
_ROLE = re.compile(
    r"regisseur|co[oö]rdinator|consulent|medewerk|projectleid|diensthoofd|adviseur|manager|directeur|verantwoordelijk|"
    r"beleid|sociale?\b|economie|\bwerk\b|dienst|\bstad\b|gemeente|ocmw|vdab|\bregio|\bteam\b|lokaa?l|bestuu?r|loket|"
    r"expert|deskundige|ambtenaar|hoofd|schepen|partnerschap|addendum|kandida|mail|telefoon|contact|vragen|naam|functie|trekker|begeleid",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"^(?:(?:e-?mail(?:adres)?|mail|bel|(?:te )?(?:bereiken|bereikbaar)|tel(?:efoon)?(?:nummer)?|t|e|m|"
    r"gsm(?:-nummer)?|mobiel|naam|functie|rol|organisatie|via|op|of|en|het|"
    r"nummer|naar|bereikbaar|contact(?:persoon)?|is|met|website|web|url|telefonisch|per|adres|kan|je|ook)\b[\s.:]*)+",
    re.IGNORECASE,
)

_FOR = re.compile(rf"(?P<label>[A-ZÀ-Ý][\w' -]{{2,40}}):\s+(?={_NAME.pattern})")
_TAIL = re.compile(
    r"[\s,]+(?:(?:te )?(?:bereiken|bereikbaar|contacteren)|telefonisch|via|op|per|mail)(?:\s\w{1,12}){0,2}$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Person:
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    roles: list[str] = field(default_factory=list)

    def reachable(self) -> bool:
        return bool(self.email or self.phone)

    def contact(self) -> Contact:
        return Contact(self.name, ", ".join(self.roles) or None, self.email, self.phone)


@dataclass(slots=True)
class ContactReading:
    """`contact_lines` and `submission_lines` are the lines that gave something."""

    contacts: list[Contact] = field(default_factory=list)
    submission: Submission = field(default_factory=Submission)
    contact_lines: list[Line] = field(default_factory=list)
    submission_lines: list[Line] = field(default_factory=list)


def read_contacts(contact: Sequence[Line], submission: Sequence[Line], joiner: Joiner) -> ContactReading:
    """`submission` are the lines under a heading of their own; else the sentences about handing in count."""
    reading = ContactReading()
    for text, lines in _sentences(submission, joiner):
        _submit(text, lines, reading)
    people = _People()
    shared: list[tuple[str, list[Line]]] = []
    announced = False
    for text, lines in _sentences(contact, joiner):
        reachable = bool(EMAIL.search(text) or URL.search(text))
        about_submission = bool(_SUBMIT.search(text))
        if (about_submission and not _ASK.search(text) or announced) and reachable:
            _submit(text, lines, reading)
        elif people.read(text):
            reading.contact_lines.extend(lines)
            if about_submission:
                shared.append((text, lines))
        elif about_submission:
            _point_to(text, lines, people, reading)
        announced = about_submission and not _ASK.search(text) and not reachable
    for text, lines in shared:
        _submit(text, lines, reading)
    reading.contacts = people.contacts()
    return reading


def _point_to(text: str, lines: list[Line], people: "_People", reading: ContactReading) -> None:
    """A sentence about handing in without an address: it is the same one, or comes next."""
    if _SAME.search(text):
        _submit(people.only_email(), lines, reading)
    elif text.endswith(":"):
        reading.submission_lines.extend(lines)


def _submit(text: str, lines: list[Line], reading: ContactReading) -> None:
    email, url = EMAIL.search(text), URL.search(text)
    if not email and not url:
        return
    known = reading.submission
    reading.submission = Submission(
        known.email or (email[0] if email else None), known.url or (url[0].rstrip(".") if url else None)
    )
    reading.submission_lines.extend(lines)


def _sentences(lines: Sequence[Line], joiner: Joiner) -> Iterator[tuple[str, list[Line]]]:
    """Sentences and separate entries, each with the lines it stands on."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and joiner.continues(groups[-1][-1].text, line) and not _starts_anew(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    for group in groups:
        text = joiner.text(_glue(line.text) for line in group)
        pieces = [piece for piece in _SENTENCE.split(text[:20_000]) if piece]
        for piece in pieces:
            yield piece, group


def _starts_anew(above: Line, line: Line) -> bool:
    """A labelled entry, or a new sentence below an address or a number that happened to fill its line."""
    if re.match(r"(?:e-?mail|tel|telefoon|gsm|naam|functie)\b\s?[.:]", line.text, re.IGNORECASE):
        return True
    end = above.text[-60:]
    closed = any(
        match.end() == len(end) for pattern in (EMAIL, PHONE, URL) for match in pattern.finditer(end)
    )
    return closed and line.text[0].isupper()


def _glue(text: str) -> str:
    return re.sub(r"\t+|\s{3,}", " | ", _BROKEN_ADDRESS.sub(r"\1\2", text))


class _People:
    def __init__(self) -> None:
        self._people: list[_Person] = []
        self._waiting: list[str] = []

    def contacts(self) -> list[Contact]:
        if self._people and self._waiting and not self._people[-1].roles:
            self._people[-1].roles.extend(self._waiting)
        return [person.contact() for person in self._people if person.name or person.reachable()]

    def only_email(self) -> str:
        """The one address that was given, which `the same address` then means; empty when there are more."""
        found = {person.email for person in self._people if person.email}
        return found.pop() if len(found) == 1 else ""

    def read(self, text: str) -> bool:
        """Whether the sentence gave anything about a person."""
        before = self._known()
        entry = _FOR.match(text)
        label = entry["label"] if entry and not _ROLE.search(entry["label"]) else ""
        for cell in _cells(text[entry.end() :] if entry and label else text):
            self._cell(cell)
        if label and self._is_open() and not self._people[-1].roles:
            self._people[-1].roles.append(label)
        return self._known() > before

    def _known(self) -> tuple[int, int]:
        """Grows with everything learnt; only the last two people can still change."""
        facts = sum(
            len(one.roles) + bool(one.name) + bool(one.email) + bool(one.phone) for one in self._people[-2:]
        )
        return len(self._people), facts + len(self._waiting)

    def _cell(self, cell: str) -> None:
        email, phone = EMAIL.search(cell), PHONE.search(cell)
        words = URL.sub(" ", PHONE.sub(" ", EMAIL.sub(" ", cell))).strip(" .:;,-–?!")
        words = _TAIL.sub("", _NOISE.sub("", words)).strip(" .:;,-–?!")
        if words:
            self._words(words)
        if email:
            self._person(lambda person: person.email not in (None, email[0])).email = email[0]
        if phone:
            person = self._person(lambda _person: False)
            person.phone = person.phone or re.sub(r"\s+", " ", phone[0].strip())

    def _person(self, is_full: Callable[[_Person], bool]) -> _Person:
        if not self._people or is_full(self._people[-1]):
            self._people.append(_Person())
        return self._people[-1]

    def _words(self, words: str) -> None:
        led = _LEAD.sub("", words)
        match = _NAME.match(led)
        if match and not _ROLE.search(match["name"]):
            self._name(match["name"], led[match.end() :].strip(" .,:-–"))
        elif len(words) <= 140 and (self._is_open() or _ROLE.search(words)) and not _is_sentence(words):
            self._role(words)

    def _name(self, name: str, rest: str) -> None:
        person = self._person(lambda each: each.name is not None)
        person.name = name
        person.roles.extend(self._waiting)
        self._waiting = []
        if len(rest) > 3 and not _is_sentence(rest):
            person.roles.append(re.sub(r"^(?:van|bij|is|als)\s+(?:de\s|het\s)?", "", rest))

    def _is_open(self) -> bool:
        return bool(self._people and self._people[-1].name)

    def _role(self, words: str) -> None:
        if self._is_open() and not (self._people[-1].reachable() and self._people[-1].roles):
            self._people[-1].roles.append(words)
        elif _ROLE.search(words):
            self._waiting.append(words)


def _cells(text: str) -> Iterator[str]:
    """Commas, bars, brackets and labels separate; addresses and numbers are taken out of harm's way first."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f" , \x02{len(kept) - 1}\x03 , "

    for pattern in (EMAIL, URL, PHONE):
        text = pattern.sub(keep, text)
    for cell in _CELL.split(text):
        cell = cell.strip()
        if cell:
            yield re.sub("\x02(\\d+)\x03", lambda match: kept[int(match[1])], cell)


def _is_sentence(words: str) -> bool:
    return bool(
        re.search(
            r"\b(?:je|jij|kan|kunt|kunnen|heb|hebt|neem|wil|wilt|gelieve|vragen|vraag|stuur|via|kandidatuur)\b|\?",
            words,
            re.IGNORECASE,
        )
    )
