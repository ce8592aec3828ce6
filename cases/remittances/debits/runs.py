"""Collecting: instalments that near become a file for the bank, and the statement shows them."""

from collections.abc import Mapping, Sequence

from lxml import etree
from sqlalchemy import select

from cases.claims.models import Case
from cases.claims.queries import list_cases_by_id, lock_cases
from cases.core import audit, clock, files, locks
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.files import StoredFile
from cases.formats.bank import camt
from cases.parties.queries import get_agency
from cases.people.approvals import Kind, ask, close_open
from cases.people.models import Approval
from cases.people.policy import Permission
from cases.plans.models import Plan, PlanState
from cases.plans.queries import list_instalments
from cases.remittances.debits import errors
from cases.remittances.debits.due import LEAD, list_due
from cases.remittances.debits.mandates import is_held, open_instalments
from cases.remittances.debits.models import Debit, DebitRun, DebitState, Mandate
from cases.remittances.debits.pain008 import Collection, CollectionFile, write_collections
from cases.remittances.models import RunState
from cases.remittances.releasing import MEDIA_TYPE, FileBreaksSchema
from legal.findings import N_

DEBIT_RELEASE = "debit.release"


def prepare_debits() -> DebitRun:
    """Prepare all that can be collected; raises DebitRunOpen, NothingToCollect."""
    locks.take_name("debits")
    if find_prepared() is not None:
        raise errors.DebitRunOpen
    due = list_due()
    if not due:
        raise errors.NothingToCollect
    run = DebitRun(made_on=clock.today(), prepared_by=audit.actor_id(), prepared_at=clock.now())
    db.session.add(run)
    db.session.flush()
    for place, each in enumerate(due, start=1):
        db.session.add(
            Debit(
                run_id=run.id,
                mandate_id=each.mandate.id,
                plan_id=each.plan.id,
                instalment=each.instalment,
                number=f"LS-{run.id}-{place}",
                collect_on=each.collect_on,
                amount_cents=each.cents,
            )
        )
    db.session.flush()
    audit.record("debit_run.prepared", "debit_run", run.id, debits=len(due))
    return run


def find_prepared() -> DebitRun | None:
    """The run that waits for its release."""
    return db.session.scalar(select(DebitRun).where(DebitRun.state == RunState.PREPARED).limit(1))


def ask_release(public_id: str) -> Approval:
    """Ask a second person to release debits; both see the sum and the file's digest.

    Raises:
        NotFound, DebitRunNotPrepared, DebitRunStale, DebitDayPassed, FileBreaksSchema,
        AlreadyAsked.
    """
    lock_cases_of(get_run(public_id).id)
    run = lock_run(public_id)
    _require_fresh(run)
    _write_file(run)
    debits = list_debits(run.id)
    after = {
        "sum_cents": sum(each.amount_cents for each in debits),
        "debits": len(debits),
        "sha256": run.sepa_sha256,
    }
    return ask(DEBIT_RELEASE, run.id, f"{run.made_on:%d.%m.%Y}", after)


def release_run(approval: Approval) -> None:
    """The file may be fetched; raises DebitRunNotPrepared, DebitRunStale, DebitDayPassed."""
    run = locks.lock_row(DebitRun, approval.subject_id)
    if run.state is not RunState.PREPARED:
        raise errors.DebitRunNotPrepared
    _require_fresh(run)
    for debit in list_debits(run.id):
        debit.state = DebitState.ORDERED
    run.state, run.released_at = RunState.RELEASED, clock.now()
    audit.record("debit_run.released", "debit_run", run.id)


def drop_run(public_id: str) -> None:
    """Give prepared debits up; raises NotFound, DebitRunNotPrepared."""
    run = lock_run(public_id)
    run.state = RunState.DROPPED
    for debit in list_debits(run.id):
        debit.state = DebitState.DROPPED
    close_open(DEBIT_RELEASE, run.id)
    audit.record("debit_run.dropped", "debit_run", run.id)


def _require_fresh(run: DebitRun) -> None:
    """What was prepared is looked up anew: payments and decisions came in between."""
    debits = list_debits(run.id)
    if any(each.collect_on < clock.today() + LEAD for each in debits):
        raise errors.DebitDayPassed
    for debit in debits:
        plan = db.session.get_one(Plan, debit.plan_id, populate_existing=True)
        mandate = db.session.get_one(Mandate, debit.mandate_id, populate_existing=True)
        missing = {due.number: cents for due, cents in open_instalments(plan, clock.today())}
        live = plan.state is PlanState.RUNNING and mandate.ended_at is None and not is_held(plan)
        if not live or missing.get(debit.instalment) != debit.amount_cents:
            raise errors.DebitRunStale


