-- Which state of a trial may follow which. In the database, so that no program, and nobody at a prompt, can move a trial
-- past it. Dates come with the start and never before; support may take up again a trial that was canceled while it
-- ran, by giving it a later end; a request that was given up is withdrawn when its address is corrected.
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
$$;
CREATE OR REPLACE TRIGGER "trials_order" BEFORE INSERT OR UPDATE ON "trials"
	FOR EACH ROW EXECUTE FUNCTION "check_trial_change"();
