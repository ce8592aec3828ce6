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

-- What journals say with their lines, from one to another, as one digest for the audit trail.
CREATE FUNCTION journals_digest(first bigint, last bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(string_agg(
        concat_ws('|', j.id, j.kind, to_char(j.booked_on, 'YYYY-MM-DD'), j.reverses_id, j.reference, lines.said),
        E'\n' ORDER BY j.id), 'UTF8')), 'hex')
    FROM journals j CROSS JOIN LATERAL (
        SELECT string_agg(concat_ws(',', l.account, coalesce(l.creditor_id, 0),
            coalesce(l.case_id, 0), l.amount_cents, l.currency), ';' ORDER BY l.id) AS said
        FROM journal_lines l WHERE l.journal_id = j.id
    ) lines
    -- Numbers of others may lie between those of a set that was booked together.
    WHERE j.id BETWEEN first AND last AND (j.kind, j.posted_at) = (
        SELECT b.kind, b.posted_at FROM journals b WHERE b.id = first)
$$;
REVOKE ALL ON FUNCTION journals_digest(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journals_digest(bigint, bigint) TO recoup_app;

-- Ids of a creditor's own cases that fit a search. Row-level security keeps what might leak (words,
-- beginnings, computed values) away from indexes, so that the portal role would read all of its
-- cases; this reads through the indexes, bound to the creditor that the policies name too.
CREATE FUNCTION find_own_cases(
    words text, folded text, invoice text, serial text, begin text, most integer)
RETURNS SETOF bigint LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH own AS MATERIALIZED (
        SELECT nullif(current_setting('recoup.creditor_id', true), '')::bigint AS id
    )
    (SELECT d.case_id FROM public.case_debtors d WHERE words <> '' AND to_tsvector('simple'::regconfig,
        (('c' || creditor_id::text) || ' ')
        || regexp_replace(replace(lower(translate(submitted_name, 'ÄÖÜäöüÀÁÂÃÅàáâãåÈÉÊËèéêëÌÍÎÏìíîïÒÓÔÕØòóôõøÙÚÛùúûÇçÑñŞşĞğİıŁłŚśŹźŻżĆćŃńĘęĄąŠšŽžČčŘřĐđÝýÿ', 'aouaouaaaaaaaaaaeeeeeeeeiiiiiiiioooooooooouuuuuuccnnssggiillsszzzzccnneeaasszzccrrddyyy')), 'ß', 'ss'), '[^[:alnum:]]+', ' ', 'g'))
        @@ to_tsquery('simple', 'c' || (SELECT id FROM own) || ' & ' || words) LIMIT most)
    UNION (SELECT d.case_id FROM public.case_debtors d
        WHERE folded <> '' AND upper(regexp_replace(customer_number, '[^[:alnum:]]', '', 'g')) = folded
        AND d.creditor_id = (SELECT id FROM own) LIMIT most)
    UNION (SELECT c.id FROM public.cases c
        WHERE split_part(number, '-', 2) = serial AND c.creditor_id = (SELECT id FROM own))
    UNION (SELECT c.id FROM public.cases c
        WHERE number >= begin AND number < begin || chr(1114111)
        AND c.creditor_id = (SELECT id FROM own) LIMIT most)
    UNION (SELECT i.case_id FROM public.claims i
        WHERE invoice_number >= begin AND invoice_number < begin || chr(1114111)
        AND i.creditor_id = (SELECT id FROM own) LIMIT most)
    UNION (SELECT i.case_id FROM public.claims i
        WHERE invoice <> '' AND invoice_folded = invoice
        AND i.creditor_id = (SELECT id FROM own) LIMIT most)
$$;
REVOKE ALL ON FUNCTION find_own_cases(text, text, text, text, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_own_cases(text, text, text, text, text, integer) TO recoup_portal;
