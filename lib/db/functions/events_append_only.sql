-- Events are append-only, SQLSTATE TS002: no update, and no delete except together with the lead, when its retention ends.
CREATE OR REPLACE FUNCTION "reject_event_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' THEN
		IF NOT EXISTS (SELECT FROM leads WHERE id = OLD.lead_id) THEN
			RETURN NULL;
		END IF;
	END IF;
	RAISE EXCEPTION 'events are not changed, and deleted only with their lead' USING ERRCODE = 'TS002';
END
$$;
CREATE OR REPLACE TRIGGER "events_unchanged" BEFORE UPDATE ON "events"
	FOR EACH ROW EXECUTE FUNCTION "reject_event_change"();
CREATE OR REPLACE TRIGGER "events_kept" BEFORE TRUNCATE ON "events"
	FOR EACH STATEMENT EXECUTE FUNCTION "reject_event_change"();
-- A constraint trigger can't be replaced.
DROP TRIGGER IF EXISTS "events_whole" ON "events";
CREATE CONSTRAINT TRIGGER "events_whole" AFTER DELETE ON "events"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reject_event_change"();
