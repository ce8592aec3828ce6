"""Every table of the program, imported for its side effect on the metadata."""

from cases.care import models as care
from cases.claims import models as claims
from cases.claims import report_models as reports
from cases.claims.asking import models as asking
from cases.contacts import house_rules as contact_rules
from cases.contacts import models as contacts
from cases.contacts import requests as debtor_requests
from cases.contacts.estates import models as estates
from cases.contacts.meetings import models as meetings
from cases.contacts.visits import models as visits
from cases.core import audit, files, once, outbox, run_tables
from cases.core.database import Base
from cases.core.mail import models as mail
from cases.documents import models as intake_documents
from cases.documents.client_papers import models as client_papers
from cases.dunning import models as dunning
from cases.filings.applications import models as filings
from cases.filings.court_mail import models as filings_inbox
from cases.filings.proceedings import models as filings_effects
from cases.filings.trial_courts import models as filings_trial_courts
from cases.intake import models as intake
from cases.ledger import models as ledger
from cases.letters import models as letters
from cases.letters.inbox import models as inbox
from cases.letters.mailing import models as mailing
from cases.letters.printing import models as printing
from cases.objections import evidence_models as objection_evidence
from cases.objections import house_models as objection_house
from cases.objections import models as objections
from cases.objections.complaints import models as complaints
from cases.parties import debtor_models as debtors
from cases.parties import models as parties
from cases.parties import relationship_models
from cases.payments import models as payments
from cases.payments.cash import models as cash
from cases.payments.rules import models as bank_rules
from cases.people import models as people
from cases.people import request_counts, team_models
from cases.people.access import models as access_models
from cases.plans import models as plans
from cases.recoveries.mailing import models as report_mails
from cases.recoveries.open_items import models as open_items
from cases.remittances import models as remittances
from cases.remittances.debits import models as debits
from cases.remittances.transfers import bill_models as bills
from cases.remittances.transfers import models as transfers
from cases.strategies import models as strategies
from cases.strategies.own_name import models as own_name
from cases.worklist import arrangement, drills, sharing
from cases.worklist import models as worklist
from cases.worklist.house_dates import models as house_dates

METADATA = Base.metadata

__all__ = [
    "METADATA", "access_models", "arrangement", "asking", "audit",
    "bank_rules", "bills", "care",
    "cash", "claims", "client_papers", "complaints", "contact_rules",
    "contacts", "debits", "debtor_requests", "debtors", "drills", "dunning", "estates", "files",
    "filings", "filings_effects", "filings_inbox", "filings_trial_courts", "house_dates", "inbox",
    "intake", "intake_documents", "ledger", "letters", "mail", "mailing", "meetings",
    "objection_evidence", "objection_house", "objections", "once", "open_items", "outbox",
    "own_name", "parties", "payments", "people", "plans", "printing", "relationship_models",
    "remittances", "report_mails", "reports", "request_counts", "run_tables", "sharing",
    "strategies", "team_models", "transfers", "visits", "worklist",
]  # fmt: skip
