"""Logs: one JSON line per event, with the request's number and never with personal data."""

import logging
import secrets
import sys
import time
import traceback
from typing import Any

import structlog
from flask import Flask, g, request
from structlog.typing import EventDict
from werkzeug.wrappers import Response


def init_app(app: Flask, level: str) -> None:
    """Give every request a number, and log it when it is answered."""
    _configure(level)
    app.before_request(_begin)
    app.after_request(_finish)


def _configure(level: str) -> None:
    processors: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _where_it_happened,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        processor=structlog.processors.JSONRenderer(ensure_ascii=False),
        foreign_pre_chain=processors,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    handler.set_name("recoup")
    root = logging.getLogger()
    root.handlers = [h for h in root.handlers if h.get_name() != "recoup"] + [handler]
    root.setLevel(level)
    # These tell every statement and glyph at INFO.
    for name in ("weasyprint", "fontTools", "sqlalchemy.engine", "rq.worker"):
        logging.getLogger(name).setLevel("WARNING")


def _where_it_happened(_: Any, __: str, event: EventDict) -> EventDict:
    """Kind and place of an exception and of its causes; messages may hold personal data."""
    info = event.pop("exc_info", None)
    error = info[1] if isinstance(info, tuple) else info
    if info is True:
        error = sys.exc_info()[1]
    chain = []
    while isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        chain.append({"error": type(error).__qualname__, "at": places})
        error = error.__cause__ or error.__context__
    if chain:
        event["exception"] = chain
    return event


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _finish(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.request_id
    user = g.get("user")
    logging.getLogger("recoup.web").info(
        "request",
        extra={
            "method": request.method,
            # The rule, not the address: addresses may hold what somebody typed.
            "route": str(request.url_rule) if request.url_rule else None,
            "status": response.status_code,
            "ms": round((time.perf_counter() - g.began) * 1000),
            "user_id": user.user_id if user else None,
        },
    )
    return response
