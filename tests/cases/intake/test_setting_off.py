"""A credit note of an upload: set off, left out with a warning, brought back."""

import pytest

from cases.core.database import transaction
from cases.intake.models import RowState
from cases.intake.queries import list_rows
from cases.intake.setting_off import NotSetOff, bring_back, invoices_for, set_off, skip_row
from tests.factories.records import make_creditor
from tests.factories.uploads import make_upload

HEAD = (
    "Rechnungsnummer;Rechnungsdatum;Fälligkeit;Name;Straße;PLZ;Ort;Kundennummer;Offen;Währung;"
    "Leistung\n"
)
WHO = "Gamma GmbH;Weg 3;20095;Hamburg;K7"


def rows_of(*amounts, note="Gutschrift zu G-1", whose=WHO):
    lines = [f"G-{n};03.04.2026;04.05.2026;{WHO};{cents};EUR;Reparatur\n"
             for n, cents in enumerate(amounts, start=1)]  # fmt: skip
    credit = f"G-1S;03.06.2026;;{whose};-150,00;EUR;{note}\n"
    return (HEAD + "".join(lines) + credit).encode()


@pytest.fixture
def upload(database):
    return lambda *amounts, **more: make_upload(make_creditor(), rows_of(*amounts, **more))


def row(submission, line):
    return next(each for each in list_rows(submission.id) if each.line == line)


def codes(submission, line):
    return {each["code"] for each in row(submission, line).findings}


def test_one_click_hands_the_invoice_in_with_what_is_left(upload):
    submission = upload("750,00")
    with transaction():
        set_off(submission.id, 3, 2)
    assert (row(submission, 2).amount_cents, row(submission, 2).state) == (600_00, RowState.READY)
    assert row(submission, 3).state is RowState.LEFT_OUT
    assert "credit_left_out" not in codes(submission, 2)
    with transaction():
        bring_back(submission.id, 3)
    assert row(submission, 2).amount_cents == 750_00
    assert row(submission, 3).state is RowState.ERROR


def test_cents_are_kept_and_the_invoice_named_comes_first(upload):
    submission = upload("900,07", "150,01", note="Gutschrift zu G-2")
    assert [each.line for each in invoices_for(row(submission, 4))] == [3, 2]
    with transaction():
        set_off(submission.id, 4, 3)
    assert row(submission, 3).amount_cents == 1


def test_left_out_it_leaves_a_warning_at_its_invoice_only(upload):
    submission = upload("750,00", "800,00")
    with transaction():
        skip_row(submission.id, 4)
    assert "credit_left_out" in codes(submission, 2)
    assert row(submission, 2).amount_cents == 750_00
    with transaction():
        bring_back(submission.id, 4)
    assert "credit_left_out" not in codes(submission, 2)


@pytest.mark.parametrize(
    ("amount", "whose"),
    [("150,00", WHO), ("750,00", "Delta GmbH;Weg 4;20095;Hamburg;K8")],
    ids=["nothing would be left", "of another customer"],
)
def test_what_does_not_fit_is_refused(upload, amount, whose):
    submission = upload(amount, whose=whose)
    with pytest.raises(NotSetOff), transaction():
        set_off(submission.id, 3, 2)
