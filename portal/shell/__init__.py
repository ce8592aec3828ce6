"""The shell of both sides: layouts, components, stylesheet, scripts, formatting, errors.

It knows how screens look and how people's input is read, and nothing about cases. `setup.py`
installs all of it into an application.
"""
