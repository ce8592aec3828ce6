"""Files with days, documents and amounts: the right verdict and its paragraph, from the law.

Each pair differs by one day or one document. The verdict is what the file would carry if nothing
more came; a doubt goes against whoever must prove.
"""

from datetime import date

from cases.objections.catalogue import reasons
from cases.objections.file_facts import DatedCents, FileFacts, Raised
from cases.objections.proof import retainable_cents
from cases.objections.standing import standing_of

D = date.fromisoformat
RAISED_ON, AS_OF = D("2026-05-01"), D("2026-11-01")
CONSUMER, BUSINESS = {"merchants": False}, {"merchants": True}
GOODS = {"goods": True, "delivered_on": D("2026-04-01")}
GENERAL = "general rule: who relies on a fact proves it"
#: What is said, the facts of the file, the verdict, the paragraph, and what is shown by the pair.
FILES = [
    ("paid", {"disputed_cents": 250_00}, "pretext", "BGB § 362(1)"),
    ("paid", {"disputed_cents": 250_00, "suspense_cents": (250_00,)}, "genuine", "BGB § 362(1)"),
    ("paid", {"disputed_cents": 250_00, "suspense_cents": (249_99,)}, "pretext", "BGB § 362(1)"),
    ("paid", {"disputed_cents": 250_00, "direct_payment_reported_cents": 100_00},
     "partly_genuine", "BGB § 362(1)"),
    ("not_ordered", CONSUMER, "genuine", "BGB §§ 241a, 312j(3), (4)"),
    ("not_ordered", {**CONSUMER, "order_proven": True}, "pretext", "BGB §§ 241a, 312j(3), (4)"),
    ("not_ordered", BUSINESS, "genuine", GENERAL),
    ("not_delivered", CONSUMER, "genuine", "BGB § 475(2)"),
    ("not_delivered", {**CONSUMER, "delivery_note_signed": True}, "pretext", "BGB § 475(2)"),
    ("not_delivered", {**CONSUMER, "own_carrier": True}, "genuine", "BGB §§ 447, 475(2)"),
    ("not_delivered", {**BUSINESS, "delivery_note_signed": True}, "pretext", "BGB § 447"),
    # § 477(1): the last day of the year, and the day after.
    ("defect", {**CONSUMER, "goods": True, "delivered_on": D("2025-05-01")},
     "genuine", "BGB § 477(1)"),
    ("defect", {**CONSUMER, "goods": True, "delivered_on": D("2025-04-30")},
     "pretext", "BGB §§ 363, 477(1)"),
    # § 377 HGB: fourteen days, and fifteen.
    ("defect", {**BUSINESS, **GOODS, "notice_sent_on": D("2026-04-15")},
     "pretext", "BGB § 363, HGB § 377"),
    ("defect", {**BUSINESS, **GOODS, "notice_sent_on": D("2026-04-16")},
     "pretext", "BGB § 363, HGB § 377"),
    # § 640: accepted or not; § 641(3): twice the cost of repair.
    ("defect", {"goods": False, "accepted_on": D("2026-04-01")}, "pretext", "BGB § 640"),
    ("defect", {"goods": False}, "genuine", "BGB § 640"),
    ("defect", {"goods": False, "delivered_on": D("2026-04-01")}, "genuine", "BGB § 640"),
    # § 477(1) sentence 2: half a year for a living animal.
    ("defect", {**CONSUMER, "animal": True, "delivered_on": D("2025-11-01")}, "genuine",
     "BGB § 477(1)"),
    ("defect", {**CONSUMER, "animal": True, "delivered_on": D("2025-10-31")}, "pretext",
     "BGB §§ 363, 477(1)"),
    # A business that is no merchant: neither § 477 nor § 377.
    ("defect", {"merchants": False, "consumer": False, **GOODS}, "pretext", "BGB § 363"),
    ("not_delivered", {"merchants": False, "consumer": False}, "genuine", "BGB § 447"),
    ("not_delivered", {**CONSUMER, "goods": False}, "genuine", "BGB § 320"),
    ("defect", {"goods": False, "accepted_on": D("2026-04-01"), "repair_cents": 100_00,
                "claim_cents": 900_00, "disputed_cents": 200_01}, "partly_genuine", "BGB § 640"),
    ("defect", {"goods": False, "accepted_on": D("2026-04-01"), "repair_cents": 100_00,
                "claim_cents": 900_00, "disputed_cents": 200_00}, "genuine", "BGB § 640"),
    ("wrong_amount", {}, "genuine", GENERAL),
    ("wrong_amount", {"price_agreed": True}, "pretext", GENERAL),
    ("price_not_agreed", {}, "genuine", "BGB §§ 612(2), 632(2)"),
    ("price_not_agreed", {"price_agreed": True}, "pretext", "BGB §§ 612(2), 632(2)"),
    # § 355(2): fourteen days, and fifteen after delivery, instructed with the contract.
    ("withdrawn", {**CONSUMER, **GOODS, "instructed_on": D("2026-03-20"),
                   "withdrawal_sent_on": D("2026-04-15")}, "genuine",
     "BGB §§ 355, 356(3), 361(3)"),
    ("withdrawn", {**CONSUMER, **GOODS, "instructed_on": D("2026-03-20"),
                   "withdrawal_sent_on": D("2026-04-16")}, "pretext",
     "BGB §§ 355, 356(3), 361(3)"),
    # § 356(3): twelve months and fourteen days without instruction, and a day more.
    ("withdrawn", {**CONSUMER, "delivered_on": D("2025-04-01"),
                   "withdrawal_sent_on": D("2026-04-15")}, "genuine",
     "BGB §§ 355, 356(3), 361(3)"),
    ("withdrawn", {**CONSUMER, "delivered_on": D("2025-04-01"),
                   "withdrawal_sent_on": D("2026-04-16")}, "pretext",
     "BGB §§ 355, 356(3), 361(3)"),
    # § 193: the fourteenth day is Easter Monday of 2026; the next day is in time, the one after
    # it is not.
    ("withdrawn", {**CONSUMER, "delivered_on": D("2026-03-23"), "instructed_on": D("2026-03-20"),
                   "withdrawal_sent_on": D("2026-04-07")}, "genuine",
     "BGB §§ 355, 356(3), 361(3)"),
    ("withdrawn", {**CONSUMER, "delivered_on": D("2026-03-23"), "instructed_on": D("2026-03-20"),
                   "withdrawal_sent_on": D("2026-04-08")}, "pretext",
     "BGB §§ 355, 356(3), 361(3)"),
    # An instruction after the longest period prolongs nothing.
    ("withdrawn", {**CONSUMER, "delivered_on": D("2024-04-01"), "instructed_on": D("2026-04-01"),
                   "withdrawal_sent_on": D("2026-04-02")}, "pretext",
     "BGB §§ 355, 356(3), 361(3)"),
    # § 356(2): of services the contract counts, not the day of the service.
    ("withdrawn", {**CONSUMER, "goods": False, "contract_on": D("2026-03-02"),
                   "delivered_on": D("2026-04-01"), "instructed_on": D("2026-03-02"),
                   "withdrawal_sent_on": D("2026-03-17")}, "pretext",
     "BGB §§ 355, 356(3), 361(3)"),
    ("withdrawn", BUSINESS, "pretext", GENERAL),
    ("cancelled", {"due_on": D("2026-04-30"), "cancelled_on": D("2026-03-01"),
                   "contract_ends_on": D("2026-04-30")}, "pretext", "BGB § 130(1)"),
    ("cancelled", {"due_on": D("2026-05-01"), "cancelled_on": D("2026-03-01"),
                   "contract_ends_on": D("2026-04-30")}, "genuine", "BGB § 130(1)"),
    # § 312k(6): without a button it ends when the notice is received.
    ("cancelled", {"due_on": D("2026-03-02"), "cancelled_on": D("2026-03-01"),
                   "contract_ends_on": D("2026-04-30"), "cancel_button": False}, "genuine",
     "BGB § 130(1)"),
    ("cancelled", {"due_on": D("2026-03-01"), "cancelled_on": D("2026-03-01"),
                   "contract_ends_on": D("2026-04-30"), "cancel_button": False}, "pretext",
     "BGB § 130(1)"),
    ("not_liable", {}, "genuine", GENERAL),
    ("not_liable", {"order_proven": True}, "pretext", GENERAL),
    ("identity_misuse", {"police_report": True}, "genuine", GENERAL),
    ("identity_misuse", {"police_report": True, "order_proven": True}, "pretext", GENERAL),
    ("minor", {}, "pretext", "BGB § 106"),
    ("minor", {"minor_at_contract": True, "guardian_consented": True}, "pretext",
     "BGB §§ 107, 108"),
    # § 108(2): the guardian has two weeks, to the Monday after a Saturday (§ 193); then his
    # silence is refusal.
    ("minor", {"minor_at_contract": True, "guardian_asked_on": D("2026-10-17")}, "undecided",
     "BGB § 108(2)"),
    ("minor", {"minor_at_contract": True, "guardian_asked_on": D("2026-10-16")}, "genuine",
     "BGB § 108(2)"),
    ("time_barred", {"limitation_day": D("2026-04-30")}, "genuine", "BGB § 214(1)"),
    ("time_barred", {"limitation_day": D("2026-12-31")}, "pretext", "BGB § 214(1)"),
    ("time_barred", {}, "undecided", "BGB § 214(1)"),
    ("set_off", {}, "pretext", "BGB § 387"),
    # Limitation is no answer to somebody who does not rely on it.
    ("set_off", {"limitation_day": D("2026-04-30")}, "pretext", "BGB § 387"),
    ("retention", {}, "genuine", "BGB § 320"),
    ("retention", {"accepted_on": D("2026-04-01")}, "pretext", "BGB §§ 273, 320, 363"),
    ("subscription_trap", {}, "genuine", "BGB § 312j(3), (4)"),
    ("subscription_trap", BUSINESS, "genuine", GENERAL),
    ("retention", {"goods": False, "repair_cents": 100_00, "claim_cents": 900_00,
                   "disputed_cents": 900_00}, "partly_genuine", "BGB § 320"),
    ("subscription_trap", {"order_button": True}, "pretext", "BGB § 312j(3), (4)"),
    ("deceased_debt", {}, "genuine", "BGB § 1967"),
    ("deceased_debt", {"heir_named": True}, "pretext", "BGB § 1967"),
    ("instalments_agreed", {"plan_agreed_on": D("2026-05-01")}, "genuine", GENERAL),
    ("instalments_agreed", {"plan_agreed_on": D("2026-05-02")}, "pretext", GENERAL),
    # § 286: default on the day of the order, and the day after it.
    ("costs_only", {"default_on": D("2026-03-01"), "ordered_on": D("2026-03-01")}, "pretext",
     "BGB §§ 280(1), (2), 286"),
    ("costs_only", {"default_on": D("2026-03-02"), "ordered_on": D("2026-03-01")}, "genuine",
     "BGB §§ 280(1), (2), 286"),
    ("no_authority", {}, "genuine", "BGB §§ 174, 410"),
    ("no_authority", {"authority_shown_on": D("2026-05-05")}, "pretext", "BGB §§ 174, 410"),
    ("invoice_not_received", {"invoice_received": True}, "pretext", "BGB § 286(3)"),
    ("invoice_not_received", {"invoice_returned_on": D("2026-02-01")}, "genuine", "BGB § 286(3)"),
    ("other", {}, "pretext", GENERAL),
    ("other", {"payments": (DatedCents(D("2026-04-01"), 1),)}, "pretext", GENERAL),
]  # fmt: skip


def test_each_file_has_the_verdict_and_the_paragraph_of_the_law():
    wrong = []
    for kind, facts, stands, law in FILES:
        found = standing_of(Raised(kind, RAISED_ON, AS_OF, FileFacts(**facts)))
        if (found.stands.value, found.burden.law) != (stands, law):
            wrong.append((kind, facts, found.stands.value, found.burden.law))
    assert not wrong
    assert len(FILES) >= 40
    for kind in reasons():
        assert sum(each[0] == kind for each in FILES) >= 2, kind


def test_twice_the_repair_cost_never_exceeds_the_claim():
    assert retainable_cents(FileFacts(repair_cents=100_00, claim_cents=900_00)) == 200_00
    assert retainable_cents(FileFacts(repair_cents=100_00, claim_cents=150_00)) == 150_00
    assert retainable_cents(FileFacts()) is None
