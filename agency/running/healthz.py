"""Whether this process can do its work: asked by load balancers and by `recoup up`."""

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from agency.running.migrating import head_revision
from agency.settings import Settings
from cases.core.database import db
from portal.access import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def show() -> ResponseReturnValue:
    """200 while the database answers with the right schema; a queue that is away is only told."""
    settings: Settings = current_app.config["RECOUP"]
    database = _database_state()
    answer = {"database": database, "queue": _queue_state(settings.redis_url)}
    return jsonify(answer), 200 if database == "ok" else 503


def _database_state() -> str:
    try:
        found = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        return "away"
    return "ok" if found == head_revision() else "needs migration"


def _queue_state(redis_url: str) -> str:
    try:
        with Redis.from_url(redis_url, socket_connect_timeout=0.5, socket_timeout=0.5) as redis:
            redis.ping()
    except (RedisError, OSError):
        return "away"
    return "ok"
