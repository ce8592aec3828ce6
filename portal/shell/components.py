"""The macros of `shell/components`, offered to every template as `ui.<name>`."""

from pathlib import Path
from typing import Any

from jinja2 import Environment

from legal.errors import InvariantBroken

FOLDER = Path(__file__).parent / "templates" / "shell" / "components"


class Components:
    """Finds a macro by its name, wherever it is defined; names are unique in the folder."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._home: dict[str, str] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if not self._home:
            self._home = self._find_all()
        if name not in self._home:
            raise AttributeError(f"There is no component {name!r} in shell/components.")
        return getattr(self._environment.get_template(self._home[name]).module, name)

    def _find_all(self) -> dict[str, str]:
        home: dict[str, str] = {}
        for path in sorted(FOLDER.glob("*.html")):
            template = f"shell/components/{path.name}"
            for name, value in vars(self._environment.get_template(template).module).items():
                if not name.startswith("_") and callable(value):
                    if name in home:
                        raise InvariantBroken(f"{name} is defined in {home[name]} and {template}")
                    home[name] = template
        return home
