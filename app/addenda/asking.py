"""A question before an act that takes something away, for who has no JavaScript.

The dialog of app.js (`data-confirm`) sends `bevestigd` along. Without it the same question comes as a page,
which sends what was sent once more, with the answer.
"""

from flask import render_template, request

ANSWER = "bevestigd"


def ask_first(question: str, act: str, back: str) -> str | None:
    """The page that asks, with `act` on its button and the way `back`; None when the answer is there."""
    if request.form.get(ANSWER):
        return None
    sent = [(name, one) for name, one in request.form.items(multi=True) if name != "csrf_token"]
    return render_template(
        "addenda/ask_first.html", question=question, act=act, back=back, sent=sent, answer=ANSWER
    )
