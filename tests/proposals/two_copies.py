"""Two copies of one world that differ only in what rivals wrote and handed in, and everything that others can
get to see of either: every page, every refusal, every mail."""

import io
import itertools
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Flask
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.routing import Rule

from app.accounts.models import User
from app.addenda.amending.pending import load_for_editing, pending_of
from app.addenda.amending.services import publish_amendment
from app.addenda.drafting import editing
from app.addenda.drafting.drafts import read_section
from app.addenda.drafting.sections import Part, fingerprint
from app.domain.timeline import Phase
from app.evaluation.seats import invite_juror
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.delivery import deliver_due
from app.notifications.models import OutboxMessage
from app.proposals.amended.services import confirm_amendment
from app.proposals.files.attaching import attach
from app.proposals.handing_in.submitting import submit_proposal, withdraw_proposal
from app.proposals.seal.unsealing import sign_opening
from app.proposals.writing.drafts import working_content
from app.proposals.writing.merging import token
from app.proposals.writing.services import (
    answer_values,
    general_values,
    save_answers,
    save_general,
    start_proposal,
)
from tests import factories as make
from tests.architecture import test_probe as probe

START = "2026-05-04T10:00"
NOBODY_THERE = 987_654_321
# A second signature breaks the seal: what is told from then on differs, as it should.
_NOT_SENT = {"proposals.sign"}
_UNSEEN = {"Content-Length", "Date", "Set-Cookie"}
_BY_LOT = [
    (re.compile(rb'name="(csrf_token|key|seen|token|nonce)"([^>]*)value="[^"]*"'), rb"\1\2"),
    (re.compile(rb'value="[^"]*"([^>]*)name="(csrf_token|key|seen|token|nonce)"'), rb"\1\2"),
    (re.compile(rb"[0-9a-f]{64,}"), b"HEX"),
    (re.compile(rb"(?:<span>[0-9a-f]{8}</span>){8}"), b"HEX"),
    (re.compile(rb"(kandidaturen(?:/|%2F))\d+"), rb"\1ID"),
    (re.compile(rb"[A-Z]{1,4}-20\d\d-[2-9A-HJ-NP-Z]{6}"), b"NUMBER"),
    (re.compile(rb'"position": ?\d+'), b""),
    (re.compile(rb"[A-Za-z0-9_-]{40,}"), b"TOKEN"),
    (re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), b"UUID"),
]


def png(number: int) -> bytes:
    """A small picture, another one for each number."""
    made = io.BytesIO()
    Image.new("RGB", (8, 8), (number * 40, 0, 0)).save(made, "PNG")
    return made.getvalue()


