"""Letters by e-mail: the PDF that was kept goes attached, and what came of it stands on the case.

Invariant: the mail itself says nothing about the claim; what the law asks of a letter is in the
attached document, a durable medium. Law: BGB § 126b; RDG § 13a.
"""
