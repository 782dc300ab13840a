ALTER TABLE "demo_views" ADD COLUMN "film" text DEFAULT 'sample' NOT NULL;--> statement-breakpoint
-- A request that was given up is withdrawn, too, when its address is corrected: its link must start nothing any more.
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
-- Nor is the whole story thrown away at once.
CREATE TRIGGER "events_kept" BEFORE TRUNCATE ON "events"
	FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
