"""Mail that leaves the house: a row and an effect with their cause, sent by a worker.

Invariant: a mail holds no details of a claim, only a link; what the link opens is never kept
readable, but made anew from its seed when the mail is sent. A repeat has the same Message-ID.
"""
