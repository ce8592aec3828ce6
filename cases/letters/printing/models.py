"""Print runs and the letters in them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class PrintRunState(StrEnum):
    """How far a run is."""

    PREPARED = "prepared"  # Its file can be looked at; nothing has left.
    RELEASED = "released"  # Handed over to the printing service; never again.
    DROPPED = "dropped"  # Its letters wait for another run.


class PrintRun(Base):
    """Letters that leave together, sorted, as one file with an index."""

    __tablename__ = "print_runs"
    __retention__ = Retention.LETTERS
    __table_args__ = (
        CheckConstraint("(state = 'released') = (released_at IS NOT NULL)", name="released_when"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    state: Mapped[PrintRunState] = mapped_column(default=PrintRunState.PREPARED)
    letters: Mapped[int]
    pages: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    prepared_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    prepared_at: Mapped[datetime]
    released_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    released_at: Mapped[datetime | None]


class PrintRunLetter(Base):
    """One letter of a run; the key lets a letter be in one run only."""

    __tablename__ = "print_run_letters"
    __retention__ = Retention.LETTERS

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("print_runs.id"), index=True)
    place: Mapped[int]  # In the sorted file, from 1 on.
    first_page: Mapped[int]
    pages: Mapped[int]
