"""Every mail is in the catalogue, has a sample, and leaves in the one look."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask

from app.accounts.invitations import _kinds as invitation_kinds
from app.accounts.mails.presenters import written
from app.admissibility.telling import _TEMPLATES as formal_kinds
from app.infra import clock
from app.infra.database import db
from app.notifications.examples import examples
from app.notifications.groups import GROUPS, optional_groups
from app.notifications.kinds import KINDS, UnknownKind
from app.notifications.look import blocks_of
from app.notifications.services import Recipient, enqueue

ROOT = Path(__file__).parents[2]
PARTS = {
    "invitation.": set(invitation_kinds),
    "admissibility.": set(formal_kinds),
    "organisation.merge_": {"proposed", "agreed", "refused"},
}
STIFF = r"\b(u|uw|gelieve|teneinde|betreffende|middels|dient te|conform|inzake)\b"
SENDING = {"enqueue", "enqueue_all", "tell", "_tell"}
MAY_BE_OFF = {"proposal.reminder", "proposal.opened", "jury.reminder", "publication_asked"}


def kinds_in_the_code() -> set[str]:
    """What stands as the first text in a call of SENDING."""
    found: set[str] = set()
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SENDING:
                for argument in node.args[:2]:
                    found |= _texts(argument)
    return {one for one in found if one in KINDS or "." in one}


def _texts(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return _texts(node.body) | _texts(node.orelse)
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        first = str(node.values[0].value)
        return {f"{first}{one}" for one in PARTS.get(first, ())}
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_every_mail_that_the_code_sends_is_in_the_catalogue_and_none_in_it_is_unused() -> None:
    assert kinds_in_the_code() == set(KINDS)


def test_a_kind_that_nobody_can_explain_cannot_be_queued(app: Flask) -> None:
    with pytest.raises(UnknownKind):
        enqueue(
            "something",
            to=Recipient("mia@voorbeeld.be"),
            subject="x",
            template="accounts/mail_reset",
            at=clock.read(),
        )
    assert not db.session.new


def test_only_these_can_be_switched_off() -> None:
    free = {one.key for one in optional_groups()}
    assert {one.key for one in KINDS.values() if one.group in free} == MAY_BE_OFF
    assert {one.group for one in KINDS.values()} == set(GROUPS)


def test_every_kind_has_a_sample_and_every_mail_template_is_in_one(app: Flask) -> None:
    assert set(examples()) == set(KINDS)
    shown = {one.template for one in examples().values()}
    there = {
        str(path.relative_to(ROOT / "templates")).removesuffix(".txt")
        for path in (ROOT / "templates").glob("*/mail_*.txt")
    }
    assert shown == there


class Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_mail_leaves_in_the_one_look(app: Flask, kind: str) -> None:
    """One heading, a language, no picture without words, links that say where they lead, and why."""
    mail = written(kind, examples()[kind])
    page = Outline()
    page.feed(mail.html)
    assert [tag for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)] == ["h1"]
    assert page.all("html")[0]["lang"] == "nl"
    assert page.all("meta")[2] == {"name": "color-scheme", "content": "light dark"}
    assert {"img", "script", "link", "iframe", "form"} & {tag for tag, _ in page.tags} == set()
    assert "omdat " + KINDS[kind].why in mail.text
    assert not re.search(r">\s*https?://", mail.html), "an address is no name for a link"
    assert ("/mijn-account/mails" in mail.text) is KINDS[kind].account
    assert len(page.all("a")) == len(re.findall(r"https?://", mail.text))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_text_is_plain(app: Flask, kind: str) -> None:
    """Short sentences, "je", no exclamation marks, no holes, and no empty lines in a row."""
    text = written(kind, examples()[kind]).text
    body = text.partition("\n-- \n")[0]
    assert not re.search(
        r"\b(u|uw|gelieve|teneinde|betreffende|middels|dient te|conform|inzake)\b", body, re.I
    )
    assert "!" not in body and "None" not in body and "\n\n\n" not in body.replace(" ", "")
    for sentence in re.split(r"(?<=[.?:])\s+", re.sub(r"\n+", ". ", body)):
        assert len(sentence.split()) <= 26, sentence
    assert not re.search(r"Wat volgt: .*\n[^\n]", body), "a paragraph of its own"
    assert all(len(line.rstrip()) == len(line) for line in body.split("\n"))


def test_what_somebody_typed_is_never_a_link_of_ours() -> None:
    found = blocks_of(
        "Beste,\n\nhttps://kwaad.example/x\nhttps://ons.example/a#b", {"https://ons.example/a": "Lees"}
    )
    assert [(one.kind, one.lines) for one in found] == [
        ("text", ("Beste,",)),
        ("text", ("https://kwaad.example/x",)),
        ("link", ("Lees",)),
    ]


def test_lists_become_lists() -> None:
    found = blocks_of("Dit ontbreekt:\n- een\n- twee\nen dat is het", {})
    assert [(one.kind, one.lines) for one in found] == [
        ("text", ("Dit ontbreekt:",)),
        ("list", ("een", "twee")),
        ("text", ("en dat is het",)),
    ]
