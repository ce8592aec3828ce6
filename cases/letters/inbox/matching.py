"""Whose case something belongs to, and by what: a mark, a number, a reference, a name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from cases.claims.models import Case, CaseDebtor, Phase
from cases.claims.queries import list_claims_by_folded_invoice
from cases.core.database import db
from cases.core.many import one_of
from cases.core.sort_name import sort_name
from cases.formats.invoice_fold import fold_invoice
from cases.letters.inbox.reading import PostRead
from cases.letters.mark import NUMBER
from cases.letters.models import Letter
from cases.parties.models import Debtor

MARK, LETTER, CASE, ANSWER = "mark", "letter_number", "case_number", "answer"
REFERENCE, ADDRESS, NAME = "reference", "sender_address", "sender_name"
#: What names a case beyond doubt; by the others a person decides.
CERTAIN = (MARK, ANSWER, LETTER, CASE)
_CASE_NUMBER = re.compile(r"\b\d{4}-\d{7}-\d\b")
_WORDS = re.compile(r"[A-Za-z0-9ÄÖÜäöüß][\w./-]{3,30}")
#: So many words of a text are looked up as invoice numbers, so many guesses are shown.
MOST_WORDS, MOST_GUESSES = 400, 5


@dataclass(frozen=True, slots=True)
class Guess:
    """A case, and why it is thought to be meant."""

    case_id: int
    how: str
    detail: str


def guesses(read: PostRead, answered: dict[str, int]) -> list[Guess]:
    """The cases that something may belong to, the surest first, each once.

    `answered` says of which case a mail of ours was that this one refers to.
    """
    found: dict[int, Guess] = {}
    for guess in _all(read, answered):
        found.setdefault(guess.case_id, guess)
    return list(found.values())[:MOST_GUESSES]


def certain(found: list[Guess]) -> Guess | None:
    """The one case that is named beyond doubt; two different ones are none."""
    sure = [guess for guess in found if guess.how in CERTAIN]
    best = [guess for guess in sure if guess.how == sure[0].how] if sure else []
    return best[0] if len(best) == 1 else None


def _all(read: PostRead, answered: dict[str, int]) -> Iterator[Guess]:
    text = f"{read.subject}\n{read.text}"
    yield from _by_letter(read.marks, MARK)
    for message_id in read.answers:
        if message_id in answered:
            yield Guess(answered[message_id], ANSWER, message_id)
    yield from _by_letter(NUMBER.findall(text), LETTER)
    numbers = set(_CASE_NUMBER.findall(text))
    for case in db.session.scalars(select(Case).where(one_of(Case.number, numbers))):
        yield Guess(case.id, CASE, case.number)
    yield from _by_reference(text)
    yield from _by_sender(read)


def _by_letter(numbers: list[str], how: str) -> Iterator[Guess]:
    query = select(Letter.number, Letter.case_id).where(one_of(Letter.number, set(numbers)))
    for number, case_id in db.session.execute(query.order_by(Letter.id)):
        yield Guess(case_id, how, number)


def _by_reference(text: str) -> Iterator[Guess]:
    words = {w for w in _WORDS.findall(text)[:MOST_WORDS] if any(c.isdigit() for c in w)}
    folded = {fold_invoice(word): word for word in words}
    for key, claim in list_claims_by_folded_invoice([f for f in folded if f])[:MOST_GUESSES]:
        yield Guess(claim.case_id, REFERENCE, folded[key])


def _by_sender(read: PostRead) -> Iterator[Guess]:
    conditions = []
    if read.sender_address:
        conditions.append((ADDRESS, read.sender_address,
                           func.lower(Debtor.email) == read.sender_address.lower()))  # fmt: skip
    if read.sender_name:
        conditions.append((NAME, read.sender_name, Debtor.sort_name == sort_name(read.sender_name)))
    for how, detail, condition in conditions:
        query = (
            select(CaseDebtor.case_id)
            .join(Debtor, Debtor.id == CaseDebtor.debtor_id)
            .join(Case, Case.id == CaseDebtor.case_id)
            .where(condition, Case.phase != Phase.CLOSED)
        )
        for case_id in db.session.scalars(query.order_by(CaseDebtor.case_id).limit(MOST_GUESSES)):
            yield Guess(case_id, how, detail)
