"""For the house's own watch: `/readyz` says what is wrong, `/metrics` gives Prometheus figures.

Both tell strangers too much: without METRICS_TOKEN in the settings they do not exist, with it they
answer only who names it.
"""

import hmac
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from agency.operations import figures
from agency.operations.conditions import look
from agency.settings import Settings
from cases.core.database import db
from portal.access import public

blueprint = Blueprint("monitoring", __name__)


@blueprint.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """200 while every condition holds, else 503; each by its name."""
    found = look(_demand_token())
    wrong = [each.code for each in found if not each.good]
    answer = {"ready": not wrong, "wrong": wrong}
    return jsonify(answer), HTTPStatus.SERVICE_UNAVAILABLE if wrong else HTTPStatus.OK


@blueprint.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """Figures of this moment, counted in the database: the same from every machine."""
    settings = _demand_token()
    registry = CollectorRegistry()
    condition = Gauge(
        "recoup_condition", "1 while a condition of docs/operations.md holds", ["name"],
        registry=registry,
    )  # fmt: skip
    for each in look(settings):
        condition.labels(each.code).set(each.good)
    try:
        _add_figures(registry, settings)
    except SQLAlchemyError:  # The condition "database" tells so.
        db.session.rollback()
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _add_figures(registry: Any, settings: Settings) -> None:
    for figure in figures.FIGURES:
        gauge = Gauge(f"recoup_{figure.name}", figure.meaning, figure.labels, registry=registry)
        for labels, value in figure.count(settings).items():
            (gauge.labels(*labels) if labels else gauge).set(value)


def _demand_token() -> Settings:
    settings: Settings = current_app.config["RECOUP"]
    given = request.authorization
    token = given.token if given is not None and given.type == "bearer" else None
    wanted = settings.metrics_token
    if not wanted or not hmac.compare_digest((token or "").encode(), wanted.encode()):
        abort(404)
    return settings
