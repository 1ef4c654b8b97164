CREATE TABLE `answers` (
	`hash` text PRIMARY KEY NOT NULL,
	`request` text NOT NULL,
	`supplier` text NOT NULL,
	`answer` text NOT NULL,
	`reason` text,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `answers_by_request` ON `answers` (`request`,`log_index`);--> statement-breakpoint
CREATE TABLE `consents` (
	`id` text PRIMARY KEY NOT NULL,
	`org` text NOT NULL,
	`audit` text NOT NULL,
	`sections` text NOT NULL,
	`not_before` integer NOT NULL,
	`not_after` integer NOT NULL,
	`log_index` integer NOT NULL,
	`revoked_by` text,
	`revoked_index` integer
);
--> statement-breakpoint
CREATE INDEX `consents_by_audit` ON `consents` (`audit`);--> statement-breakpoint
CREATE INDEX `consents_by_org` ON `consents` (`org`,`log_index`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`audit` text NOT NULL,
	`event` text NOT NULL,
	`number` integer NOT NULL,
	`statement` text NOT NULL,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL,
	PRIMARY KEY(`audit`, `event`, `number`)
);
--> statement-breakpoint
CREATE TABLE `denials` (
	`day` text NOT NULL,
	`org` text NOT NULL,
	`action` text NOT NULL,
	`target` text NOT NULL,
	`why` text NOT NULL,
	`times` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`day`, `org`, `action`, `target`, `why`)
);
--> statement-breakpoint
CREATE TABLE `receipt_heads` (
	`holder` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`statement` text NOT NULL,
	`admitted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `requests` (
	`hash` text PRIMARY KEY NOT NULL,
	`org` text NOT NULL,
	`site` text NOT NULL,
	`audit` text,
	`sections` text NOT NULL,
	`purposes` text NOT NULL,
	`until` integer NOT NULL,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `requests_by_org` ON `requests` (`org`,`log_index`);--> statement-breakpoint
CREATE INDEX `requests_by_site` ON `requests` (`site`,`log_index`);--> statement-breakpoint
CREATE TABLE `responses` (
	`statement` text PRIMARY KEY NOT NULL,
	`audit` text NOT NULL,
	`type` text NOT NULL,
	`stance` text,
	`by` text,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `responses_by_audit` ON `responses` (`audit`,`log_index`);--> statement-breakpoint
CREATE TABLE `rulebooks` (
	`statement` text PRIMARY KEY NOT NULL,
	`claims` text NOT NULL,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `rulebooks_by_place` ON `rulebooks` (`log_index`);--> statement-breakpoint
CREATE TABLE `terms` (
	`statement` text PRIMARY KEY NOT NULL,
	`supplier` text NOT NULL,
	`site` text NOT NULL,
	`rulebook` text NOT NULL,
	`log_index` integer NOT NULL,
	`revoked_by` text,
	`revoked_index` integer
);
--> statement-breakpoint
CREATE INDEX `terms_by_site` ON `terms` (`site`);--> statement-breakpoint
CREATE INDEX `terms_by_rulebook` ON `terms` (`rulebook`,`site`);--> statement-breakpoint
DROP INDEX `grants_by_grantee`;--> statement-breakpoint
ALTER TABLE `grants` ADD `audit_index` integer;--> statement-breakpoint
ALTER TABLE `grants` ADD `request` text;--> statement-breakpoint
CREATE INDEX `grants_by_kind` ON `grants` (`grantee`,`site`,`audit`,`revoked_by`,`sections`,`purposes`,`not_after`);--> statement-breakpoint
CREATE INDEX `grants_of_site` ON `grants` (`grantee`,`site`,`not_after`) WHERE audit IS NULL AND revoked_by IS NULL;--> statement-breakpoint
CREATE INDEX `grants_of_one` ON `grants` (`grantee`,`audit_index`,`not_after`) WHERE audit_index IS NOT NULL AND revoked_by IS NULL;--> statement-breakpoint
ALTER TABLE `audits` ADD `notice_due` integer;--> statement-breakpoint
CREATE INDEX `audits_by_notice` ON `audits` (`notice_due`) WHERE notice_due IS NOT NULL;--> statement-breakpoint
CREATE INDEX `audits_by_place` ON `audits` (`log_index`);--> statement-breakpoint
ALTER TABLE `receipts` ADD `shown_from` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `receipts_of_suppliers` ON `receipts` (`at`) WHERE standing = 'supplier';--> statement-breakpoint
CREATE INDEX `receipts_delayed` ON `receipts` (`holder`,`shown_from`,`seq`) WHERE shown_from > at;--> statement-breakpoint
ALTER TABLE `submissions` ADD `admitted_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `submissions` ADD `replaces` text;--> statement-breakpoint
ALTER TABLE `submissions` ADD `audit_index` integer;--> statement-breakpoint
CREATE INDEX `submissions_by_org` ON `submissions` (`org`,`log_index`);--> statement-breakpoint
CREATE INDEX `submissions_by_place` ON `submissions` (`org`,`audit_index`) WHERE audit_index IS NOT NULL;--> statement-breakpoint
CREATE INDEX `submissions_replaced` ON `submissions` (`replaces`) WHERE replaces IS NOT NULL;