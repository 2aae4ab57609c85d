"""A mail in its HTML at an address of its own, to be shown in a frame of ours and nowhere else."""

from flask import Response

# The looks of a mail stand on its elements, which our pages do not allow; so this answer may, and it may
# nothing else: no script, no picture, no form, and links open beside it.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


def mail_frame(html: str) -> Response:
    """`html` as `services.write` makes it."""
    answer = Response(html.replace("<head>", '<head>\n  <base target="_blank">', 1))
    answer.headers["Content-Security-Policy"] = POLICY
    return answer
