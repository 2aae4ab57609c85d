"""What the words of a letter must meet."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.decisions.letters.wording import LIMIT, PARTS, Words
from app.domain.errors import DomainError
from app.domain.letter_texts import place_problems
from app.domain.readability import long_sentences, placeholders

DAYS_AHEAD = 7


def words_problems(outcome: str, words: Words) -> Iterator[DomainError]:
    """Everything that keeps these words from being saved, each at its field.

    Codes: letter_opening_missing, letter_words_too_long (fact `maximum`), those of `place_problems`.
    """
    if not words.opening.strip():
        yield DomainError("letter_opening_missing", field="opening")
    for field, text in words._asdict().items():
        if len(text) > LIMIT:
            yield DomainError("letter_words_too_long", field=field, maximum=LIMIT)
    yield from place_problems(outcome, words._asdict())


def reading_hints(words: Words) -> list[str]:
    """What may be hard to read or is not finished, as sentences; never a reason to refuse."""
    found = []
    for field, text in words._asdict().items():
        count = long_sentences(text)
        if count:
            long = "1 zin is" if count == 1 else f"{count} zinnen zijn"
            found.append(f"{PARTS[field]}: {long} langer dan dertig woorden. Kort leest beter.")
        open_ends = [one for one in placeholders(text) if not one.startswith("{")]
        if open_ends:
            found.append(f"{PARTS[field]}: dit lijkt nog in te vullen: {', '.join(open_ends)}.")
    return found


def check_day(day: date, today: date) -> None:
    """Letters are made for today or one of the next days. Raises `letter_day_out_of_range`."""
    if not today <= day <= today + timedelta(days=DAYS_AHEAD):
        raise DomainError("letter_day_out_of_range", field="day")