class Copy:
    """One call with an applicant of its own and five organisations that write or not; worked on by everybody
    after the rivals did what they did."""

    def __init__(self, app: Flask, still: Any, monkeypatch: Any, *, rivals: bool) -> None:
        monkeypatch.setattr(make, "_count", itertools.count(1))
        self.app, self.still = app, still
        still(START)
        self.region = make.make_region("Regio Zegel")
        self.call = make.make_call(self.region, challenges=2)
        self.own = make.make_organisation("Vzw Eigen")
        self.owner, self.member = make.make_member(self.own), make.make_member(self.own, "member")
        self.proposal = make.make_proposal(self.call, self.own, self.owner)
        submit_proposal(self.proposal.id, key="own", by=make.actor(self.owner))
        self.regisseur, self.second = make.make_regisseur(self.region), make.make_regisseur(self.region)
        self.readers: dict[str, User | None] = {
            "visitor": None,
            "owner": self.owner,
            "member": self.member,
            "other applicant": make.make_member(make.make_organisation("Vzw Toeschouwer")),
            "juror": make.make_juror(self.call),
            "chair": make.make_juror(self.call, chair=True),
            "regisseur": self.regisseur,
            "observer": make.make_regisseur(self.region, "observer"),
            "other regisseur": make.make_regisseur(make.make_region("Elders")),
            "administrator": make.make_user("Ada", administrator=True),
        }
        self.rivals = [make.make_organisation(f"Rivaal {number}") for number in range(5)]
        self.rival_owners = [make.make_member(one) for one in self.rivals]
        self.rival_proposal = NOBODY_THERE
        if rivals:
            self._rivals_work()
        self._others_work()
        self.sweep()
        if rivals:
            self._one_more()
        still("2026-05-05T09:40")  # since then the worker stands still

    def _rivals_work(self) -> None:
        """A draft, one handed in, one replaced, one withdrawn, and one only begun; at their own moments."""
        self.made = made = [
            start_proposal(self.call.id, one.id, by=make.actor(owner))
            for one, owner in zip(self.rivals, self.rival_owners, strict=True)
        ]
        for number, proposal_id in enumerate(made[1:], 1):
            self._write(proposal_id, number)
            attach(
                proposal_id, f"begroting {number}.png", png(number), by=make.actor(self.rival_owners[number])
            )
        for number in (2, 3, 4):
            clock.set_to(clock.read() + timedelta(minutes=7))
            submit_proposal(made[number], key=f"k{number}", by=make.actor(self.rival_owners[number]))
        again = make.actor(self.rival_owners[3])
        values = general_values(working_content(made[3]))
        save_general(made[3], {"references": "Later toegevoegd."}, seen=token(values), by=again)
        submit_proposal(made[3], key="again", by=make.actor(self.rival_owners[3]))
        withdraw_proposal(made[4], reason="Toch niet", by=make.actor(self.rival_owners[4]))
        self.rival_proposal = made[2]

    def _write(self, proposal_id: int, number: int) -> None:
        by = make.actor(self.rival_owners[number])
        values = general_values(working_content(proposal_id))
        typed = {**values, "summary": f"Rivaal schrijft {number}.", "truthful": "1", "no_client_data": "1"}
        save_general(proposal_id, typed, seen=token(values), by=by)
        answers = answer_values(working_content(proposal_id), 1)
        first = next(name for name in answers if name.startswith("approach"))
        save_answers(proposal_id, 1, {first: "Huisbezoek."}, seen=token(answers), by=by)

    def _others_work(self) -> None:
        """What comes after the rivals: numbers that run on would show here."""
        self.still("2026-05-05T09:00")
        self.sweep()
        by = make.actor(self.regisseur)
        part = Part("challenge", str(self.call.challenges[0].id))
        text: Any = read_section(load_for_editing(self.call.id), part)
        rows = (replace(text.obstacles[0], label="Geen bus na acht uur"), *text.obstacles[1:])
        editing.save_section(self.call.id, part, replace(text, obstacles=rows), seen=fingerprint(text), by=by)
        amendment = pending_of(self.call.id)
        assert amendment
        publish_amendment(self.call.id, reason="De lijn verdween.", seen=amendment.version, by=by)
        invite_juror(
            self.call.id, name="An Expert", email="an@voorbeeld.be", seat="independent", affiliation="",
            chair=False, by=by,
        )  # fmt: skip
        self.later = make.make_call(self.region, Phase.DRAFT)
        self.values = {
            "question_id": probe._question(self.call),
            **probe._session(self.call, self.regisseur),
            "job_id": probe._read_again(self.call, self.regisseur),
            "organisation_id": self.own.id,
            "objection_id": 1,
            "message_id": 1,
        }

    def _one_more(self) -> None:
        """The last of the rivals hands in, and its mail waits; to another the mail could not be delivered."""
        self.still("2026-05-05T09:20")
        with transaction() as now:
            for mail in db.session.scalars(
                select(OutboxMessage).where(OutboxMessage.to_address == self.rival_owners[2].email)
            ):
                mail.sent_at, mail.given_up_at, mail.last_error = None, now, "550 no such user"
        by = make.actor(self.rival_owners[1])
        confirm_amendment(self.made[1], 2, by=by)
        submit_proposal(self.made[1], key="k1", by=by)

    def sweep(self) -> None:
        """What the worker does at every turn."""
        deliver_due(clock.read())
        for act in self.app.config["SWEEPS"]:
            act(clock.read())
        db.session.rollback()

    def past_the_deadline(self) -> None:
        """Sealed, with the signature of one."""
        self.sweep()
        assert self.call.deadline
        self.still(self.call.deadline + timedelta(hours=9))
        sign_opening(self.call.id, by=make.actor(self.second))
        self.sweep()

    def addresses(self, method: str) -> list[tuple[str, str]]:
        """(endpoint, address): each once with the own ids, once with those of a rival."""
        found = []
        rival = {"organisation_id": self.rivals[2].id, "proposal_id": self.rival_proposal}
        for rule in sorted(self.app.url_map.iter_rules(), key=lambda one: (one.endpoint, one.rule)):
            if rule.endpoint == "static" or method not in (rule.methods or ()):
                continue
            for other in ({}, rival):
                url = self._address(rule, other)
                if url and (not other or rule.arguments & set(rival)):
                    found.append((rule.endpoint, url))
        if method == "GET":
            found += [("", url) for url in self._asked()]
        return found

    def _address(self, rule: Rule, other: dict[str, int]) -> str | None:
        values = {**self.values, **other}
        world = probe.World(self.call, self.proposal, self.own, 1, {}, {}, self.owner, values)
        return probe.address(self.app, rule, world)

    def _asked(self) -> list[str]:
        call, log = self.call.id, f"/regio/{self.region.id}/logboek"
        return [
            "/oproepen?zoek=Rivaal",
            "/oproepen?q=huisbezoek",
            f"/oproepen/{call}/kandidaturen?sorteer=organisatie&richting=af",
            f"/oproepen/{call}/belangen?toon=conflicten",
            f"{log}?pagina=2",
            f"{log}?oproep={call}",
            "/beheer/logboek?pagina=2",
            f"/oproepen/{self.later.id}",
            "/bestaat-niet",
        ]

    def ask(self, method: str) -> dict[tuple[str, str], Any]:
        """{(reader, endpoint and address): status, headers, body} without what is drawn by lot."""
        found: dict[tuple[str, str], Any] = {}
        for name, user in self.readers.items():
            for endpoint, url in self.addresses(method):
                if method == "POST" and (endpoint in _NOT_SENT or "logout" in endpoint):
                    continue
                client: Any = self.app.test_client()
                if user is not None:
                    client.sign_in(user)
                answer = client.open(url, method=method, data={} if method == "POST" else None)
                found[name, f"{endpoint} {self.plain(url)}"] = (
                    answer.status_code,
                    sorted((key, self.plain(value)) for key, value in answer.headers if key not in _UNSEEN),
                    self._body(answer),
                )
        return found

    def _body(self, answer: Any) -> str:
        if answer.mimetype == "application/pdf":
            pages = PdfReader(io.BytesIO(answer.data)).pages
            return self.plain("".join("\n".join(page.extract_text() for page in pages).split()))
        if answer.mimetype in ("application/zip",) or "openxml" in answer.mimetype:
            return f"{answer.mimetype}"
        return self.plain(answer.data)

    def plain(self, text: str | bytes) -> str:
        """Without tokens, hashes and the number of the rival's proposal (or of nobody's)."""
        data = text.encode() if isinstance(text, str) else text
        data = data.replace(str(self.rival_proposal).encode(), b"RIVAL")
        code = self.values["code"]
        data = data.replace(code.encode(), b"CODE").replace(f"{code[:3]} {code[3:]}".encode(), b"CODE")
        for pattern, instead in _BY_LOT:
            data = pattern.sub(instead, data)
        return data.decode("utf-8", "replace")

    def mails(self) -> list[Any]:
        """What anybody but the rivals got, in order."""
        theirs = {one.email for one in self.rival_owners}
        db.session.rollback()
        rows = db.session.scalars(
            select(OutboxMessage).where(OutboxMessage.to_address.not_in(theirs)).order_by(OutboxMessage.id)
        )
        return [
            (
                one.kind,
                one.to_address,
                self.plain(one.subject),
                self.plain(one.body_text),
                self.plain(one.body_html),
            )
            for one in rows
        ]
