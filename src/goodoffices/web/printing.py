"""Documents over the web: PDF, HTML and DOCX, each under its own name and policy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from fastapi import Request, Response

from goodoffices.briefs.document import Brief
from goodoffices.core.errors import NoAnswer
from goodoffices.web.guard import BRIEF_POLICY
from goodoffices.web.rendering import desk_of

FORMS: Final = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def printed(request: Request, make: Callable[[datetime], Brief], form: str, name: str) -> Response:
    """A document in a form, made at the desk's time. NoAnswer for a form there is not, before it is made."""
    if form not in FORMS:
        raise NoAnswer(f"there is no document as {form!r}: {', '.join(FORMS)}.")
    desk = desk_of(request)
    content = desk.printed(make(desk.clock()), form)
    headers = {"Content-Disposition": f'{"inline" if form != "docx" else "attachment"}; filename="{name}.{form}"'}
    if form == "html":
        headers["Content-Security-Policy"] = BRIEF_POLICY
    return Response(content, media_type=FORMS[form], headers=headers)
