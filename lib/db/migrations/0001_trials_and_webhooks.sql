CREATE TABLE "demo_views" (
	"submission_id" uuid PRIMARY KEY NOT NULL,
	"lead_id" uuid NOT NULL,
	"duration" integer NOT NULL,
	"seen" "int4multirange" DEFAULT '{}' NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"quarter" integer DEFAULT 0 NOT NULL,
	"began_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "demo_views_quarter" CHECK ("demo_views"."quarter" in (0, 25, 50, 75, 100))
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
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"not_before" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"delivered_at" timestamp with time zone,
	CONSTRAINT "webhooks_state" CHECK ("webhooks"."state" in ('queued', 'sending', 'delivered', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "trials" DROP CONSTRAINT "trials_state";--> statement-breakpoint
ALTER TABLE "trials" DROP CONSTRAINT "trials_dates";--> statement-breakpoint
ALTER TABLE "trials" ADD COLUMN "cause" text DEFAULT 'visitor' NOT NULL;--> statement-breakpoint
ALTER TABLE "trials" ADD COLUMN "code_tries" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "trials" ADD COLUMN "corrects" uuid;--> statement-breakpoint
ALTER TABLE "trials" ADD COLUMN "login_url" text;--> statement-breakpoint
ALTER TABLE "demo_views" ADD CONSTRAINT "demo_views_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demo_views" ADD CONSTRAINT "demo_views_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_trial_id_trials_id_fk" FOREIGN KEY ("trial_id") REFERENCES "public"."trials"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "demo_views_lead" ON "demo_views" USING btree ("lead_id");--> statement-breakpoint
CREATE INDEX "webhook_attempts_webhook" ON "webhook_attempts" USING btree ("webhook_id");--> statement-breakpoint
CREATE INDEX "webhooks_unsent" ON "webhooks" USING btree ("created_at") WHERE "webhooks"."state" in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "webhooks_lead" ON "webhooks" USING btree ("lead_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mails_reminder" ON "mails" USING btree ("trial_id","kind","recipient",("data"->>'due')) WHERE "mails"."data" ? 'due';--> statement-breakpoint
-- Before this rule one person could confirm several trials: the one that runs longest stays.
UPDATE "trials" SET "state" = 'cancelled' WHERE "state" = 'active' AND EXISTS (
	SELECT FROM "trials" AS "other" WHERE "other"."lead_id" = "trials"."lead_id" AND "other"."state" = 'active'
		AND ("other"."ends_at", "other"."id") > ("trials"."ends_at", "trials"."id")
);--> statement-breakpoint
CREATE UNIQUE INDEX "trials_running" ON "trials" USING btree ("lead_id") WHERE "trials"."state" in ('confirmed', 'active', 'ending');--> statement-breakpoint
CREATE INDEX "trials_due" ON "trials" USING btree ("ends_at") WHERE "trials"."state" in ('active', 'ending');--> statement-breakpoint
ALTER TABLE "trials" ADD CONSTRAINT "trials_corrects_unique" UNIQUE("corrects");--> statement-breakpoint
ALTER TABLE "trials" ADD CONSTRAINT "trials_cause" CHECK ("trials"."cause" in ('visitor', 'clock', 'support', 'product'));--> statement-breakpoint
ALTER TABLE "trials" ADD CONSTRAINT "trials_started" CHECK ("trials"."state" in ('requested', 'confirmed', 'abandoned', 'cancelled') or "trials"."starts_at" is not null);--> statement-breakpoint
ALTER TABLE "trials" ADD CONSTRAINT "trials_span" CHECK ("trials"."ends_at" > "trials"."starts_at");--> statement-breakpoint
ALTER TABLE "trials" ADD CONSTRAINT "trials_state" CHECK ("trials"."state" in ('requested', 'confirmed', 'active', 'ending', 'expired', 'converted', 'cancelled', 'abandoned'));--> statement-breakpoint
ALTER TABLE "trials" ADD CONSTRAINT "trials_dates" CHECK (("trials"."starts_at" is null) = ("trials"."ends_at" is null));