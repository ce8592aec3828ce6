"""The catalogue of objections as data: reasons, evidence labels, burdens, each in both languages.

`data/*.csv` is the one home of these words. A row says what an objection contests, what proves and
what refutes it, who must bring it, and by which place in the law.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from legal.findings import Bilingual


class Contests(StrEnum):
    """What of the claim a reason is against."""

    CLAIM = "claim"
    AMOUNT = "amount"
    DUE = "due"  # Only that it is payable now.
    NOTHING = "nothing"  # The principal stands.


class Side(StrEnum):
    """Who must bring it."""

    CREDITOR = "creditor"
    DEBTOR = "debtor"


class AnswerForm(StrEnum):
    """In which form a piece of evidence is answered."""

    DOCUMENT = "document"
    DAY = "day"
    YES_NO = "yes_no"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Reason:
    """One kind of objection."""

    code: str
    contests: Contests
    late_ok: bool  # May come at any time without being suspicious for it.
    needs: tuple[str, ...]  # Labels of the evidence that a verdict rests on.
    law: str
    words: Bilingual
    proves: Bilingual  # What shows that the objection is genuine.
    refutes: Bilingual  # What shows that it is none.


@dataclass(frozen=True, slots=True)
class Label:
    """What a piece of evidence proves, who brings it and in which form (Beweisthema)."""

    code: str
    side: Side
    form: AnswerForm
    sets: str | None  # The fact of the file that its answer states.
    given_by: tuple[str, ...]  # Facts of the file, any of which makes it superfluous.
    documents: tuple[str, ...]  # Kinds of documents that usually show it.
    words: Bilingual
    proves: Bilingual


@dataclass(frozen=True, slots=True)
class BurdenRule:
    """Who must prove what, by which place in the law, in a sentence."""

    code: str
    side: Side
    law: str
    law_german: str
    words: Bilingual
    over: Bilingual  # What is said once its day has passed; empty where nothing changes.


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of one file of `data`."""
    text = files("cases.objections").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def both(row: Mapping[str, str], prefix: str = "") -> Bilingual:
    """The words of a row in both languages."""
    return Bilingual(row[f"{prefix}english"], row[f"{prefix}german"])


@cache
def reasons() -> Mapping[str, Reason]:
    """Every kind of objection by its code."""
    return {
        row["code"]: Reason(
            code=row["code"],
            contests=Contests(row["contests"]),
            late_ok=row["late_ok"] == "yes",
            needs=tuple(row["needs"].split()),
            law=row["law"],
            words=both(row),
            proves=both(row, "proves_"),
            refutes=both(row, "refutes_"),
        )
        for row in read_rows("reasons")
    }


def reason_of(kind: str) -> Reason:
    """The row of a kind; an unknown one counts as something else."""
    return reasons().get(kind, reasons()["other"])


@cache
def labels() -> Mapping[str, Label]:
    """Every evidence label by its code."""
    return {
        row["code"]: Label(
            code=row["code"],
            side=Side(row["side"]),
            form=AnswerForm(row["answer"]),
            sets=row["sets"] or None,
            given_by=tuple(row["given_by"].split()),
            documents=tuple(row["documents"].split()),
            words=both(row),
            proves=both(row, "proves_"),
        )
        for row in read_rows("labels")
    }


@cache
def burdens() -> Mapping[str, BurdenRule]:
    """Every rule of the burden of proof by its code."""
    return {
        row["code"]: BurdenRule(
            code=row["code"],
            side=Side(row["side"]),
            law=row["law"],
            law_german=row["law_german"],
            words=both(row),
            over=both(row, "over_"),
        )
        for row in read_rows("burdens")
    }
