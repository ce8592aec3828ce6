-- A way to collect (Mahnstrategie); what it does stands in its versions.
CREATE TABLE strategies (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    name TEXT NOT NULL,
    rank BIGINT NOT NULL,
    shipped_as TEXT,
    CONSTRAINT pk_strategies PRIMARY KEY (id),
    CONSTRAINT uq_strategies_public_id UNIQUE (public_id),
    CONSTRAINT uq_strategies_shipped_as UNIQUE (shipped_as)
);

-- How many cases of a strategy a night did something with, or not and why.
CREATE TABLE strategy_nights (
    on_day DATE NOT NULL,
    strategy_id BIGINT NOT NULL,
    act TEXT NOT NULL,
    why TEXT NOT NULL,
    cases BIGINT NOT NULL,
    CONSTRAINT pk_strategy_nights PRIMARY KEY (on_day, strategy_id, act, why),
    CONSTRAINT fk_strategy_nights_strategy_id FOREIGN KEY(strategy_id) REFERENCES strategies (id)
);

-- The steps of a strategy as one person wrote and another released them.
CREATE TABLE strategy_versions (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    strategy_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    state VARCHAR(40) NOT NULL,
    plan JSONB NOT NULL,
    written_by BIGINT,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    live_from DATE,
    CONSTRAINT pk_strategy_versions PRIMARY KEY (id),
    CONSTRAINT ck_strategy_versions_versionstate CHECK (state IN ('draft', 'live', 'retired')),
    CONSTRAINT uq_strategy_versions_public_id UNIQUE (public_id),
    CONSTRAINT fk_strategy_versions_strategy_id FOREIGN KEY(strategy_id) REFERENCES strategies (id),
    CONSTRAINT fk_strategy_versions_written_by FOREIGN KEY(written_by) REFERENCES users (id)
);
CREATE INDEX ix_strategy_versions_strategy_id ON strategy_versions (strategy_id);
CREATE UNIQUE INDEX uq_strategy_versions_draft ON strategy_versions (strategy_id) WHERE state = 'draft';
CREATE UNIQUE INDEX uq_strategy_versions_live ON strategy_versions (strategy_id) WHERE state = 'live';

-- Where a case stands in its strategy, and when it is looked at again.
CREATE TABLE case_strategies (
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    version_id BIGINT NOT NULL,
    next_key TEXT,
    intensity BIGINT DEFAULT '0' NOT NULL,
    from_on DATE NOT NULL,
    hurried BOOLEAN DEFAULT 'false' NOT NULL,
    in_hand_until DATE,
    cycle BIGINT DEFAULT '1' NOT NULL,
    next_on DATE NOT NULL,
    waits_for TEXT,
    ended_on DATE,
    ended_why TEXT,
    CONSTRAINT pk_case_strategies PRIMARY KEY (case_id),
    CONSTRAINT ck_case_strategies_ended_why CHECK ((ended_on IS NULL) = (ended_why IS NULL)),
    CONSTRAINT fk_case_strategies_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_case_strategies_version_id FOREIGN KEY(version_id) REFERENCES strategy_versions (id)
);
CREATE INDEX ix_case_strategies_due ON case_strategies (case_id, next_on) WHERE ended_on IS NULL;
CREATE INDEX ix_case_strategies_version_id ON case_strategies (version_id);

-- What is to be done in a case and why (Vorhaben).
CREATE TABLE intentions (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    version_id BIGINT NOT NULL,
    cycle BIGINT NOT NULL,
    step_key TEXT NOT NULL,
    channel VARCHAR(40) NOT NULL,
    template TEXT NOT NULL,
    intensity BIGINT NOT NULL,
    why TEXT NOT NULL,
    earliest_on DATE NOT NULL,
    latest_on DATE NOT NULL,
    state VARCHAR(40) NOT NULL,
    closed_on DATE,
    closed_why TEXT,
    CONSTRAINT pk_intentions PRIMARY KEY (id),
    CONSTRAINT ck_intentions_intention_channel CHECK (channel IN ('letter', 'call', 'visit', 'court', 'review')),
    CONSTRAINT ck_intentions_intentionstate CHECK (state IN ('open', 'done', 'dropped', 'expired')),
    CONSTRAINT fk_intentions_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_intentions_version_id FOREIGN KEY(version_id) REFERENCES strategy_versions (id)
);
CREATE UNIQUE INDEX uq_intentions_open ON intentions (case_id) WHERE state = 'open';
CREATE UNIQUE INDEX uq_intentions_step ON intentions (case_id, cycle, step_key);

-- One try to do what was intended (Versuch), with its outcome. Never changed.
CREATE TABLE attempts (
    id BIGSERIAL NOT NULL,
    intention_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    made_on DATE NOT NULL,
    outcome TEXT NOT NULL,
    letter_number TEXT,
    CONSTRAINT pk_attempts PRIMARY KEY (id),
    CONSTRAINT fk_attempts_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_attempts_intention_id FOREIGN KEY(intention_id) REFERENCES intentions (id)
);
CREATE INDEX ix_attempts_intention_id ON attempts (intention_id);
CREATE INDEX ix_attempts_on_day ON attempts (made_on, outcome);
