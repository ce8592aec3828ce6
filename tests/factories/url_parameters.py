"""A value for every parameter that stands in an address, so that every route can be tried.

A new parameter without an entry here fails the build: whoever adds a route says what it names.
"""

from collections.abc import Callable, Iterable, Mapping

from cases.claims.models import Case
from cases.claims.notes import add_note
from cases.claims.queries import list_claims, list_debtors
from cases.claims.report_models import ReportKind
from cases.claims.reports import Report, report
from cases.intake.queries import get_upload
from cases.parties.models import Creditor
from cases.people.policy import Role
from cases.recoveries.mailing.services import readers_of
from cases.worklist.models import BulkKind
from cases.worklist.services import list_open_items
from tests.factories.access import make_factor, make_link, make_session
from tests.factories.approvals import make_approval
from tests.factories.bank_files import (
    make_bank_entry,
    make_bank_file,
    make_bank_rule,
    make_bank_statement,
)
from tests.factories.care import make_customer, make_customer_person
from tests.factories.casework import (
    make_attachment,
    make_bulk,
    make_commitment_of,
    make_complaint_of,
    make_hold_of,
    make_house_indicator,
    make_letter,
    make_letter_draft,
    make_limitation_event_of,
    make_objection,
    make_piece_of,
    make_post,
    make_print_run,
    make_text,
)
from tests.factories.contacts import (
    make_contact_of,
    make_merge_of,
    make_note,
    make_person_of,
    make_request_of,
    make_view,
)
from tests.factories.court_records import (
    make_batch_of,
    make_deadline_of,
    make_directory,
    make_filing_of,
    make_message_of,
    make_payable_of,
    make_proceeding_of,
)
from tests.factories.debits import make_debit_run, make_mandate_row
from tests.factories.documents import make_authority_of, make_document_of
from tests.factories.effects import make_failed_effect
from tests.factories.mails import make_refused_mail
from tests.factories.own_name import make_own_item
from tests.factories.papers import make_client_paper, make_house_date
from tests.factories.payouts import make_payout_run
from tests.factories.planned_visits import (
    make_meeting_of,
    make_paper_of,
    make_receipt_of,
    make_visit_of,
)
from tests.factories.plans import make_plan_of
from tests.factories.records import make_client_person, make_user
from tests.factories.relationship import make_question_of, make_rule_of
from tests.factories.strategies import make_strategy
from tests.factories.teams import make_absence, make_assignment, make_team
from tests.factories.transfers import (
    make_advance,
    make_bill,
    make_open_item_check,
    make_open_item_question,
    make_transfer,
)
from tests.factories.uploads import make_read_upload

#: `blueprint.parameter`, or the parameter alone -> makes a record of that creditor's case and
#: answers the value for the address.
Factory = Callable[[Creditor, Case], str]
MISSING = "AAAAAAAAAAAAAAAAAAAAAA"  # As long as a public id, and nobody's.

