"""Court filings (Anträge im Mahnverfahren): applications, court mail, proceedings.

What a court decides is worked out in the law; here is its memory. Nothing goes to court by itself:
a file is made, released by two people, handed over by a person and recorded. The state of a
proceeding and its deadlines follow from its events, which are never changed, only revoked.
"""
