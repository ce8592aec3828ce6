"""Cases and claims and their life.

Invariant: `phase` says where a case is, `hold` why part of it stands still, `outcome` how it
ended; only the named transitions here change them, check what they need and write the timeline.
"""
