"""Texts that are not finished, or hard to read."""

import re

LONGEST_SENTENCE = 30  # words
_PLACEHOLDER = re.compile(
    r"\{[^{}\n]{1,60}\}"
    r"|\[[^\[\]\n]{0,60}(?:vul|invullen|aanvullen|naam|datum|gemeente|regio|aantal)[^\[\]\n]{0,60}\]"
    r"|(?:nog )?(?:in|aan) te vullen"
    r"|(?:\.{3}|…)\s*(?:invullen|aanvullen)|(?:invullen|aanvullen)\s*(?:\.{3}|…)"
    r"|\b(?:lorem ipsum|xxx+|tbd|n\.n\.t\.b\.)"
    r"|_{4,}",
    re.IGNORECASE,
)


def placeholders(text: str) -> tuple[str, ...]:
    """What somebody left to be filled in: "{naam}", "[datum invullen]", "nog in te vullen", "____"."""
    return tuple(dict.fromkeys(found.group(0) for found in _PLACEHOLDER.finditer(text)))


def long_sentences(text: str) -> int:
    """How many sentences have more than thirty words. A line of its own is a sentence of its own."""
    sentences = re.split(r"[.!?…:;]+(?=\s|$)|\n\s*\n|\n\s*[-•–*]", text)
    return sum(len(re.findall(r"\w[\w'’-]*", one)) > LONGEST_SENTENCE for one in sentences)
