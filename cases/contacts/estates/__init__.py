"""When a debtor has died (Nachlass): the probate court is asked, and the heirs take his place.

Invariant: what he owed and since when he was in default is owed by his heirs; he is addressed no
more. Law: BGB §§ 1922(1), 1967(1), 2058.
"""
