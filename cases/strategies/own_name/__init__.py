"""Reminders in a client's own name (Erinnerungen im Namen des Mandanten), before and after a day.

Invariant: they ask for his invoice and nothing else, never a collection cost; each goes out once;
none after a payment, a question, or on a list that is older than a week. The house only carries
them out for him. Law: GDPR Art. 28 (processor); no collection service before the order (RDG § 2).
"""
