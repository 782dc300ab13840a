-- Decides whether one automatic mail to a visitor may be sent and, if the caller asks, whether support's notice is sent
-- at once; counts what it allows. "person" is the lead's id, "ask" the document of allowanceRequest() in
-- lib/mail/allowance.ts. Returns: refused, the limit that stops the acknowledgement ('mailbox', 'network' or 'all'),
-- 'unasked' if the form has none, or null if it may be sent; capped, whether a cap for unproven mailboxes is reached,
-- whether or not this mailbox is proven; folded, whether the notice waits for a digest; alarm, whether to raise one, at
-- most once an hour.
CREATE OR REPLACE FUNCTION "grant_mail"("person" uuid, "ask" jsonb)
RETURNS TABLE ("refused" text, "capped" boolean, "folded" boolean, "alarm" boolean) LANGUAGE plpgsql AS $$
DECLARE
	limits jsonb := ask->'limits';
	box text := ask->>'mailbox';
	net text := ask->>'network';
	notice boolean := net IS NOT NULL AND (ask->>'notice')::boolean;
	proved boolean := (ask->>'proved')::boolean
		OR EXISTS (SELECT FROM trials t WHERE t.lead_id = person AND t.starts_at IS NOT NULL);
	class text := ask->>'class';
	cap text;
BEGIN
	folded := false;
	alarm := false;
	-- A form without an acknowledgement needs the notice only: no mail is counted, and no mailbox is locked.
	IF NOT coalesce((ask->>'reply')::boolean, true) THEN
		refused := 'unasked';
	END IF;
	-- Pass 1 checks without locks and its refusals are final, so that a flood does not wait for locks on all connections.
	-- Pass 2 counts again under the locks.
	FOR pass IN 1..2 LOOP
		IF net IS NOT NULL THEN
			cap := CASE
				WHEN (SELECT count(*) FILTER (WHERE g.at > now() - interval '1 hour') >= (limits->>'networkHour')::int
						OR count(*) >= (limits->>'networkDay')::int
					FROM mail_grants g WHERE g.network = net AND g.kind IN ('reply', 'confirm') AND g.unproven
						AND g.at > now() - interval '24 hours') THEN 'network'
				-- No lock covers all networks, so concurrent requests may exceed this cap by a few.
				WHEN (SELECT count(*) FROM mail_grants g WHERE g.kind IN ('reply', 'confirm') AND g.unproven
						AND g.at > now() - interval '1 hour') >= (limits->>'allHour')::int THEN 'all'
			END;
		END IF;
		IF notice AND NOT folded THEN
			folded := (SELECT count(*) FILTER (WHERE g.network = net) >= (limits->>'networkNotices')::int
					OR count(*) >= CASE WHEN count(*) FILTER (WHERE g.network = net) = 0
						THEN (limits->>'firstNotices')::int ELSE (limits->>'allNotices')::int END
				FROM mail_grants g WHERE g.kind = 'notice' AND g.at > now() - interval '10 minutes');
		END IF;
		IF refused IS NULL THEN
			refused := CASE
				-- Acknowledgements and confirmations have an allowance each, whoever asks: no acknowledgement costs a person the
				-- confirmation that they need.
				WHEN (SELECT count(*) FROM mail_grants g WHERE g.mailbox = box AND g.kind = class
						AND g.at > now() - interval '24 hours') >= (limits->>'mailboxDay')::int THEN 'mailbox'
				WHEN NOT proved THEN cap
			END;
		END IF;
		EXIT WHEN refused IS NOT NULL AND (folded OR NOT notice);
		-- Always in this order, so that there is no deadlock.
		IF pass = 1 AND refused IS NULL THEN
			PERFORM pg_advisory_xact_lock(1, hashtext(box));
		END IF;
		IF pass = 1 AND net IS NOT NULL THEN
			PERFORM pg_advisory_xact_lock(2, hashtext(net));
		END IF;
	END LOOP;
	capped := cap IS NOT NULL;
	IF notice AND NOT folded THEN
		INSERT INTO mail_grants (kind, network) VALUES ('notice', net);
	END IF;
	IF refused IS NULL THEN
		INSERT INTO mail_grants (kind, mailbox, network, unproven)
		VALUES (class, box, net, net IS NOT NULL AND NOT proved);
	ELSIF refused NOT IN ('mailbox', 'unasked') AND NOT EXISTS (SELECT FROM mail_grants g WHERE g.kind = 'alarm' AND g.at > now() - interval '1 hour') THEN
		PERFORM pg_advisory_xact_lock(3, 0);
		IF NOT EXISTS (SELECT FROM mail_grants g WHERE g.kind = 'alarm' AND g.at > now() - interval '1 hour') THEN
			INSERT INTO mail_grants (kind) VALUES ('alarm');
			alarm := true;
		END IF;
	END IF;
	RETURN NEXT;
END
$$;