def _write_file(run: DebitRun) -> None:
    house = get_agency()
    debits = list_debits(run.id)
    mandates = {
        each.id: each
        for each in db.session.scalars(
            select(Mandate).where(Mandate.id.in_([debit.mandate_id for debit in debits]))
        )
    }
    cases = list_cases_by_id({mandate.case_id for mandate in mandates.values()})
    data = write_collections(
        CollectionFile(
            message_id=f"LS-{run.id}",
            made_at=run.prepared_at,
            name=house.name,
            iban=house.trust_iban,
            bic=house.trust_bic,
            creditor_identifier=str(house.sepa_creditor_id),
            debits=[_collection(debit, mandates[debit.mandate_id], cases) for debit in debits],
        )
    )
    check_schema(data)
    stored = files.store_file(data, f"lastschriften-{run.made_on}-{run.id}.xml", MEDIA_TYPE, None)
    run.sepa_file_id, run.sepa_sha256 = stored.id, stored.sha256
    db.session.flush()


def _collection(debit: Debit, mandate: Mandate, cases: Mapping[int, Case]) -> Collection:
    number = cases[mandate.case_id].number
    once = len(list_instalments(debit.plan_id)) == 1
    return Collection(
        end_to_end=debit.number,
        mandate=mandate.reference,
        signed_on=mandate.signed_on or debit.collect_on,
        once=once,
        collect_on=debit.collect_on,
        name=mandate.name,
        iban=mandate.iban,
        cents=debit.amount_cents,
        purpose=f"Aktenzeichen {number} Rate {debit.instalment}",
    )


def check_schema(data: bytes) -> None:
    """Refuse a file that the bank would; raises FileBreaksSchema."""
    schema = etree.XMLSchema(etree.parse(str(camt.SCHEMAS / "pain.008.001.08.xsd")))
    if not schema.validate(etree.fromstring(data)):
        raise FileBreaksSchema(reason=str(schema.error_log)[:200])


def lock_cases_of(run_id: int) -> None:
    """Lock the cases of a run: no payment comes in between the look and the release."""
    lock_cases({mandate.case_id for _, mandate, _ in list_lines(run_id)})


def lock_run(public_id: str) -> DebitRun:
    """The prepared run of that public id, locked; raises NotFound, DebitRunNotPrepared."""
    run = locks.lock_row(DebitRun, get_run(public_id).id)
    if run.state is not RunState.PREPARED:
        raise errors.DebitRunNotPrepared
    return run


def get_run(public_id: str) -> DebitRun:
    """The run of that public id; raises NotFound."""
    run = db.session.scalar(select(DebitRun).where(DebitRun.public_id == public_id))
    if run is None:
        raise NotFound
    return run


def list_runs(limit: int = 20) -> Sequence[DebitRun]:
    """The last runs, the newest first."""
    return db.session.scalars(select(DebitRun).order_by(DebitRun.id.desc()).limit(limit)).all()


def list_debits(run_id: int) -> Sequence[Debit]:
    """The debits of a run, by their day."""
    query = select(Debit).where(Debit.run_id == run_id).order_by(Debit.collect_on, Debit.id)
    return db.session.scalars(query).all()


def list_lines(run_id: int) -> list[tuple[Debit, Mandate, Case]]:
    """The debits of a run with whom they are collected from."""
    query = (
        select(Debit, Mandate, Case)
        .join(Mandate, Mandate.id == Debit.mandate_id)
        .join(Case, Case.id == Mandate.case_id)
        .where(Debit.run_id == run_id)
        .order_by(Debit.collect_on, Debit.id)
    )
    return [(debit, mandate, case) for debit, mandate, case in db.session.execute(query)]


def get_order_file(run: DebitRun) -> StoredFile:
    """The file of a released run; raises NotFound."""
    if run.state is not RunState.RELEASED or run.sepa_file_id is None:
        raise NotFound
    return db.session.get_one(StoredFile, run.sepa_file_id)


DEBIT_KINDS: Mapping[str, Kind] = {
    DEBIT_RELEASE: Kind(
        N_("Release of direct debits"),
        N_(
            "Compare sum and number with the list: each debit needs a signed mandate and an "
            "instalment that is due. Releasing makes the file for the bank available."
        ),
        Permission.PAYOUT_RELEASE,
        {
            "sum_cents": N_("Sum"),
            "debits": N_("Direct debits"),
            "sha256": N_("Digest of the order file (SHA-256)"),
        },
        lambda approval: {},  # All of it is compared anew when it is carried out.
        release_run,
        lock=lock_cases_of,
    ),
}
