"""Where the staff work, and the shell that assembles everything: web, command line, settings.

Nothing is imported here, so that `recoup law` starts without the web stack.
"""
