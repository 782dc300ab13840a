ALTER TABLE "demo_views" ADD COLUMN "film" text DEFAULT 'sample' NOT NULL;--> statement-breakpoint
-- A story is not thrown away at once, either.
CREATE TRIGGER "events_kept" BEFORE TRUNCATE ON "events"
	FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
