"""The post inbox (Posteingang): scans and mails, each with its case and the reason why.

Invariant: what came in is kept byte for byte and is seen by somebody; one page that cannot be
read never keeps the others waiting.
"""
