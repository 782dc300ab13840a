ALTER TABLE "mails" ADD COLUMN "code_issue" integer;--> statement-breakpoint
ALTER TABLE "trials" ADD COLUMN "token_used_at" timestamp with time zone;