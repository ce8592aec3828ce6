"""Germany: what its law says about debts, as pure functions over data files.

Uncertain rows of the data stay visibly uncertain: they answer with a note or through a setting.
"""