#: Made in this order: what needs a case out of court stands before what takes it there.
FACTORIES: dict[str, Factory] = {
    "bank_file_id": lambda creditor, case: make_bank_file().public_id,
    "entry_id": lambda creditor, case: make_bank_entry().public_id,
    "reader_id": lambda creditor, case: readers_of(creditor)[0].public_id,
    "rule_id": lambda creditor, case: make_bank_rule().public_id,
    "statement_id": lambda creditor, case: make_bank_statement().public_id,
    "filename": lambda creditor, case: "ui.css",
    "submission_id": lambda creditor, case: make_read_upload(creditor).public_id,
    "line": lambda creditor, case: "2",
    "file_id": lambda creditor, case: get_upload(make_read_upload(creditor)).public_id,
    "document_id": lambda creditor, case: make_document_of(case).public_id,
    "case_public_id": lambda creditor, case: case.public_id,
    "claim_public_id": lambda creditor, case: list_claims(case.id)[0].public_id,
    "limitation_event_id": lambda creditor, case: make_limitation_event_of(case).public_id,
    "commitment_public_id": lambda creditor, case: make_commitment_of(case).public_id,
    "contact_public_id": lambda creditor, case: make_contact_of(case).public_id or MISSING,
    "person_public_id": lambda creditor, case: make_person_of(case).public_id,
    "visit_public_id": lambda creditor, case: make_visit_of(case).public_id,
    "meeting_public_id": lambda creditor, case: make_meeting_of(case).public_id,
    "paper_public_id": lambda creditor, case: make_paper_of(case).public_id,
    "receipt_public_id": lambda creditor, case: make_receipt_of(case).public_id,
    "view_public_id": lambda creditor, case: make_view().public_id,
    "note_public_id": lambda creditor, case: make_note().public_id,
    "merge_public_id": lambda creditor, case: make_merge_of(case).public_id,
    "many_orders.bulk_public_id": lambda creditor, case: make_bulk(BulkKind.ACCEPTED, case),
    "board.bulk_public_id": lambda creditor, case: make_assignment(case),
    "absence_public_id": lambda creditor, case: make_absence(),
    "team_public_id": lambda creditor, case: make_team(),
    "many_letters.bulk_public_id": lambda creditor, case: make_bulk(BulkKind.FIRST_LETTERS, case),
    "item_public_id": lambda creditor, case: list_open_items(case.id)[0].public_id,
    "draft_public_id": lambda creditor, case: make_letter_draft(case).public_id,
    "attachment_public_id": lambda creditor, case: make_attachment(case).public_id,
    "post_public_id": lambda creditor, case: make_post().public_id,
    "print_run_public_id": lambda creditor, case: make_print_run(case).public_id,
    "text_public_id": lambda creditor, case: make_text().public_id,
    "own_item_public_id": lambda creditor, case: make_own_item(creditor).public_id,
    "strategy_public_id": lambda creditor, case: make_strategy().public_id,
    "letter_public_id": lambda creditor, case: make_letter(case).public_id,
    "mail_public_id": lambda creditor, case: make_refused_mail().public_id,
    "approval_public_id": lambda creditor, case: make_approval().public_id,
    "effect_public_id": lambda creditor, case: make_failed_effect().public_id,
    "creditor_public_id": lambda creditor, case: creditor.public_id,
    "relationship.approval_public_id": lambda creditor, case: make_question_of(case).public_id,
    "client_relationship.rule_public_id": lambda creditor, case: make_rule_of(creditor).public_id,
    "house_date_public_id": lambda creditor, case: make_house_date().public_id,
    "client_papers.paper_public_id": lambda creditor, case: make_client_paper(creditor).public_id,
    "clients.person_public_id": lambda creditor, case: make_client_person(creditor),
    "run_public_id": lambda creditor, case: make_payout_run(creditor)[0],
    "remittance_public_id": lambda creditor, case: make_payout_run(creditor)[1],
    "transfer_run_id": lambda creditor, case: make_transfer()[0],
    "transfer_public_id": lambda creditor, case: make_transfer()[1],
    "bill_public_id": lambda creditor, case: make_bill(case),
    "advance_public_id": lambda creditor, case: make_advance(creditor),
    "check_public_id": lambda creditor, _: make_open_item_check(creditor),
    "question_public_id": make_open_item_question,
    "access_links.token": lambda creditor, case: make_link(),
    "factor_public_id": lambda creditor, case: make_factor(),
    "session_public_id": lambda creditor, case: make_session(),
    "colleague_public_id": lambda creditor, case: (
        make_user(Role.CREDITOR, creditor=creditor).public_id
    ),
    "user_public_id": lambda creditor, case: make_user().public_id,
    "debtor_public_id": lambda creditor, case: list_debtors(case.id)[0].debtor.public_id,
    "report_code": lambda creditor, case: "receipts",
    "file_kind": lambda creditor, case: "csv",
    "plan_public_id": lambda creditor, case: make_plan_of(case).public_id,
    "mandate_id": lambda creditor, case: make_mandate_row(case).public_id,
    "debit_run_id": lambda creditor, case: make_debit_run(case).public_id,
    "hold_public_id": lambda creditor, case: make_hold_of(case).public_id,
    "objection_public_id": lambda creditor, case: make_objection(case).public_id,
    "note_id": lambda creditor, case: str(add_note(case.id, "Zahlt am 3.").id),
    "authority_papers.paper_public_id": lambda creditor, case: (
        make_authority_of(case, for_case=True).public_id
    ),
    "piece_public_id": lambda creditor, case: make_piece_of(case).public_id,
    "evidence_requests.piece_id": lambda creditor, case: make_piece_of(case).public_id,
    "evidence_requests.complaint_id": lambda creditor, case: make_complaint_of(case).public_id,
    "rule_public_id": lambda creditor, case: make_house_indicator().public_id,
    "rates.valid_from": lambda creditor, case: "2026-07-01",
    "filing_public_id": lambda creditor, case: make_filing_of(case).public_id,
    "batch_public_id": lambda creditor, case: make_batch_of(case).public_id,
    "proceeding_public_id": lambda creditor, case: make_proceeding_of(case).public_id,
    "message_public_id": lambda creditor, case: make_message_of(case).public_id,
    "payable_public_id": lambda creditor, case: make_payable_of(case).public_id,
    "deadline_public_id": lambda creditor, case: make_deadline_of(case).public_id,
    "directory_public_id": lambda creditor, case: make_directory().public_id,
    "token": lambda creditor, case: MISSING,
    "claim_documents.case_id": lambda creditor, case: case.public_id,
    "own_cases.case_id": lambda creditor, case: case.public_id,
    "reports.case_id": lambda creditor, case: case.public_id,
    "report_public_id": lambda creditor, case: make_report(case),
    "customer_public_id": lambda creditor, case: make_customer(creditor).public_id,
    "customer_person_public_id": lambda creditor, case: make_customer_person(creditor).public_id,
    # Last: until it is answered the case stands still.
    "request_public_id": lambda creditor, case: make_request_of(case).public_id,
}


def make_report(case: Case) -> str:
    """A message of the creditor about a case."""
    return report(case, 1, Report(ReportKind.MESSAGE, words="Bitte um Rückruf.")).public_id


def key_of(endpoint: str, parameter: str) -> str | None:
    """The entry for a parameter of a route; None where somebody has to add one."""
    own = f"{endpoint.rpartition('.')[0]}.{parameter}"
    return next((key for key in (own, parameter) if key in FACTORIES), None)


def make_values(creditor: Creditor, case: Case) -> Mapping[str, str]:
    """One value of everything, all of one creditor, made in the order of the table."""
    return {key: make(creditor, case) for key, make in FACTORIES.items()}


def values_for(
    made: Mapping[str, str], endpoint: str, parameters: Iterable[str]
) -> Mapping[str, str]:
    """What was made, by the parameters of a route."""
    keys = {name: key_of(endpoint, name) for name in parameters}
    return {name: made[key] for name, key in keys.items() if key is not None}
