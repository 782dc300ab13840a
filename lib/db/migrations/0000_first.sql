CREATE TABLE "consents" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"lead_id" uuid NOT NULL,
	"submission_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"granted" boolean NOT NULL,
	"version" text NOT NULL,
	"wording" text NOT NULL,
	"page" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "demo_views" (
	"submission_id" uuid PRIMARY KEY NOT NULL,
	"lead_id" uuid NOT NULL,
	"film" text DEFAULT 'sample' NOT NULL,
	"duration" integer NOT NULL,
	"seen" "int4multirange" DEFAULT '{}' NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"quarter" integer DEFAULT 0 NOT NULL,
	"began_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "demo_views_quarter" CHECK ("demo_views"."quarter" in (0, 25, 50, 75, 100))
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"form" text NOT NULL,
	"values" jsonb NOT NULL,
	"errors" jsonb NOT NULL,
	"network" text DEFAULT '' NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"lead_id" uuid NOT NULL,
	"submission_id" uuid,
	"kind" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email_canonical" text NOT NULL,
	"email" text NOT NULL,
	"name" text,
	"company" text,
	"phone" text,
	"phone_e164" text,
	"role" text,
	"ehr" text,
	"first_touch" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"last_touch" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"thread_subject" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "leads_email_canonical_unique" UNIQUE("email_canonical"),
	CONSTRAINT "leads_email_length" CHECK (length("leads"."email") between 3 and 254),
	CONSTRAINT "leads_name_length" CHECK (length("leads"."name") between 1 and 100),
	CONSTRAINT "leads_company_length" CHECK (length("leads"."company") <= 120),
	CONSTRAINT "leads_phone_e164" CHECK ("leads"."phone_e164" ~ '^\+[1-9][0-9]{6,14}$')
);
--> statement-breakpoint
CREATE TABLE "mail_attempts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"mail_id" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"outcome" text,
	"reply" text
);
--> statement-breakpoint
CREATE TABLE "mail_grants" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"mailbox" text,
	"network" text,
	"unproven" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mail_grants_kind" CHECK ("mail_grants"."kind" in ('reply', 'confirm', 'notice', 'alarm'))
);
--> statement-breakpoint
CREATE TABLE "mail_server_state" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mail_server_state_single" CHECK ("mail_server_state"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"recipient" text NOT NULL,
	"lead_id" uuid,
	"submission_id" uuid,
	"trial_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"message_id" text NOT NULL,
	"state" text NOT NULL,
	"priority" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"raw" "bytea",
	"folded" boolean DEFAULT false NOT NULL,
	"digest_id" uuid,
	"code_issue" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"not_before" timestamp with time zone DEFAULT now() NOT NULL,
	"worker" uuid,
	"sent_at" timestamp with time zone,
	CONSTRAINT "mails_message_id_unique" UNIQUE("message_id"),
	CONSTRAINT "mails_state" CHECK ("mails"."state" in ('queued', 'sending', 'sent', 'held', 'failed', 'bounced', 'suppressed'))
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "schedules" (
	"name" text PRIMARY KEY NOT NULL,
	"due_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "submission_keys" (
	"key" text PRIMARY KEY NOT NULL,
	"content_hash" text NOT NULL,
	"submission_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "submissions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reference" text NOT NULL,
	"lead_id" uuid NOT NULL,
	"form" text NOT NULL,
	"fields" jsonb NOT NULL,
	"attribution" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"verdict" text NOT NULL,
	"reasons" text[] DEFAULT '{}' NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "submissions_reference_unique" UNIQUE("reference"),
	CONSTRAINT "submissions_form" CHECK ("submissions"."form" ~ '^[a-z][a-z-]{0,31}$'),
	CONSTRAINT "submissions_verdict" CHECK ("submissions"."verdict" in ('accepted', 'flagged', 'held', 'released')),
	CONSTRAINT "submissions_size" CHECK (length("submissions"."fields"::text) <= 20000)
);
--> statement-breakpoint
CREATE TABLE "suppressions" (
	"email_canonical" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trials" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lead_id" uuid NOT NULL,
	"submission_id" uuid NOT NULL,
	"state" text DEFAULT 'requested' NOT NULL,
	"cause" text DEFAULT 'visitor' NOT NULL,
	"token_hash" text NOT NULL,
	"token_issue" integer DEFAULT 1 NOT NULL,
	"token_expires_at" timestamp with time zone NOT NULL,
	"token_used_at" timestamp with time zone,
	"code_tries" integer DEFAULT 0 NOT NULL,
	"mailbox_key" text NOT NULL,
	"corrects" uuid,
	"days" integer NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"starts_at" timestamp with time zone,
	"ends_at" timestamp with time zone,
	"access_at" timestamp with time zone,
	"time_zone" text,
	"login_url" text,
	CONSTRAINT "trials_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "trials_corrects_unique" UNIQUE("corrects"),
	CONSTRAINT "trials_state" CHECK ("trials"."state" in ('requested', 'confirmed', 'active', 'ending', 'expired', 'converted', 'cancelled', 'abandoned')),
	CONSTRAINT "trials_cause" CHECK ("trials"."cause" in ('visitor', 'clock', 'support', 'product')),
	CONSTRAINT "trials_dates" CHECK (("trials"."starts_at" is null) = ("trials"."ends_at" is null)),
	CONSTRAINT "trials_started" CHECK ("trials"."state" in ('requested', 'confirmed', 'abandoned', 'cancelled') or "trials"."starts_at" is not null),
	CONSTRAINT "trials_not_started" CHECK ("trials"."state" not in ('requested', 'confirmed', 'abandoned') or "trials"."starts_at" is null),
	CONSTRAINT "trials_span" CHECK ("trials"."ends_at" > "trials"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "webhook_attempts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"webhook_id" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"status" integer,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoint" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"url_hash" text,
	"disabled_url_hash" text,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_endpoint_single" CHECK ("webhook_endpoint"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"lead_id" uuid,
	"submission_id" uuid,
	"trial_id" uuid,
	"data" jsonb NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"priority" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"not_before" timestamp with time zone DEFAULT now() NOT NULL,
	"worker" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"delivered_at" timestamp with time zone,
	CONSTRAINT "webhooks_state" CHECK ("webhooks"."state" in ('queued', 'sending', 'delivered', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demo_views" ADD CONSTRAINT "demo_views_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demo_views" ADD CONSTRAINT "demo_views_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_attempts" ADD CONSTRAINT "mail_attempts_mail_id_mails_id_fk" FOREIGN KEY ("mail_id") REFERENCES "public"."mails"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_trial_id_trials_id_fk" FOREIGN KEY ("trial_id") REFERENCES "public"."trials"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trials" ADD CONSTRAINT "trials_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trials" ADD CONSTRAINT "trials_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_trial_id_trials_id_fk" FOREIGN KEY ("trial_id") REFERENCES "public"."trials"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consents_lead" ON "consents" USING btree ("lead_id");--> statement-breakpoint
CREATE INDEX "consents_submission" ON "consents" USING btree ("submission_id");--> statement-breakpoint
CREATE INDEX "demo_views_lead" ON "demo_views" USING btree ("lead_id");--> statement-breakpoint
CREATE INDEX "drafts_network" ON "drafts" USING btree ("network","expires_at");--> statement-breakpoint
CREATE INDEX "drafts_expires" ON "drafts" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "events_lead" ON "events" USING btree ("lead_id","at");--> statement-breakpoint
CREATE INDEX "events_submission" ON "events" USING btree ("submission_id");--> statement-breakpoint
CREATE INDEX "mail_attempts_mail" ON "mail_attempts" USING btree ("mail_id");--> statement-breakpoint
CREATE INDEX "mail_grants_mailbox" ON "mail_grants" USING btree ("mailbox","at");--> statement-breakpoint
CREATE INDEX "mail_grants_network" ON "mail_grants" USING btree ("network","kind","at");--> statement-breakpoint
CREATE INDEX "mail_grants_kind" ON "mail_grants" USING btree ("kind","at");--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" USING btree ("priority" DESC NULLS LAST,"not_before") WHERE "mails"."state" in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "mails_unsent" ON "mails" USING btree ("created_at") WHERE "mails"."state" in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "mails_lead" ON "mails" USING btree ("lead_id");--> statement-breakpoint
CREATE INDEX "mails_submission" ON "mails" USING btree ("submission_id");--> statement-breakpoint
CREATE INDEX "mails_trial" ON "mails" USING btree ("trial_id");--> statement-breakpoint
CREATE INDEX "mails_to_fold" ON "mails" USING btree ("recipient","created_at") WHERE "mails"."folded" and "mails"."digest_id" is null;--> statement-breakpoint
CREATE INDEX "mails_digest" ON "mails" USING btree ("digest_id") WHERE "mails"."digest_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "mails_reminder" ON "mails" USING btree ("trial_id","kind","recipient",("data"->>'due')) WHERE "mails"."data" ? 'due';--> statement-breakpoint
CREATE INDEX "submission_keys_submission" ON "submission_keys" USING btree ("submission_id");--> statement-breakpoint
CREATE INDEX "submissions_lead" ON "submissions" USING btree ("lead_id","received_at");--> statement-breakpoint
CREATE INDEX "submissions_released" ON "submissions" USING btree ("lead_id") WHERE "submissions"."verdict" = 'released';--> statement-breakpoint
CREATE INDEX "submissions_held" ON "submissions" USING btree ("id") WHERE "submissions"."verdict" = 'held';--> statement-breakpoint
CREATE INDEX "trials_lead" ON "trials" USING btree ("lead_id");--> statement-breakpoint
CREATE UNIQUE INDEX "trials_submission" ON "trials" USING btree ("submission_id");--> statement-breakpoint
CREATE UNIQUE INDEX "trials_running" ON "trials" USING btree ("lead_id") WHERE "trials"."state" in ('confirmed', 'active', 'ending');--> statement-breakpoint
CREATE INDEX "trials_due" ON "trials" USING btree ("ends_at") WHERE "trials"."state" in ('confirmed', 'active', 'ending');--> statement-breakpoint
CREATE INDEX "webhook_attempts_webhook" ON "webhook_attempts" USING btree ("webhook_id");--> statement-breakpoint
CREATE INDEX "webhooks_due" ON "webhooks" USING btree ("priority" DESC NULLS LAST,"not_before") WHERE "webhooks"."state" in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "webhooks_lead" ON "webhooks" USING btree ("lead_id");--> statement-breakpoint
CREATE INDEX "webhooks_submission" ON "webhooks" USING btree ("submission_id");--> statement-breakpoint
CREATE INDEX "webhooks_trial" ON "webhooks" USING btree ("trial_id");