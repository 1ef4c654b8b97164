CREATE TABLE `frameworks` (
	`statement` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`claims` text NOT NULL,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `frameworks_by_id` ON `frameworks` (`id`,`version`);--> statement-breakpoint
CREATE TABLE `release_plans` (
	`statement` text PRIMARY KEY NOT NULL,
	`plan` text NOT NULL,
	`profile` text NOT NULL,
	`series` text NOT NULL,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `release_plans_by_plan` ON `release_plans` (`plan`);--> statement-breakpoint
CREATE INDEX `release_plans_by_index` ON `release_plans` (`log_index`);--> statement-breakpoint
CREATE TABLE `releases` (
	`plan` text NOT NULL,
	`cohort` text NOT NULL,
	`statement` text NOT NULL,
	`claims` text NOT NULL,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL,
	PRIMARY KEY(`plan`, `cohort`)
);
--> statement-breakpoint
CREATE INDEX `releases_by_index` ON `releases` (`log_index`);--> statement-breakpoint
CREATE TABLE `votes` (
	`statement` text PRIMARY KEY NOT NULL,
	`org` text NOT NULL,
	`plan` text NOT NULL,
	`choice` text NOT NULL,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `votes_by_plan` ON `votes` (`plan`,`log_index`);--> statement-breakpoint
ALTER TABLE `sites` ADD `sector` text;--> statement-breakpoint
ALTER TABLE `sites` ADD `tier` text;