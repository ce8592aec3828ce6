-- A day by which the house has something to do.
CREATE TABLE house_dates (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    what TEXT NOT NULL,
    due_on DATE NOT NULL,
    ring_days BIGINT NOT NULL,
    insured_cents BIGINT,
    done_at TIMESTAMP WITH TIME ZONE,
    done_note TEXT,
    CONSTRAINT pk_house_dates PRIMARY KEY (id),
    CONSTRAINT ck_house_dates_datekind CHECK (kind IN ('registration', 'insurance', 'supervision', 'other')),
    CONSTRAINT ck_house_dates_insured CHECK ((kind = 'insurance') = (insured_cents IS NOT NULL)),
    CONSTRAINT ck_house_dates_ring_days_positive CHECK (ring_days >= 0),
    CONSTRAINT uq_house_dates_public_id UNIQUE (public_id)
);
