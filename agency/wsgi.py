"""The web server's entry: `gunicorn agency.wsgi:app`."""

import os

from agency.app import create_app
from agency.settings import Settings

app = create_app(Settings.from_environment(os.environ))
