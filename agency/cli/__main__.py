"""`python -m agency.cli` is `recoup`."""

from agency.cli import main

main()
