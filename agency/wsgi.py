"""The web server's entry: `gunicorn agency.wsgi:app`."""

import gc
import os

from agency.app import create_app
from agency.settings import Settings

app = create_app(Settings.from_environment(os.environ))
# gunicorn loads this once and forks: what is never collected stays shared between its workers.
gc.collect()
gc.freeze()
