"""Staff see on the case and in the worklist what intake warned of."""

from cases.claims.models import Case
from cases.core.database import db, transaction
from cases.intake.corrections import confirm_row
from cases.intake.services import hand_over
from cases.worklist.services import list_open_items
from tests.factories.records import make_creditor
from tests.factories.uploads import DECLARED, invoice, make_upload, open_upload


def test_warnings_and_confirmations_stand_on_the_case_and_in_the_preview(worker):
    with transaction():
        creditor = make_creditor("Solar AG")
    absurd = invoice("R-1", "12.500.000,00", **{"Rechnungsdatum": "03.03.2021",
                                                "Fällig am": "17.03.2021"})  # fmt: skip
    submission = make_upload(creditor, [absurd])
    with transaction():
        confirm_row(submission.id, 2, "amount_unusual")
        hand_over(submission.id, DECLARED)
    open_upload(submission)
    case = db.session.query(Case).one()
    item = list_open_items(case.id)[0]
    for address in (f"/cases/{case.public_id}", f"/worklist?item={item.public_id}"):
        text = worker.get(address).text
        assert "The limitation period has run out" in text, address
        assert "Confirmed by the creditor: Unusually high amount" in text, address
