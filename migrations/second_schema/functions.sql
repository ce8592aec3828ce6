-- The last closed day, read after whoever is closing a period has finished: each statement of a
-- volatile function sees what was committed before it.
CREATE FUNCTION share_period(key bigint) RETURNS date LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(key);
    RETURN (SELECT max(last_day) FROM closed_periods);
END $$;
