"""The kinds of written letters: what each is for, what it may use, and the text it begins with."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cases.letters.models import LetterKind
from cases.letters.written.language import Vocabulary
from legal.demand import Occasion

TEXTS = Path(__file__).parent / "texts"
#: Parts of the page that the program fills in; each is a template of its own.
BLOCKS = {
    "claims": "invoices.html",
    "interest": "interest.html",
    "costs": "costs.html",
    "payment": "payment.html",
    "joint": "joint.html",
    "information": "information.html",
    "court": "court.html",
}
#: What announces the next step of ours with all its words, as the placeholder {next_step} does.
ANNOUNCES = "court"
#: What asks for money: a letter with this block is a demand, with all its duties.
DEMANDS = "payment"
PLACEHOLDERS = (
    "salutation", "debtor", "creditor", "case", "today", "handler", "phone", "email", "agency",
    "open", "principal", "interest", "costs", "pay_by", "next_step", "invoices", "promise_amount",
    "promise_day", "contract_circumstances", "original_creditor", "appointment",
)  # fmt: skip
#: Of each claim, between [each claim] and [end].
OF_CLAIM = (
    "invoice_number",
    "invoice_day",
    "invoice_due",
    "invoice_amount",
    "invoice_open",
    "invoice_subject",
)
CONDITIONS = ("held", "joint", "promise", "owed", "paid", "consumer")


@dataclass(frozen=True, slots=True)
class WrittenKind:
    """One kind of letter."""

    kind: LetterKind
    occasion: Occasion
    blocks: tuple[str, ...]
    any_phase: bool = True  # Whether it may go while the case is not worked out of court.

    @property
    def vocabulary(self) -> Vocabulary:
        """What its text may use."""
        return Vocabulary(PLACEHOLDERS, self.blocks, CONDITIONS, OF_CLAIM)


_MONEY = ("claims", "interest", "costs", "joint", "payment")
KINDS = {
    each.kind: each
    for each in (
        WrittenKind(LetterKind.REMINDER, Occasion.FURTHER, _MONEY, any_phase=False),
        WrittenKind(LetterKind.REQUEST_ANSWER, Occasion.MESSAGE, _MONEY),
        WrittenKind(LetterKind.PROMISE_CONFIRMATION, Occasion.MESSAGE, _MONEY),
        WrittenKind(LetterKind.OBJECTION_REPLY, Occasion.MESSAGE, _MONEY),
        WrittenKind(LetterKind.INFORMATION, Occasion.INFORMATION, ("claims", "information")),
        WrittenKind(LetterKind.CLOSING, Occasion.MESSAGE, ("claims",)),
        WrittenKind(
            LetterKind.BEFORE_COURT, Occasion.BEFORE_COURT, (*_MONEY, "court"), any_phase=False
        ),
        WrittenKind(LetterKind.SETTLEMENT, Occasion.MESSAGE, ("claims",)),
        WrittenKind(LetterKind.APPOINTMENT, Occasion.MESSAGE, ("claims",), any_phase=False),
        WrittenKind(LetterKind.ADDRESS_CHECK, Occasion.MESSAGE, ("claims",)),
    )
}


#: Occasions on which money is demanded whatever the text says.
DEMANDING = frozenset({Occasion.FURTHER, Occasion.BEFORE_COURT})
#: Letters that a strategy sends without anybody writing in them.
WITHOUT_WRITER = frozenset({LetterKind.REMINDER, LetterKind.BEFORE_COURT})
#: What a letter of this kind announces unless its writer says otherwise.
ANNOUNCED = {LetterKind.BEFORE_COURT: "court"}


@cache
def shipped_text(kind: LetterKind, language: str) -> str:
    """The text that a new letter of this kind begins with."""
    return (TEXTS / language / f"{kind.value}.txt").read_text(encoding="utf-8")
