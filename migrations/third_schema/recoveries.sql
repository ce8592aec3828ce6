-- One period of a client that was reported, or in which nothing had happened.
CREATE TABLE report_mailings (
    id BIGSERIAL NOT NULL,
    creditor_id BIGINT NOT NULL,
    rhythm VARCHAR(40) NOT NULL,
    last_day DATE NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_report_mailings PRIMARY KEY (id),
    CONSTRAINT ck_report_mailings_reportrhythm CHECK (rhythm IN ('none', 'daily', 'weekly', 'monthly')),
    CONSTRAINT uq_report_mailings_creditor_id_rhythm_last_day UNIQUE (creditor_id, rhythm, last_day),
    CONSTRAINT fk_report_mailings_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id)
);

-- An address at a client that reports go to, until its owner stops them.
CREATE TABLE report_readers (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    address TEXT NOT NULL,
    stopped_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_report_readers PRIMARY KEY (id),
    CONSTRAINT uq_report_readers_creditor_id_address UNIQUE (creditor_id, address),
    CONSTRAINT uq_report_readers_public_id UNIQUE (public_id),
    CONSTRAINT fk_report_readers_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id)
);
