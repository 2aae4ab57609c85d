"""Nobody is recognised in the public version who was not publicly chosen."""

import hashlib
import io
import json
import re
from datetime import datetime

from flask import Flask
from sqlalchemy import select

from app.accounts.models import User
from app.addenda.models import Addendum, Contact
from app.domain.blackening import BAR
from app.domain.dossier import Mark
from app.dossiers.collecting.packing import Choice
from app.evaluation.models import ScoreSheet
from app.infra.database import db, transaction
from app.infra.signing import public_key
from app.objections.models import Objection, Ruling, RulingJudge
from app.organisations.models import Organisation
from app.questions.models import Question
from tests import factories as make
from tests.decisions.world import World
from tests.dossiers.world import build, made, manifest, opened
from tools.verify_dossier import examine

REASON = "De betrokkene vroeg dit."


def with_names() -> World:
    """Everybody has a name that stands in texts, with an address and a telephone number."""
    world = build()
    names = ["Griet Verhoeven", "Jef Lambrechts", "Noor El Amrani", "Pol Van Wesemael", "Fien D’Hondt"]
    people = [world.chair, world.regisseur, *world.jurors, world.owners[2]]
    with transaction():
        for user, name in zip(people, names, strict=True):
            db.session.get(User, user.id).name = name  # type: ignore[union-attr]
        for number, one in enumerate(world.organisations):
            row = db.session.get(Organisation, one.id)
            assert row is not None
            row.email, row.phone = f"info{number}@brug-{number}.be", f"03 890 1{number} 34"
        db.session.add(
            Contact(
                addendum_id=world.call.id, name="Lutgart Peirs", email="lut@regio.be", phone="0475 12 34 56"
            )
        )
        for sheet in _sheets(world):
            sheet.remark_applicant = "Griet Verhoeven en noor el amrani twijfelden aan Vzw de brug C."
            sheet.remark_internal = "Pol Van Wesemael kent hen."
    db.session.rollback()
    return world


def _sheets(world: World) -> list:  # type: ignore[type-arg]
    return list(db.session.scalars(select(ScoreSheet).where(ScoreSheet.addendum_id == world.call.id)))


def hidden(world: World) -> list[str]:
    """Every value that may be nowhere in it, in any spelling of capitals."""
    found = []
    for user in db.session.scalars(select(User)):
        found += [user.name, user.email]
    chosen = {world.organisations[0].id, world.organisations[1].id}
    for one in db.session.scalars(select(Organisation)):
        found += [one.email, one.phone]
        number = one.enterprise_number
        if one.id not in chosen:
            found += [one.name, one.street, number, f"{number[:4]}.{number[4:7]}.{number[7:]}"]
    found += ["Lutgart Peirs", "lut@regio.be", "0475 12 34 56", "an.debacker@voorbeeld.be", "03 890 12 34"]
    found += ["vraag@voorbeeld.be", "kent hen"]
    return [one for one in found if one]


def test_no_name_address_or_number_stands_anywhere_in_it(app: Flask) -> None:
    world = with_names()
    data = made(world, "public")
    assert examine(io.BytesIO(data), public_key()).problems == []
    files = opened(data)
    assert not [path for path in files if path.endswith(".pdf")]
    values = [one.casefold() for one in hidden(world)]
    leaks = [
        (path, value)
        for path, content in files.items()
        for value in values
        if value in content.decode().casefold()
    ]
    assert leaks == []
    whole = opened(made(world))
    assert "Griet Verhoeven" in b"".join(whole.values()).decode(errors="ignore")


def test_who_was_chosen_stands_in_it_by_name(app: Flask) -> None:
    world = with_names()
    files = opened(made(world, "public"))
    first, last = world.proposals[0].id, world.proposals[2].id
    content = files[f"kandidaturen/{first}/kandidatuur.json"].decode()
    assert world.organisations[0].name in content and "Tien jaar ervaring." in content
    assert f"kandidaturen/{last}/kandidatuur.json" not in files
    assert f"kandidaturen/{world.proposals[1].id}/kandidatuur.json" not in files
    assert BAR in files[f"weerwoorden/{_objection(world)}.json"].decode()
    assert "overeind" in files[f"weerwoorden/{_objection(world)}.json"].decode()


def _objection(world: World) -> int:
    return int(db.session.scalar(select(Objection.id).where(Objection.addendum_id == world.call.id)) or 0)


def test_nothing_lets_a_bar_be_guessed_from_a_hash(app: Flask) -> None:
    world = with_names()
    full, public = opened(made(world)), opened(made(world, "public"))
    texts = {hashlib.sha256(content).hexdigest() for path, content in full.items() if path not in public}
    everything = b"".join(public.values()).decode()
    assert not [one for one in texts if one in everything]
    assert not [path for path in public if "ontvangstbewijs" in path or path.startswith("log/")]


