"""Screens of strategies: the list, the editor, the dry run, the report of the night, the case."""
