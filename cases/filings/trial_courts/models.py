"""The directory of courts for litigation, its versions, and the courts that legal has named."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class DirectoryState(StrEnum):
    """What became of a directory that was read."""

    PROPOSED = "proposed"  # Read without a mistake; somebody looks at the preview.
    CURRENT = "current"
    REPLACED = "replaced"


class CourtDirectory(Base):
    """One version of the directory: its file, where it is from, and who took it."""

    __tablename__ = "court_directories"
    __retention__ = Retention.SETTINGS
    __table_args__ = (
        Index(
            "uq_court_directories_current",
            "state",
            unique=True,
            postgresql_where=sql("state = 'current'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    state: Mapped[DirectoryState] = mapped_column(default=DirectoryState.PROPOSED)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    filename: Mapped[str]
    source: Mapped[str]  # Who published it.
    as_of: Mapped[date]  # The state of the law it describes.
    rows_count: Mapped[int]
    courts_count: Mapped[int]
    read_at: Mapped[datetime]
    read_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    taken_at: Mapped[datetime | None]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class DirectoryCourt(Base):
    """One line of the current directory: the court for a postcode, or for one place in it."""

    __tablename__ = "directory_courts"
    __retention__ = Retention.SETTINGS
    __table_args__ = (
        CheckConstraint("kind IN ('1', '2')", name="kind_known"),
        Index("ix_directory_courts_postcode", "postcode", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    directory_id: Mapped[int] = mapped_column(ForeignKey("court_directories.id"))
    postcode: Mapped[str]  # Of the defendant.
    place: Mapped[str]  # Blank: all of the postcode.
    kind: Mapped[str]  # 1 local court, 2 regional court, as the courts' format says it.
    court_postcode: Mapped[str]
    court_place: Mapped[str]
    court_name: Mapped[str]


class TrialCourtKnown(Base):
    """A court for litigation that legal has typed for a postcode; proposed the next time."""

    __tablename__ = "trial_courts_known"
    __retention__ = Retention.SETTINGS

    postcode: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)  # 1 local court, 2 regional court, ...
    court_postcode: Mapped[str]
    court_place: Mapped[str]
    case_number: Mapped[str]  # The case in which it was typed.
    typed_on: Mapped[date]