def test_who_wrote_nothing_that_stands_is_not_recognised_either(app: Flask) -> None:
    world = with_names()
    draft = make.make_organisation("Vzw Het Stille Water")
    owner = make.make_member(draft)
    make.make_proposal(world.call, draft, owner, submitted=False)
    with transaction():
        db.session.get(User, owner.id).name = "Mirjam Stoffels"  # type: ignore[union-attr]
        for sheet in _sheets(world):
            sheet.remark_applicant = "Samen met vzw Het stille water? STOFFELS belde; Mirjam ook."
    files = opened(made(world, "public"))
    text = b"".join(files.values()).decode().casefold()
    assert "stille water" not in text and "stoffels" not in text and "mirjam" not in text
    assert b"Stille Water" not in opened(made(world))["namen/namen.json"]


def test_a_juror_is_recognised_in_no_spelling(app: Flask) -> None:
    world = with_names()
    ways = ["GRIET VERHOEVEN", "griet  verhoeven", "Griet\nVerhoeven", "Verhoe-\nven", "Verhoeven, Griet"]
    ways += ["G. Verhoeven", "G.V.", "Gri\u00ebt Verhoeven", "Grie\u0301t Verhoeven", "Ver\u00adhoeven"]
    with transaction():
        for sheet, way in zip(_sheets(world), ways * 3, strict=False):
            sheet.remark_applicant = f"Volgens {way} klopt dit."
    files = opened(made(world, "public"))
    text = "".join(content.decode() for path, content in files.items() if path.startswith("scores/"))
    told = re.findall(r"Volgens (.*?) klopt dit", text)
    assert told and {one.replace(f"G. {BAR}", BAR) for one in told} == {BAR}


def test_what_everybody_read_keeps_its_organisations(app: Flask) -> None:
    """A bar there would tell who applied: the call itself stands on the site, without one."""
    world = with_names()
    last = world.organisations[2].name
    with transaction():
        call = db.session.get_one(Addendum, world.call.id)
        call.ambition = f"Samen met {last} en Griet Verhoeven."
        question = db.session.scalars(select(Question)).one()
        question.answer = f"Vraag het aan {last}."
    files = opened(made(world, "public"))
    assert f"Samen met {last} en {BAR}." in files["oproep/opbouw.json"].decode()
    shown = files["vragen/vragen.json"].decode()
    assert f"Vraag het aan {last}." in shown and f'"text": "{BAR}"' in shown


def test_instants_can_be_read_and_no_hash_can(app: Flask) -> None:
    files = opened(made(with_names(), "public"))
    told = [one for path, one in files.items() if path.startswith("beslissingen/")]
    row = json.loads(told[0])["decision"][0]
    assert datetime.fromisoformat(row["notified_at"])
    inside = [content.decode() for path, content in files.items() if path.count("/")]
    assert not [one for one in inside if re.search(r"[0-9a-f]{64}", one)]


def test_what_was_left_out_is_named_with_its_reason(app: Flask) -> None:
    world = with_names()
    part = f"scores/{world.proposals[0].id}"
    found = manifest(
        made(world, "public", {part: Choice(Mark.LEFT_OUT, f"Gevraagd door {world.chair.name}.")})
    )
    withheld = {one["part"]: one for one in found["withheld"]}
    assert withheld["log/log"]["why"] and "jury/verklaringen" in withheld
    assert part in withheld and part not in {one["path"].rpartition(".")[0] for one in found["files"]}


def test_a_part_that_was_marked_appears_as_somebody_decided(app: Flask) -> None:
    world = with_names()
    last, first = world.proposals[2].id, world.proposals[0].id
    marks = {
        f"kandidaturen/{last}/kandidatuur": Choice(Mark.BLACKENED, REASON),
        f"kandidaturen/{first}/kandidatuur": Choice(Mark.BLACKENED, REASON),
        "vragen/vragen": Choice(Mark.OPEN, REASON),
        "log/log": Choice(Mark.BLACKENED, REASON),
    }
    files = opened(made(world, "public", marks))
    shown = files[f"kandidaturen/{last}/kandidatuur.json"].decode()
    assert "Tien jaar ervaring." in shown and world.organisations[2].name not in shown
    assert world.organisations[0].name not in files[f"kandidaturen/{first}/kandidatuur.json"].decode()
    assert f"kandidaturen/{last}/kandidatuur.pdf" not in files
    assert "an.debacker@voorbeeld.be" in files["vragen/vragen.json"].decode()
    assert "log/log.jsonl" not in files


def test_an_objection_that_nobody_ruled_on_is_in_no_public_version(app: Flask) -> None:
    world = with_names()
    objection = _objection(world)
    with transaction():
        for row in db.session.scalars(select(RulingJudge)).all():
            db.session.delete(row)
        db.session.flush()
        for ruling in db.session.scalars(select(Ruling)).all():
            db.session.delete(ruling)
    open_mark = {f"weerwoorden/{objection}": Choice(Mark.OPEN, REASON)}
    assert f"weerwoorden/{objection}.json" not in opened(made(world, "public", open_mark))
    assert f"weerwoorden/{objection}.json" in opened(made(world))
