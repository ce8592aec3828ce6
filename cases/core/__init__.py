"""What every concept stands on: database session, clock, files, outbox, audit trail.

Invariant: what is written together is committed together, with its audit rows written last and
its outward effects registered in the outbox.
"""
