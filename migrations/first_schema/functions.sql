-- What triggers and the audit trail call, and the sequences of public numbers.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION check_journal_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM journal_lines WHERE journal_id = NEW.journal_id
        GROUP BY currency HAVING sum(amount_cents) <> 0
    ) THEN
        RAISE EXCEPTION 'journal % does not sum to zero', NEW.journal_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION refuse_closed_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added WHERE booked_on <= (SELECT max(last_day) FROM closed_periods)
    ) THEN
        RAISE EXCEPTION 'the period is closed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE SEQUENCE case_serial;
CREATE SEQUENCE letter_serial;

-- The head of the audit chain, without a right to read its rows.
CREATE FUNCTION audit_head(OUT seq bigint, OUT hash bytea) LANGUAGE sql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(max(head.seq), 0), coalesce(
        (array_agg(head.hash))[1],
        '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea)
    FROM (SELECT e.seq, e.hash FROM public.audit_events e ORDER BY e.seq DESC LIMIT 1) head
$$;
REVOKE ALL ON FUNCTION audit_head() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_head() TO recoup_app, recoup_portal;
