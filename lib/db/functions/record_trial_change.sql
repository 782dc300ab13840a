-- An event in the timeline for each change of a trial.
CREATE OR REPLACE FUNCTION "record_trial_change"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	before text;
	what text := NEW.state;
BEGIN
	IF TG_OP = 'UPDATE' THEN
		before := OLD.state;
		IF OLD.ends_at IS NOT NULL AND NEW.ends_at IS DISTINCT FROM OLD.ends_at THEN
			what := 'extended';
		ELSIF NEW.state = OLD.state THEN
			RETURN NULL;
		END IF;
	END IF;
	INSERT INTO events (lead_id, submission_id, kind, data) VALUES (
		NEW.lead_id, NEW.submission_id, 'trial-' || what,
		jsonb_strip_nulls(jsonb_build_object('trial', NEW.id, 'from', before, 'to', NEW.state, 'cause', NEW.cause, 'endsAt', NEW.ends_at))
	);
	RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER "trials_ledger" AFTER INSERT OR UPDATE ON "trials"
	FOR EACH ROW EXECUTE FUNCTION "record_trial_change"();
CREATE OR REPLACE FUNCTION "refuse_hearsay"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'events of a trial are written by its ledger: change the trial' USING ERRCODE = 'check_violation';
END
$$;
CREATE OR REPLACE TRIGGER "events_of_trials" BEFORE INSERT ON "events"
	FOR EACH ROW WHEN (NEW.kind LIKE 'trial-%' AND pg_trigger_depth() = 0) EXECUTE FUNCTION "refuse_hearsay"();
