-- Each change of a trial has its event, and each event its change: the events of a trial are a chain of allowed changes
-- that begins with `requested` and ends in the trial's current state and end. Checked at commit, so that a change and its
-- event may be written in any order. SQLSTATE TS003.
CREATE OR REPLACE FUNCTION "check_trial_events"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	key uuid;
	trial trials;
	step record;
	reached text;
	ends timestamptz;
BEGIN
	IF TG_TABLE_NAME = 'trials' THEN
		key := NEW.id;
	ELSE
		key := (NEW.data->>'trial')::uuid;
	END IF;
	SELECT * INTO trial FROM trials WHERE id = key;
	IF trial.id IS NULL OR trial.lead_id <> NEW.lead_id THEN
		RAISE EXCEPTION 'an event of a trial that this lead does not have' USING ERRCODE = 'TS003';
	END IF;
	FOR step IN
		SELECT kind, data->>'from' AS before, data->>'to' AS after, (data->>'endsAt')::timestamptz AS ends_at FROM events
		WHERE lead_id = trial.lead_id AND kind LIKE 'trial-%' AND data->>'trial' = trial.id::text ORDER BY id
	LOOP
		IF step.before IS DISTINCT FROM reached OR (CASE
			WHEN step.kind = 'trial-extended' THEN step.after = 'active' AND trial_may_be_extended(reached)
			WHEN step.kind = 'trial-' || step.after THEN
				CASE WHEN reached IS NULL THEN step.after = 'requested' ELSE trial_may_become(reached, step.after) END
		END) IS NOT TRUE THEN
			RAISE EXCEPTION 'the event % does not follow from the state %', step.kind, reached USING ERRCODE = 'TS003';
		END IF;
		reached := step.after;
		ends := step.ends_at;
	END LOOP;
	IF reached IS DISTINCT FROM trial.state OR ends IS DISTINCT FROM trial.ends_at THEN
		RAISE EXCEPTION 'a trial was changed without its event, or an event was written without its change' USING ERRCODE = 'TS003';
	END IF;
	RETURN NULL;
END
$$;
-- A constraint trigger can't be replaced.
DROP TRIGGER IF EXISTS "trials_have_events" ON "trials";
CREATE CONSTRAINT TRIGGER "trials_have_events" AFTER INSERT OR UPDATE OF "state", "ends_at" ON "trials"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "check_trial_events"();
DROP TRIGGER IF EXISTS "trial_events_true" ON "events";
CREATE CONSTRAINT TRIGGER "trial_events_true" AFTER INSERT ON "events"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind LIKE 'trial-%') EXECUTE FUNCTION "check_trial_events"();
