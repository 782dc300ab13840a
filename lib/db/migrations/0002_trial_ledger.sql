-- The ledger of trials: which state may follow which, and an event in the timeline for each change. In the
-- database, so that no program, and nobody at a prompt, can move a trial past it.
CREATE FUNCTION "check_trial_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		IF NEW.state <> 'requested' OR NEW.starts_at IS NOT NULL THEN
			RAISE EXCEPTION 'a trial begins as requested, not as %', NEW.state USING ERRCODE = 'check_violation';
		END IF;
		RETURN NEW;
	END IF;
	IF NEW.starts_at IS DISTINCT FROM OLD.starts_at AND OLD.starts_at IS NOT NULL THEN
		RAISE EXCEPTION 'the start of a trial does not change' USING ERRCODE = 'check_violation';
	END IF;
	-- Extended: a later end, from any state in which the trial has started and was not settled.
	IF NEW.ends_at IS DISTINCT FROM OLD.ends_at AND OLD.ends_at IS NOT NULL THEN
		IF OLD.state IN ('active', 'ending', 'expired') AND NEW.state = 'active' AND NEW.ends_at > OLD.ends_at THEN
			RETURN NEW;
		END IF;
		RAISE EXCEPTION 'the end of a trial changes only by extending it' USING ERRCODE = 'check_violation';
	END IF;
	IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
		('requested', 'confirmed'), ('requested', 'abandoned'), ('requested', 'cancelled'),
		('abandoned', 'requested'),
		('confirmed', 'active'), ('confirmed', 'cancelled'),
		('active', 'ending'), ('active', 'converted'), ('active', 'cancelled'),
		('ending', 'expired'), ('ending', 'converted'), ('ending', 'cancelled'),
		('expired', 'converted')
	) THEN
		RAISE EXCEPTION 'a trial that is % can''t become %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END
$$;--> statement-breakpoint
CREATE TRIGGER "trials_order" BEFORE INSERT OR UPDATE ON "trials"
	FOR EACH ROW EXECUTE FUNCTION "check_trial_change"();--> statement-breakpoint
CREATE FUNCTION "record_trial_change"() RETURNS trigger LANGUAGE plpgsql AS $$
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
$$;--> statement-breakpoint
CREATE TRIGGER "trials_ledger" AFTER INSERT OR UPDATE ON "trials"
	FOR EACH ROW EXECUTE FUNCTION "record_trial_change"();--> statement-breakpoint
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'what has happened is not changed' USING ERRCODE = 'check_violation';
END
$$;--> statement-breakpoint
-- Deleting stays possible: a lead's data is erased as a whole when its time is up.
CREATE TRIGGER "events_unchanged" BEFORE UPDATE ON "events"
	FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
