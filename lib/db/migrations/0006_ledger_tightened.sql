ALTER TABLE "trials" ADD CONSTRAINT "trials_not_started" CHECK ("trials"."state" not in ('requested', 'confirmed', 'abandoned') or "trials"."starts_at" is null);--> statement-breakpoint
-- The dates of a trial come with its start and never before; support may take up again one that was cancelled
-- while it ran, by giving it a later end; a request that was given up is withdrawn, too, when its address is corrected.
CREATE OR REPLACE FUNCTION "check_trial_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		IF NEW.state <> 'requested' OR NEW.starts_at IS NOT NULL THEN
			RAISE EXCEPTION 'a trial begins as requested, not as %', NEW.state USING ERRCODE = 'check_violation';
		END IF;
		RETURN NEW;
	END IF;
	IF NEW.starts_at IS DISTINCT FROM OLD.starts_at
		AND (OLD.starts_at IS NOT NULL OR (OLD.state, NEW.state) <> ('confirmed', 'active')) THEN
		RAISE EXCEPTION 'the start of a trial comes with its confirmation and does not change' USING ERRCODE = 'check_violation';
	END IF;
	IF NEW.ends_at IS DISTINCT FROM OLD.ends_at AND OLD.ends_at IS NOT NULL THEN
		IF OLD.state IN ('active', 'ending', 'expired', 'cancelled') AND NEW.state = 'active' AND NEW.ends_at > OLD.ends_at THEN
			RETURN NEW;
		END IF;
		RAISE EXCEPTION 'the end of a trial changes only by extending it' USING ERRCODE = 'check_violation';
	END IF;
	IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
		('requested', 'confirmed'), ('requested', 'abandoned'), ('requested', 'cancelled'),
		('abandoned', 'requested'), ('abandoned', 'cancelled'),
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
-- What a trial has been through is written by its ledger alone, which is a trigger itself.
CREATE FUNCTION "refuse_hearsay"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'events of a trial are written by its ledger: change the trial' USING ERRCODE = 'check_violation';
END
$$;--> statement-breakpoint
CREATE TRIGGER "events_of_trials" BEFORE INSERT ON "events"
	FOR EACH ROW WHEN (NEW.kind LIKE 'trial-%' AND pg_trigger_depth() = 0) EXECUTE FUNCTION "refuse_hearsay"();--> statement-breakpoint
-- A single event is not taken out of a story: events go only with their lead, when its time is up.
CREATE FUNCTION "refuse_gap"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT FROM leads WHERE id = OLD.lead_id) THEN
		RAISE EXCEPTION 'what has happened is not deleted' USING ERRCODE = 'check_violation';
	END IF;
	RETURN NULL;
END
$$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "events_whole" AFTER DELETE ON "events"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "refuse_gap"();
