-- What was decided of the step of a case's fee; gone as soon as money moves.
CREATE TABLE fee_decisions (
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    decision VARCHAR(40) NOT NULL,
    decided_on DATE NOT NULL,
    CONSTRAINT pk_fee_decisions PRIMARY KEY (case_id),
    CONSTRAINT ck_fee_decisions_feestep CHECK (decision IN ('keep', 'raise', 'reverse')),
    CONSTRAINT fk_fee_decisions_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id)
);
