"""What a browser shows when the server is away and its page was never kept: one sentence, in every language there is.

Nobody has told this machine yet which languages the office speaks. The page asks again by itself. Used by `device_line.passing`.
"""

import base64
import hashlib
from functools import cache
from html import escape

from config.words import Words, direction, languages

AGAIN_S = 5
"""Seconds until the browser asks again."""
_STYLE = "body{margin:0;padding:6vmin;font:500 3vmin/1.4 sans-serif}p{margin:0 0 1em}p:first-child{font-size:2em}"
POLICY = (
    f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


@cache
def page() -> bytes:
    """German first. A variant of a language says it in words of its own, so it stands here too."""
    said = "\n".join(_said(language) for language in languages())
    title = escape(Words(languages()[0]).text("common-disconnected"))
    return f"""<!DOCTYPE html>
<html lang="{languages()[0]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="{AGAIN_S}">
<title>{title}</title>
<style>{_STYLE}</style>
</head>
<body><main>
{said}
</main></body>
</html>
""".encode()


def _said(language: str) -> str:
    tag = language.removesuffix("-simple")
    return f'<p lang="{tag}" dir="{direction(language)}">{escape(Words(language).text("kiosk-cut-off"))}</p>'
