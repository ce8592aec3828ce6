"""Whether a debtor may be approached: one pure rule, and what is known of his person.

Invariant: what stands against a person stands for every way out. A hard reason (death, insolvency,
a guardian's consent, a minor, a way that is not wanted) has no override, whoever asks and why.
"""
