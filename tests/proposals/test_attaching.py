"""Files beside a proposal."""

import io

import pytest
from flask import Flask

from app.domain.timeline import Phase
from tests import factories as make


def test_smoke(app: Flask, client) -> None:
    region = make.make_region()
    call = make.make_call(region, Phase.OPEN)
    org = make.make_organisation()
    owner = make.make_member(org)
    proposal = make.make_proposal(call, org, owner)
    client.sign_in(owner)
    url = f"/kandidaturen/{proposal.id}/bijlagen"
    page = client.get(url)
    assert page.status_code == 200
    answer = client.post(url, data={"file": (io.BytesIO(b"hallo"), "a.txt")})
    assert answer.status_code == 302, answer.text
    page = client.get(url)
    assert "a.txt" in page.text
