-- One question to a client about one case, with its day and what he decided.
CREATE TABLE client_approvals (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    asked_for VARCHAR(40) NOT NULL,
    subject_id BIGINT,
    reason TEXT,
    open_cents BIGINT NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    asked_by BIGINT,
    answer_by DATE,
    state VARCHAR(40) NOT NULL,
    words TEXT,
    decided_by BIGINT,
    decided_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_client_approvals PRIMARY KEY (id),
    CONSTRAINT ck_client_approvals_asked CHECK (state IN ('open', 'agreed', 'refused', 'silent', 'withdrawn')),
    CONSTRAINT ck_client_approvals_askedfor CHECK (asked_for IN ('court', 'visit', 'plan')),
    CONSTRAINT ck_client_approvals_decided CHECK ((state IN ('agreed', 'refused')) = (decided_at IS NOT NULL)),
    CONSTRAINT uq_client_approvals_public_id UNIQUE (public_id),
    CONSTRAINT fk_client_approvals_asked_by FOREIGN KEY(asked_by) REFERENCES users (id),
    CONSTRAINT fk_client_approvals_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_client_approvals_decided_by FOREIGN KEY(decided_by) REFERENCES users (id)
);
CREATE INDEX ix_client_approvals_case_id ON client_approvals (case_id, asked_for, id);
CREATE INDEX ix_client_approvals_waiting ON client_approvals (creditor_id, answer_by) WHERE state = 'open';
CREATE UNIQUE INDEX uq_client_approvals_open ON client_approvals (case_id, asked_for) WHERE state = 'open';

-- Changed: All claims of one creditor against one debtor, or joint debtors, worked together (Akte).
CREATE INDEX ix_cases_foreign ON cases (creditor_id, id) WHERE currency <> 'EUR';

-- Changed: One invoice or other debt item (Forderung).
ALTER TABLE claims
    ADD COLUMN original_postcode TEXT,
    ADD COLUMN original_city TEXT,
    ADD COLUMN assigned_on DATE;
