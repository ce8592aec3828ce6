"""`make corpus`: every reader over every sample, one table, exit 1 where something differs.

Each `tests/corpus_*.py` offers `run(shared) -> lines`, a line being (kind, file, verdict, note);
the verdict `differs` means that a file was read otherwise than expected.
"""

import importlib
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
WRONG = "differs"
Line = tuple[str, str, str, str]


def main(shared: Path) -> int:
    """Run all parts, print the table, and answer with the exit code."""
    lines: list[Line] = []
    for path in sorted(HERE.glob("corpus_*.py")):
        began = time.perf_counter()
        part = importlib.import_module(f"tests.{path.stem}").run(shared)
        seconds = time.perf_counter() - began
        print(f"{path.stem}: {len(part)} files in {seconds:.1f} s")
        lines += [tuple(line) for line in part]
    print_table(lines)
    wrong = [line for line in lines if line[2] == WRONG]
    for kind, file, _, note in wrong:
        print(f"DIFFERS {kind}/{file}: {note}")
    print(f"corpus: {len(lines)} files, {len(wrong)} differ")
    return 1 if wrong or not lines else 0


def print_table(lines: Sequence[Line]) -> None:
    """How many files of each kind had which verdict."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, _, verdict, _ in lines:
        counts[kind][verdict] += 1
    for kind, verdicts in sorted(counts.items()):
        told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
        print(f"  {kind:<20} {told}")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
