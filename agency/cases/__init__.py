"""The case file: everything about one case around the task at hand, and the list of cases."""
