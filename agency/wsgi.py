"""The web server's entry: `gunicorn agency.wsgi:app`, which loads this once and forks."""

import os

from agency.running.loading import whole_program

with whole_program():
    from agency.app import create_app
    from agency.settings import Settings

    app = create_app(Settings.from_environment(os.environ))
