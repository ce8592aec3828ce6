"""Principal posted in sets: the set-based form of `post_principal`."""

from collections.abc import Sequence

from sqlalchemy import text

from cases.claims.bulk import NewClaim
from cases.core import audit, clock
from cases.core.copying import copy_rows, reserve_ids
from cases.core.database import db
from cases.ledger.models import Account, Direction, EntryKind
from legal.allocation import Component


def post_principals(claims: Sequence[NewClaim]) -> None:
    """Book the principal of claims that came in: a journal, two lines and an entry for each."""
    journals = reserve_ids("journals", len(claims))
    today, now, actor_id = clock.today(), clock.now(), audit.actor_id()
    pairs = list(zip(journals, claims, strict=True))
    copy_rows(
        "journals",
        ("id", "booked_on", "posted_at", "posted_by", "kind", "reference"),
        (
            (journal_id, today, now, actor_id, "principal", claim.details.invoice_number)
            for journal_id, claim in pairs
        ),
    )
    # Memorandum accounts: claims are the creditors', not ours; they mirror the claim accounts.
    sides = ((Account.CLAIMS_DUE.value, 1), (Account.CLAIMS_HELD.value, -1))
    copy_rows(
        "journal_lines",
        ("journal_id", "account", "creditor_id", "case_id", "amount_cents", "currency"),
        (
            (journal_id, account, claim.creditor_id, claim.case_id,
             sign * claim.details.principal_cents, claim.details.currency)
            for journal_id, claim in pairs for account, sign in sides
        ),
    )  # fmt: skip
    copy_rows(
        "ledger_entries",
        ("case_id", "creditor_id", "claim_id", "journal_id", "value_on", "booked_on", "posted_at",
         "direction", "component", "kind", "bears_interest", "amount_cents", "currency"),
        (
            (claim.case_id, claim.creditor_id, claim.id, journal_id, claim.details.invoiced_on,
             today, now, Direction.DEBIT.value, Component.PRINCIPAL.value,
             EntryKind.PRINCIPAL.value, False, claim.details.principal_cents,
             claim.details.currency)
            for journal_id, claim in pairs
        ),
    )  # fmt: skip
    _add_to_principal(claims)


def _add_to_principal(claims: Sequence[NewClaim]) -> None:
    """Copy what was booked into the cases; their booked open sum was set when they came in."""
    added: dict[int, int] = {}
    for claim in claims:
        added[claim.case_id] = added.get(claim.case_id, 0) + claim.details.principal_cents
    db.session.execute(
        text(
            "UPDATE cases SET principal_cents = principal_cents + added.cents"
            " FROM unnest(CAST(:ids AS bigint[]), CAST(:cents AS bigint[])) added(id, cents)"
            " WHERE cases.id = added.id"
        ),
        {"ids": list(added), "cents": list(added.values())},
    )
