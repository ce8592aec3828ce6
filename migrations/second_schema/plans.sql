-- An instalment plan or settlement of a case.
CREATE TABLE plans (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    state VARCHAR(40) NOT NULL,
    currency VARCHAR(3) NOT NULL,
    made_on DATE NOT NULL,
    made_by BIGINT NOT NULL,
    first_on DATE NOT NULL,
    every VARCHAR(40) NOT NULL,
    instalment_cents BIGINT NOT NULL,
    agreed_cents BIGINT,
    open_cents BIGINT NOT NULL,
    let_go_cents BIGINT NOT NULL,
    paid_that_day_cents BIGINT NOT NULL,
    reason TEXT,
    tolerance_days BIGINT NOT NULL,
    tolerance_cents BIGINT NOT NULL,
    needs_client BOOLEAN NOT NULL,
    client_agreed_at TIMESTAMP WITH TIME ZONE,
    needs_second BOOLEAN NOT NULL,
    second_agreed_at TIMESTAMP WITH TIME ZONE,
    offered_on DATE,
    valid_until DATE,
    accepted_on DATE,
    accepted_by VARCHAR(40),
    hold_id BIGINT,
    grace_until DATE,
    broken_on DATE,
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_as VARCHAR(40),
    ended_reason TEXT,
    CONSTRAINT pk_plans PRIMARY KEY (id),
    CONSTRAINT ck_plans_acceptedby CHECK (accepted_by IN ('letter', 'email', 'fax')),
    CONSTRAINT ck_plans_agreed_positive CHECK (agreed_cents IS NULL OR agreed_cents > 0),
    CONSTRAINT ck_plans_ended_why CHECK ((state = 'ended') = (ended_as IS NOT NULL)),
    CONSTRAINT ck_plans_endedby
        CHECK (ended_as IN ('revoked', 'debtor', 'lapsed', 'client_refused', 'second_refused', 'case_ended')),
    CONSTRAINT ck_plans_instalment_positive CHECK (instalment_cents > 0),
    CONSTRAINT ck_plans_plankind CHECK (kind IN ('forbearance', 'agreement')),
    CONSTRAINT ck_plans_planstate CHECK (state IN ('asked', 'offered', 'running', 'broken', 'fulfilled', 'ended')),
    CONSTRAINT ck_plans_rhythm CHECK (every IN ('week', '2 weeks', 'month')),
    CONSTRAINT uq_plans_public_id UNIQUE (public_id),
    CONSTRAINT fk_plans_case_id_creditor_id FOREIGN KEY(case_id, creditor_id) REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_plans_made_by FOREIGN KEY(made_by) REFERENCES users (id)
);
CREATE INDEX ix_plans_case_id ON plans (case_id, id);
CREATE INDEX ix_plans_running ON plans (id) WHERE state IN ('offered', 'running');
CREATE UNIQUE INDEX uq_plans_open ON plans (case_id) WHERE state IN ('asked', 'offered', 'running', 'broken');

-- What the creditor decided about a plan beyond his limits: his own click, or told to us.
CREATE TABLE plan_decisions (
    id BIGSERIAL NOT NULL,
    plan_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    agrees BOOLEAN NOT NULL,
    words TEXT,
    decided_by BIGINT NOT NULL,
    decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_plan_decisions PRIMARY KEY (id),
    CONSTRAINT uq_plan_decisions_plan_id UNIQUE (plan_id),
    CONSTRAINT fk_plan_decisions_decided_by FOREIGN KEY(decided_by) REFERENCES users (id),
    CONSTRAINT fk_plan_decisions_plan_id FOREIGN KEY(plan_id) REFERENCES plans (id)
);

-- One instalment as it was foretold; what was paid on it is read from the account.
CREATE TABLE plan_instalments (
    plan_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    due_on DATE NOT NULL,
    amount_cents BIGINT NOT NULL,
    costs_cents BIGINT NOT NULL,
    interest_cents BIGINT NOT NULL,
    principal_cents BIGINT NOT NULL,
    remaining_cents BIGINT NOT NULL,
    reminded_on DATE,
    asked_again_on DATE,
    CONSTRAINT pk_plan_instalments PRIMARY KEY (plan_id, number),
    CONSTRAINT ck_plan_instalments_amount_positive CHECK (amount_cents > 0),
    CONSTRAINT fk_plan_instalments_plan_id FOREIGN KEY(plan_id) REFERENCES plans (id)
);
