-- A webhook for each event that the receiver is to know of, in the transaction of the event. Thin: a reference, a state,
-- times; no person's data.
CREATE OR REPLACE FUNCTION "utc"(moment timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
CREATE OR REPLACE FUNCTION "announce_event"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	what text := CASE NEW.kind
		WHEN 'submitted' THEN 'lead.submitted'
		WHEN 'demo-watched' THEN 'demo.watched'
		WHEN 'trial-requested' THEN CASE WHEN NEW.data->>'from' IS NULL THEN 'trial.requested' END
		WHEN 'trial-active' THEN CASE WHEN NEW.data->>'from' = 'confirmed' THEN 'trial.confirmed' END
		WHEN 'trial-ending' THEN 'trial.ending'
		WHEN 'trial-extended' THEN 'trial.extended'
		WHEN 'trial-expired' THEN 'trial.expired'
		WHEN 'trial-converted' THEN 'trial.converted'
		WHEN 'trial-cancelled' THEN 'trial.cancelled'
	END;
	about jsonb;
	trial uuid;
BEGIN
	IF what IS NULL OR NOT EXISTS (SELECT FROM webhook_endpoint WHERE url_hash IS NOT NULL) THEN
		RETURN NULL;
	END IF;
	SELECT jsonb_build_object('reference', s.reference) INTO about
		FROM submissions s WHERE s.id = NEW.submission_id AND s.verdict <> 'held';
	-- What looks like spam is not announced.
	IF about IS NULL THEN
		RETURN NULL;
	END IF;
	IF what = 'lead.submitted' THEN
		about := about || jsonb_build_object('form', NEW.data->>'form');
	ELSIF what = 'demo.watched' THEN
		about := about || jsonb_build_object('percent', NEW.data->'percent');
	ELSE
		SELECT t.id, about || jsonb_strip_nulls(jsonb_build_object('state', t.state, 'requested_at', utc(t.requested_at),
				'starts_at', utc(t.starts_at), 'ends_at', utc(t.ends_at), 'cause', NEW.data->>'cause'))
			INTO trial, about FROM trials t WHERE t.id = (NEW.data->>'trial')::uuid;
	END IF;
	INSERT INTO webhooks (id, type, lead_id, submission_id, trial_id, data, priority)
		VALUES ('msg_' || replace(gen_random_uuid()::text, '-', ''), what, NEW.lead_id, NEW.submission_id, trial, about,
			CASE what WHEN 'trial.confirmed' THEN 10 ELSE 0 END);
	RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER "events_announced" AFTER INSERT ON "events"
	FOR EACH ROW EXECUTE FUNCTION "announce_event"();
