"""Install the shell into an application: languages, files, filters, headers, errors.

The application gives the layouts `nav`, `person` and `urls` (see navigation.py) by a context
processor of its own, and the agency's name as the setting `HOUSE_NAME`.
"""

from pathlib import Path

from flask import Blueprint, Flask, current_app
from flask_babel import Babel

from portal.shell import errors, formatting, headers
from portal.shell.assets import asset, show_icon
from portal.shell.charts import bar_parts, chart_colour
from portal.shell.components import Components
from portal.shell.locale import add_routes, choose_locale, here, page_locale, page_theme
from portal.shell.one_time_keys import form_key
from portal.shell.opened import opened
from portal.shell.pages import with_args

TRANSLATIONS = Path(__file__).parent / "translations"


def house_name() -> str:
    """The agency's name, as its own people and its creditors know it."""
    return str(current_app.config.get("HOUSE_NAME") or "Recoup")


def register_shell(app: Flask) -> None:
    """Dress an application."""
    if "babel" not in app.extensions:
        Babel(
            app,
            locale_selector=choose_locale,
            default_locale="de",
            default_translation_directories=str(TRANSLATIONS),
        )
    blueprint = Blueprint(
        "shell", __name__, template_folder="templates", static_folder="static",
        static_url_path="/static/shell",
    )  # fmt: skip
    add_routes(blueprint)
    blueprint.add_url_rule("/favicon.ico", view_func=show_icon)
    app.register_blueprint(blueprint)
    environment = app.jinja_env
    environment.globals.update(
        asset=asset, bar_parts=bar_parts, chart_colour=chart_colour, form_key=form_key, here=here,
        house_name=house_name, opened=opened, page_locale=page_locale, page_theme=page_theme,
        ui=Components(environment), with_args=with_args,
    )  # fmt: skip
    formatting.register(app)
    headers.register(app)
    errors.register(app)
