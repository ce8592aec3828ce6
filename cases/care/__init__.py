"""Customer care (Kundenbetreuung): a client's own customers before anything becomes a case.

Invariant: every row belongs to one client, who reads and writes it himself in the portal; nothing
here is ever joined across clients. We are his processor (GDPR Art. 28), and no cost of collection
is booked to a customer before he hands an invoice over.
"""
