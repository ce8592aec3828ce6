"""The trust account as the bank sees it: what its lines were, and whether it agrees with us."""
