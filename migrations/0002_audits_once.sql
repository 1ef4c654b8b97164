CREATE TABLE `discovery_batches` (
	`number` integer PRIMARY KEY NOT NULL,
	`closed_at` integer NOT NULL,
	`size` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `discovery_batches_by_size` ON `discovery_batches` (`size`);--> statement-breakpoint
CREATE TABLE `discovery_withdrawals` (
	`statement` text PRIMARY KEY NOT NULL,
	`supplier` text NOT NULL,
	`site` text NOT NULL,
	`log_index` integer NOT NULL,
	`revoked_by` text,
	`revoked_index` integer
);
--> statement-breakpoint
CREATE INDEX `discovery_withdrawals_by_site` ON `discovery_withdrawals` (`site`);--> statement-breakpoint
CREATE INDEX `discovery_withdrawals_by_supplier` ON `discovery_withdrawals` (`supplier`,`log_index`);--> statement-breakpoint
CREATE TABLE `intents` (
	`hash` text PRIMARY KEY NOT NULL,
	`org` text NOT NULL,
	`site` text NOT NULL,
	`schemes` text NOT NULL,
	`topics` text NOT NULL,
	`window_from` text NOT NULL,
	`window_until` text NOT NULL,
	`kind` text NOT NULL,
	`covers` text,
	`may_join` integer NOT NULL,
	`joins` text,
	`anyway` integer DEFAULT 0 NOT NULL,
	`replaces` text,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL,
	`revoked_by` text,
	`revoked_index` integer
);
--> statement-breakpoint
CREATE INDEX `intents_by_org` ON `intents` (`org`,`log_index`);--> statement-breakpoint
CREATE INDEX `intents_by_site` ON `intents` (`site`,`log_index`);--> statement-breakpoint
CREATE INDEX `intents_by_plan` ON `intents` (`joins`);--> statement-breakpoint
CREATE INDEX `intents_changed` ON `intents` (`replaces`) WHERE replaces IS NOT NULL;--> statement-breakpoint
CREATE INDEX `intents_joining` ON `intents` (`window_until`) WHERE joins IS NOT NULL;--> statement-breakpoint
CREATE INDEX `intents_anyway` ON `intents` (`log_index`) WHERE anyway = 1;--> statement-breakpoint
CREATE TABLE `joint_costs` (
	`statement` text PRIMARY KEY NOT NULL,
	`plan` text NOT NULL,
	`cents` integer NOT NULL,
	`currency` text NOT NULL,
	`split` text NOT NULL,
	`weights` text,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `joint_costs_by_plan` ON `joint_costs` (`plan`,`log_index`);--> statement-breakpoint
CREATE TABLE `joint_names` (
	`statement` text PRIMARY KEY NOT NULL,
	`plan` text NOT NULL,
	`org` text NOT NULL,
	`log_index` integer NOT NULL,
	`revoked_by` text,
	`revoked_index` integer
);
--> statement-breakpoint
CREATE INDEX `joint_names_by_plan` ON `joint_names` (`plan`);--> statement-breakpoint
CREATE TABLE `joints` (
	`statement` text PRIMARY KEY NOT NULL,
	`plan` text NOT NULL,
	`org` text NOT NULL,
	`site` text NOT NULL,
	`topics` text NOT NULL,
	`window_from` text NOT NULL,
	`window_until` text NOT NULL,
	`is_over` integer DEFAULT 0 NOT NULL,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `joints_by_plan` ON `joints` (`plan`,`log_index`);--> statement-breakpoint
CREATE INDEX `joints_by_org` ON `joints` (`org`,`log_index`);--> statement-breakpoint
CREATE INDEX `joints_by_site` ON `joints` (`site`);--> statement-breakpoint
CREATE INDEX `joints_by_place` ON `joints` (`log_index`);--> statement-breakpoint
CREATE TABLE `look_ups` (
	`site` text NOT NULL,
	`batch` integer NOT NULL,
	`org` text NOT NULL,
	`quarter` text NOT NULL,
	PRIMARY KEY(`site`, `batch`, `org`)
);
--> statement-breakpoint
CREATE TABLE `policies` (
	`statement` text PRIMARY KEY NOT NULL,
	`org` text NOT NULL,
	`claims` text NOT NULL,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `policies_by_org` ON `policies` (`org`,`log_index`);--> statement-breakpoint
CREATE TABLE `reason_totals` (
	`code` text PRIMARY KEY NOT NULL,
	`times` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `recognitions` (
	`hash` text PRIMARY KEY NOT NULL,
	`org` text NOT NULL,
	`audit` text NOT NULL,
	`scheme` text NOT NULL,
	`quarter_days` integer NOT NULL,
	`cents` integer,
	`currency` text,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL,
	`revoked_by` text,
	`revoked_index` integer
);
--> statement-breakpoint
CREATE INDEX `recognitions_by_org` ON `recognitions` (`org`,`log_index`);--> statement-breakpoint
CREATE INDEX `recognitions_by_audit` ON `recognitions` (`audit`);--> statement-breakpoint
CREATE TABLE `settlements` (
	`statement` text PRIMARY KEY NOT NULL,
	`plan` text NOT NULL,
	`org` text NOT NULL,
	`cents` integer NOT NULL,
	`currency` text NOT NULL,
	`split` text NOT NULL,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `settlements_by_plan` ON `settlements` (`plan`);--> statement-breakpoint
CREATE INDEX `settlements_by_org` ON `settlements` (`org`,`log_index`);--> statement-breakpoint
CREATE TABLE `allowance_uses` (
	`statement` text PRIMARY KEY NOT NULL,
	`org` text NOT NULL,
	`kind` text NOT NULL,
	`period` text NOT NULL,
	`n` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `allowance_uses_by_org` ON `allowance_uses` (`org`,`kind`,`period`);--> statement-breakpoint
CREATE TABLE `listings` (
	`org` text NOT NULL,
	`site` text NOT NULL,
	`relation` text NOT NULL,
	`statement` text NOT NULL,
	`log_index` integer NOT NULL,
	PRIMARY KEY(`org`, `site`, `log_index`)
);
--> statement-breakpoint
CREATE INDEX `listings_by_org` ON `listings` (`org`);--> statement-breakpoint
CREATE INDEX `listings_by_site` ON `listings` (`site`);--> statement-breakpoint
CREATE TABLE `own_columns` (
	`org` text PRIMARY KEY NOT NULL,
	`etag` text NOT NULL,
	`sealed` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `proposals` (
	`listing` text PRIMARY KEY NOT NULL,
	`org` text NOT NULL,
	`relation` text NOT NULL,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL,
	`sites` text
);
--> statement-breakpoint
CREATE INDEX `proposals_waiting` ON `proposals` (`listing`) WHERE sites IS NULL;--> statement-breakpoint
CREATE TABLE `site_keys` (
	`key` integer NOT NULL,
	`site` integer NOT NULL,
	PRIMARY KEY(`key`, `site`)
);
--> statement-breakpoint
CREATE TABLE `site_merges` (
	`statement` text PRIMARY KEY NOT NULL,
	`stays` text NOT NULL,
	`absorbed` text NOT NULL,
	`log_index` integer NOT NULL,
	`split_by` text,
	`split_index` integer
);
--> statement-breakpoint
CREATE INDEX `site_merges_by_absorbed` ON `site_merges` (`absorbed`,`log_index`);--> statement-breakpoint
CREATE INDEX `site_merges_by_stays` ON `site_merges` (`stays`,`log_index`);--> statement-breakpoint
ALTER TABLE `submissions` ADD `listed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `submissions_of_reports` ON `submissions` (`org`,`log_index`) WHERE listed = 0;--> statement-breakpoint
CREATE INDEX `sites_by_log_index` ON `sites` (`log_index`);