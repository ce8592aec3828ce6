"""The servers of a laptop: an embedded PostgreSQL and a private Redis below `var`.

Only `recoup up` and the tests start them. `recoup up` hands the addresses to its children and
leaves them in `var/run/servers.json`, where other commands on the same machine find them.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from agency.running.embedded_postgres import EmbeddedPostgres
from agency.running.embedded_redis import EmbeddedRedis

DATABASE = "recoup"


@dataclass
class Servers:
    """What had to be started because the settings name no other."""

    var_folder: Path
    postgres: EmbeddedPostgres | None = None
    redis: EmbeddedRedis | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def ensure_running(self) -> None:
        """Start what is not running: at first, and again when a server has died."""
        for server in (self.postgres, self.redis):
            if server and not server.is_running():
                server.start()

    def stop(self) -> None:
        """Stop what we have started."""
        _addresses(self.var_folder).unlink(missing_ok=True)
        for server in (self.redis, self.postgres):
            if server:
                server.stop()


def start_servers(var_folder: Path, environ: Mapping[str, str]) -> Servers:
    """Start the servers that the environment does not name, and tell their addresses."""
    servers = Servers(var_folder)
    if not environ.get("DATABASE_URL"):
        servers.postgres = EmbeddedPostgres(var_folder / "postgres")
        servers.environment |= database_environment(servers.postgres, DATABASE)
    if not environ.get("REDIS_URL"):
        servers.redis = EmbeddedRedis(var_folder / "redis")
        servers.environment["REDIS_URL"] = servers.redis.url
    try:
        if servers.postgres and servers.postgres.is_running():
            servers.postgres.stop()  # Left behind by a start that was killed.
        servers.ensure_running()
    except BaseException:
        servers.stop()
        raise
    _write_addresses(var_folder, servers.environment)
    return servers


def database_environment(postgres: EmbeddedPostgres, database: str) -> dict[str, str]:
    """The variables that point all roles to one database of an embedded server."""
    return {
        "RECOUP_EMBEDDED": "1",
        "ADMIN_DATABASE_URL": postgres.url(),
        "MIGRATION_DATABASE_URL": postgres.url("recoup_owner", database),
        "DATABASE_URL": postgres.url("recoup_app", database),
        "PORTAL_DATABASE_URL": postgres.url("recoup_portal", database),
        "BACKUP_DATABASE_URL": postgres.url("recoup_backup", database),
    }


def running_environment(var_folder: Path) -> dict[str, str]:
    """The addresses that a running `recoup up` has left, or nothing."""
    with suppress(FileNotFoundError, ValueError):
        found = json.loads(_addresses(var_folder).read_text(encoding="utf-8"))
        return {str(name): str(value) for name, value in found.items()}
    return {}


def _write_addresses(var_folder: Path, environment: Mapping[str, str]) -> None:
    path = _addresses(var_folder)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_text(json.dumps(environment, indent=2), encoding="utf-8")


def _addresses(var_folder: Path) -> Path:
    return var_folder / "run" / "servers.json"
