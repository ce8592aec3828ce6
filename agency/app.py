"""The application: settings in, everything assembled out."""

from dataclasses import replace
from datetime import timedelta
from importlib import import_module

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from agency import effects, logs, mails, menu
from agency import wording as staff_wording
from agency.approvals import kinds
from agency.messages import compile_catalogues
from agency.running.file_stores import file_store
from agency.settings import Settings
from cases import audit_heads, tables
from cases.consequences import connect_consequences
from cases.core import clock, files
from cases.core.database import PORTAL, db
from cases.dunning.causes import watch_timeline
from cases.formats import gate
from cases.people import passwords
from cases.people.access import sealing
from cases.people.sign_in import SESSIONS
from cases.strategies import events as strategy_events
from legal.errors import InvariantBroken
from portal import access, evidence, late_forms, limits, login, wording
from portal.shell import incoming
from portal.shell.retries import RetryingFlask
from portal.shell.setup import register_shell

#: Every blueprint, by module; `create_app` imports and registers them in this order.
BLUEPRINTS = (
    "agency.accesses.views",
    "agency.approvals.views",
    "agency.bank.rules",
    "agency.bank.suspense",
    "agency.bank.views",
    "agency.calculators.views",
    "agency.calls.client_orders",
    "agency.calls.dialer",
    "agency.calls.position",
    "agency.care.views",
    "agency.cases.commitments",
    "agency.cases.contacts",
    "agency.cases.creditor_documents",
    "agency.cases.debtors",
    "agency.cases.ending",
    "agency.cases.defaults",
    "agency.cases.origins",
    "agency.cases.relationship",
    "agency.cases.holds",
    "agency.cases.notes",
    "agency.cases.reports",
    "agency.cases.views",
    "agency.clients.papers",
    "agency.clients.relationship",
    "agency.clients.contracts",
    "agency.clients.views",
    "agency.contacts.arrangement",
    "agency.contacts.debtor_view",
    "agency.contacts.log",
    "agency.contacts.people",
    "agency.contacts.requests",
    "agency.estates.views",
    "agency.filings.batch_pages",
    "agency.filings.court_mail",
    "agency.filings.deadline_pages",
    "agency.filings.proceeding_pages",
    "agency.filings.recommending",
    "agency.filings.report_pages",
    "agency.filings.trial_court_pages",
    "agency.filings.workbench",
    "agency.running.healthz",
    "agency.house.dates",
    "agency.house.views",
    "agency.intake.views",
    "agency.ledger.datev_settings",
    "agency.ledger.hand_costs",
    "agency.ledger.views",
    "agency.letters.announced",
    "agency.letters.attaching",
    "agency.letters.many",
    "agency.letters.texts",
    "agency.letters.views",
    "agency.letters.writing",
    "agency.limitation.views",
    "agency.objections.authority",
    "agency.objections.bundle",
    "agency.objections.complaints",
    "agency.objections.evidence",
    "agency.objections.house",
    "agency.objections.quality",
    "agency.objections.views",
    "agency.operations.monitoring",
    "agency.operations.views",
    "agency.meetings.views",
    "agency.open_items.views",
    "agency.own_name.views",
    "agency.payouts.views",
    "agency.plans.building",
    "agency.plans.claims_statements",
    "agency.plans.mandates",
    "agency.plans.views",
    "agency.post.inbox",
    "agency.post.mailing",
    "agency.post.printing",
    "agency.post.returns",
    "agency.transfers.bill_pages",
    "agency.transfers.debit_pages",
    "agency.transfers.views",
    "agency.rates.views",
    "agency.reports.views",
    "agency.strategies.case_pages",
    "agency.strategies.views",
    "agency.team.absence_pages",
    "agency.team.board",
    "agency.team.team_pages",
    "agency.users.rule_pages",
    "agency.users.user_pages",
    "agency.users.views",
    "agency.visits.cash",
    "agency.visits.reporting",
    "agency.visits.route",
    "agency.worklist.day",
    "agency.worklist.many",
    "agency.worklist.saved",
    "agency.worklist.views",
    "portal.pages.account.access_links",
    "portal.pages.answers",
    "portal.pages.claim_documents",
    "portal.pages.account.colleagues",
    "portal.pages.documents",
    "portal.pages.evidence_requests",
    "portal.pages.hand_over",
    "portal.pages.overview",
    "portal.reporting.mail_reading",
    "portal.care.customers",
    "portal.company.approvals",
    "portal.company.customers",
    "portal.company.first_steps",
    "portal.company.relationship",
    "portal.reporting.own_reports",
    "portal.pages.own_cases",
    "portal.pages.money.own_open_items",
    "portal.pages.money.own_payouts",
    "portal.pages.account.profile",
    "portal.pages.account.proof",
    "portal.pages.reports",
    "portal.pages.account.second_step",
    "portal.pages.account.security",
    "portal.pages.account.sign_in",
    "portal.pages.submission_columns",
    "portal.pages.submission_rows",
    "portal.pages.single_claim",
    "portal.pages.submissions",
)


def create_app(settings: Settings) -> Flask:
    """Assemble web side, database, file store and effects from the settings."""
    if not tables.METADATA.tables:
        raise InvariantBroken("all models are known before the first query")
    app = RetryingFlask("agency", template_folder="templates", static_folder=None)
    compile_catalogues()
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=gate.MAX_BYTES + 1024 * 1024,  # And the form around it.
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_NAME="recoup",
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_BINDS={PORTAL: settings.portal_database_url},
        SQLALCHEMY_ENGINE_OPTIONS={
            "pool_pre_ping": True,
            "pool_size": 5,
            "max_overflow": 10 + settings.web_threads,  # Forms keep their key beside their work.
            # An error message must not carry what somebody typed.
            "hide_parameters": True,
        },
        WTF_CSRF_TIME_LIMIT=None,  # As long as the visit: a long form must not lapse.
        CALLING_HOURS=replace(settings.call_hours, saturdays=settings.call_on_saturdays),
        HOSTS=settings.hosts,
        RECOUP=settings,
    )
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    clock.configure(settings.time_zone, settings.now)
    passwords.configure(test_mode=settings.test_mode)
    sealing.configure(settings.secret_key)
    SESSIONS.idle = timedelta(hours=settings.session_idle_hours)
    SESSIONS.absolute = timedelta(hours=settings.session_absolute_hours)
    heads = settings.audit_heads or settings.var_folder / "audit-heads.jsonl"
    audit_heads.configure(heads, settings.secret_key)
    files.configure(file_store(settings))
    logs.init_app(app, settings.log_level)
    incoming.register(app)
    db.init_app(app)
    CSRFProtect(app)
    login.init_app(app)
    limits.init_app(app)
    access.init_app(app)
    evidence.init_app(app)
    late_forms.init_app(app)
    register_shell(app)
    wording.register(app)
    staff_wording.register(app)
    menu.init_app(app)
    effects.register_effects(settings)
    mails.configure(settings)
    kinds.register_kinds()
    watch_timeline()
    strategy_events.watch_timeline()
    connect_consequences()
    for module in BLUEPRINTS:
        app.register_blueprint(import_module(module).blueprint)
    return app
