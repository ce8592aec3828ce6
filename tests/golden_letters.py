"""Golden letters: what every shipped letter says on paper, read back from its PDF.

Run: python -m tests.golden_letters (after a wording or layout was changed on purpose: read the
difference before it is committed).
"""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from cases.letters.demand import draft_demand
from cases.letters.house_texts.examples import (
    DAY,
    EXAMPLES,
    draft_example,
    example_facts,
    example_of,
)
from cases.letters.models import LetterKind
from cases.letters.pdf import render_pdf
from cases.letters.written.composing import WrittenWish
from cases.letters.written.kinds import KINDS, shipped_text

FOLDER = Path(__file__).parent / "samples" / "letters"
LANGUAGES = ("de", "en")
#: One page is like the other where no claims stand in the letter.
SHORT = ("consumer", "joint", "abroad")


def every_letter() -> Iterator[tuple[str, str, str]]:
    """Kind, language and example of each golden letter."""
    for kind in (LetterKind.FIRST_DEMAND, *KINDS):
        for language in LANGUAGES:
            for example in EXAMPLES:
                if example.code in SHORT or "[claims]" in _text(kind, language):
                    yield kind.value, language, example.code


def golden_file(kind: str, language: str, example: str) -> Path:
    """Where its text is kept."""
    return FOLDER / kind / f"{language}_{example}.txt"


def html_of(kind: str, language: str, example: str) -> str:
    """The page of a letter of that kind, made of an invented case."""
    wish = WrittenWish(LetterKind(kind), language, _text(LetterKind(kind), language), DAY,
                       next_step="court" if kind == "before_court" else "call")  # fmt: skip
    found = example_of(example)
    if kind != LetterKind.FIRST_DEMAND:
        return draft_example(wish, found).html
    facts = example_facts(wish, found)
    return draft_demand(
        facts.order, facts.sender, facts.handler, facts.creditor, facts.recipient, facts.claims,
        facts.owed, facts.costs, ordered_on=facts.ordered_on,
    ).html  # fmt: skip


def printed(kind: str, language: str, example: str) -> str:
    """What stands on its pages, line by line, as a reader of the PDF finds it."""
    document = pypdfium2.PdfDocument(render_pdf(html_of(kind, language, example)))
    pages = [page.get_textpage().get_text_range() for page in document]
    lines = "\n\f\n".join(pages).replace("\r\n", "\n").replace("\x02", "\N{SOFT HYPHEN}")
    return "\n".join(line.rstrip() for line in lines.split("\n")) + "\n"


def _text(kind: LetterKind, language: str) -> str:
    return "[claims]" if kind is LetterKind.FIRST_DEMAND else shipped_text(kind, language)


def main() -> None:
    """Write all of them anew."""
    for letter in every_letter():
        file = golden_file(*letter)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(printed(*letter), encoding="utf-8")


if __name__ == "__main__":
    main()
