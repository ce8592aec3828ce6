-- Since when one of several joint debtors is in default with a claim, or that he is not.
CREATE TABLE joint_defaults (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    claim_id BIGINT NOT NULL,
    debtor_id BIGINT NOT NULL,
    reminded_on DATE,
    default_on DATE,
    default_basis TEXT,
    CONSTRAINT pk_joint_defaults PRIMARY KEY (id),
    CONSTRAINT ck_joint_defaults_day_has_basis CHECK ((default_on IS NULL) = (default_basis IS NULL)),
    CONSTRAINT uq_joint_defaults_claim_id_debtor_id UNIQUE (claim_id, debtor_id),
    CONSTRAINT fk_joint_defaults_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_joint_defaults_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id),
    CONSTRAINT fk_joint_defaults_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id)
);
CREATE INDEX ix_joint_defaults_case_id ON joint_defaults (case_id);
CREATE INDEX ix_joint_defaults_debtor_id ON joint_defaults (debtor_id);

-- Changed: One invoice or other debt item (Forderung).
CREATE INDEX ix_claims_without_limitation ON claims (case_id) WHERE claims.limitation_conservative_on IS NULL;
CREATE INDEX ix_claims_without_rule ON claims (case_id) WHERE claims.kind = 'other' AND claims.limitation_set_on IS NULL;

-- Changed: A reason why no dunning happens (Mahnsperre), for a claim, an amount or the whole case.
ALTER TABLE holds
    DROP CONSTRAINT ck_holds_holdreason,
    ADD COLUMN rest_waits BOOLEAN DEFAULT 'false' NOT NULL,
    ADD CONSTRAINT ck_holds_holdreason
        CHECK (reason IN ('objection', 'deceased', 'insolvency', 'address_unknown', 'creditor',
            'request', 'hospital', 'plan', 'other'));

-- Changed: What suspended or restarted the limitation of a claim; legal confirms it.
CREATE INDEX ix_limitation_events_going_on ON limitation_events (claim_id) WHERE limitation_events.last_day IS NULL AND limitation_events.kind NOT IN ('part_payment', 'acknowledgement');
