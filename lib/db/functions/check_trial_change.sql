-- The allowed changes of a trial's state: which state may follow which.
CREATE OR REPLACE FUNCTION "trial_may_become"("before" text, "after" text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT (before, after) IN (
		('requested', 'confirmed'), ('requested', 'abandoned'), ('requested', 'cancelled'),
		('confirmed', 'active'), ('confirmed', 'cancelled'),
		('active', 'ending'), ('active', 'converted'), ('active', 'cancelled'),
		('ending', 'expired'), ('ending', 'converted'), ('ending', 'cancelled'),
		('expired', 'converted'),
		('abandoned', 'requested'), ('abandoned', 'cancelled')
	)
$$;
-- Extending gives a trial that has started a later end and makes it active, also after it expired or was canceled.
CREATE OR REPLACE FUNCTION "trial_may_be_extended"("state" text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT state IN ('active', 'ending', 'expired', 'cancelled')
$$;
-- Rejects a change of a trial that its rules do not allow, with SQLSTATE TS001, which lib/trials/transitions.ts turns into
-- a message for the person who ordered the change.
CREATE OR REPLACE FUNCTION "check_trial_change"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	-- Confirming starts the trial in one update; its two steps have an event each (check_trial_events.sql).
	starts boolean := TG_OP = 'UPDATE' AND NEW.state = 'active' AND OLD.state IN ('requested', 'confirmed');
BEGIN
	IF TG_OP = 'INSERT' THEN
		IF NEW.state <> 'requested' OR NEW.starts_at IS NOT NULL THEN
			RAISE EXCEPTION 'a trial begins as requested, not as %', NEW.state USING ERRCODE = 'TS001';
		END IF;
		RETURN NEW;
	END IF;
	IF starts AND NEW.starts_at IS NULL OR NEW.starts_at IS DISTINCT FROM OLD.starts_at AND NOT (starts AND OLD.starts_at IS NULL) THEN
		RAISE EXCEPTION 'a trial gets its start when it becomes active, and keeps it' USING ERRCODE = 'TS001';
	END IF;
	IF NEW.ends_at IS DISTINCT FROM OLD.ends_at AND OLD.ends_at IS NOT NULL THEN
		IF trial_may_be_extended(OLD.state) AND NEW.state = 'active' AND NEW.ends_at > OLD.ends_at THEN
			RETURN NEW;
		END IF;
		RAISE EXCEPTION 'the end of a trial changes only by extending it' USING ERRCODE = 'TS001';
	END IF;
	IF NEW.state <> OLD.state AND NOT starts AND NOT trial_may_become(OLD.state, NEW.state) THEN
		RAISE EXCEPTION 'a trial that is % can''t become %', OLD.state, NEW.state USING ERRCODE = 'TS001';
	END IF;
	RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER "trials_order" BEFORE INSERT OR UPDATE ON "trials"
	FOR EACH ROW EXECUTE FUNCTION "check_trial_change"();
