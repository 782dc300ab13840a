-- Events are append-only: none is changed, and none is deleted but with its lead, when its time is up.
CREATE OR REPLACE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'what has happened is not changed' USING ERRCODE = 'check_violation';
END
$$;
CREATE OR REPLACE TRIGGER "events_unchanged" BEFORE UPDATE ON "events"
	FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE OR REPLACE TRIGGER "events_kept" BEFORE TRUNCATE ON "events"
	FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE OR REPLACE FUNCTION "refuse_gap"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT FROM leads WHERE id = OLD.lead_id) THEN
		RAISE EXCEPTION 'what has happened is not deleted' USING ERRCODE = 'check_violation';
	END IF;
	RETURN NULL;
END
$$;
-- A constraint trigger can't be replaced.
DROP TRIGGER IF EXISTS "events_whole" ON "events";
CREATE CONSTRAINT TRIGGER "events_whole" AFTER DELETE ON "events"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "refuse_gap"();
