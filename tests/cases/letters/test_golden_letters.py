"""Every shipped letter says on paper what it said when somebody read it: text and breaks."""

import pytest

from tests.golden_letters import FOLDER, every_letter, golden_file, printed

#: One with joint debtors and a disputed part, one that goes abroad.
QUICK = [("before_court", "de", "joint"), ("reminder", "en", "abroad")]


@pytest.mark.parametrize(
    "letter",
    [
        *(pytest.param(each, id="-".join(each)) for each in QUICK),
        *(
            pytest.param(each, id="-".join(each), marks=pytest.mark.deep)
            for each in every_letter()
            if each not in QUICK
        ),
    ],
)
def test_a_letter_says_what_was_read(letter):
    assert printed(*letter) == golden_file(*letter).read_text(encoding="utf-8")


def test_there_is_no_golden_letter_of_a_text_that_is_gone():
    kept = set(FOLDER.rglob("*.txt"))
    assert kept == {golden_file(*letter) for letter in every_letter()}


@pytest.mark.parametrize("letter", [each for each in every_letter() if each[2] == "many"])
@pytest.mark.deep
def test_many_invoices_never_break_inside_a_row_and_carry_nothing_away(letter):
    pages = golden_file(*letter).read_text(encoding="utf-8").split("\f")
    for number in range(1, 61):
        on = [page for page in pages if f"RE-{number:05}" in page]
        # Once in the table of invoices with its amount, perhaps again in that of the interest.
        assert any("500" in page.split(f"RE-{number:05}")[1][:200] for page in on), number
