CREATE TABLE `keys` (
	`kid` text PRIMARY KEY NOT NULL,
	`x` text NOT NULL,
	`org` text NOT NULL,
	`use` text NOT NULL,
	`custody` text,
	`statement` text NOT NULL,
	`from_index` integer NOT NULL,
	`until_index` integer,
	`loss_index` integer,
	`loss_known` integer
);
--> statement-breakpoint
CREATE INDEX `keys_by_org` ON `keys` (`org`);--> statement-breakpoint
CREATE TABLE `organisations` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`country` text,
	`is_operator` integer DEFAULT false NOT NULL,
	`suspended` integer DEFAULT false NOT NULL,
	`admits` text NOT NULL,
	`statement` text NOT NULL,
	`log_index` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sites` (
	`id` text PRIMARY KEY NOT NULL,
	`supplier` text,
	`name` text NOT NULL,
	`country` text NOT NULL,
	`address` text,
	`city` text,
	`region` text,
	`postcode` text,
	`latitude` real,
	`longitude` real,
	`identifiers` text NOT NULL,
	`statement` text NOT NULL,
	`log_index` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sites_by_supplier` ON `sites` (`supplier`);--> statement-breakpoint
CREATE TABLE `subjects` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`commitment` text NOT NULL,
	`reserved_by` text NOT NULL,
	`reserved_at` integer NOT NULL,
	`opening` text,
	`opening_index` integer,
	`facts_version` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audits` (
	`hash` text PRIMARY KEY NOT NULL,
	`site` text NOT NULL,
	`author` text NOT NULL,
	`kid` text NOT NULL,
	`provenance` text NOT NULL,
	`scheme` text NOT NULL,
	`scheme_version` text,
	`audit_from` text NOT NULL,
	`audit_to` text,
	`valid_until` text,
	`announcement` text NOT NULL,
	`kind` text NOT NULL,
	`topics` text NOT NULL,
	`assessor_kind` text,
	`accreditation` text,
	`sharing_right` text NOT NULL,
	`log_index` integer NOT NULL,
	`admitted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audits_by_site` ON `audits` (`site`,`log_index`);--> statement-breakpoint
CREATE INDEX `audits_by_author` ON `audits` (`author`,`log_index`);--> statement-breakpoint
CREATE TABLE `grants` (
	`id` text PRIMARY KEY NOT NULL,
	`grantor` text NOT NULL,
	`grantee` text NOT NULL,
	`site` text NOT NULL,
	`audit` text,
	`sections` text NOT NULL,
	`purposes` text NOT NULL,
	`not_before` integer NOT NULL,
	`not_after` integer NOT NULL,
	`log_index` integer NOT NULL,
	`revoked_by` text,
	`revoked_index` integer
);
--> statement-breakpoint
CREATE INDEX `grants_by_grantee` ON `grants` (`grantee`,`site`);--> statement-breakpoint
CREATE INDEX `grants_by_grantor` ON `grants` (`grantor`,`log_index`);--> statement-breakpoint
CREATE TABLE `receipts` (
	`holder` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`site` text NOT NULL,
	`audit` text NOT NULL,
	`reader` text NOT NULL,
	`standing` text NOT NULL,
	`sections` text NOT NULL,
	`purpose` text NOT NULL,
	`because` text NOT NULL,
	`prev` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`holder`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `anchor` (
	`id` integer PRIMARY KEY NOT NULL,
	`size` integer NOT NULL,
	`root` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `jti_conflicts` (
	`hash` text PRIMARY KEY NOT NULL,
	`issuer` text NOT NULL,
	`jti` text NOT NULL,
	`first` text NOT NULL,
	`statement` text NOT NULL,
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `statement_bodies` (
	`id` integer PRIMARY KEY NOT NULL,
	`jwt` text NOT NULL,
	`bodies` text NOT NULL,
	`wrapped` text,
	`kek_version` integer NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `statements`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `statements` (
	`id` integer PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`issuer` text NOT NULL,
	`jti` text NOT NULL,
	`kid` text NOT NULL,
	`type` text NOT NULL,
	`subject` text NOT NULL,
	`answers` text,
	`staged_at` integer NOT NULL,
	`log_index` integer,
	`seq` integer,
	`admitted_at` integer,
	`prev` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `statements_by_hash` ON `statements` (`hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `statements_by_jti` ON `statements` (`issuer`,`jti`);--> statement-breakpoint
CREATE UNIQUE INDEX `statements_by_log_index` ON `statements` (`log_index`);--> statement-breakpoint
CREATE INDEX `statements_by_dossier` ON `statements` (`subject`,`seq`);--> statement-breakpoint
CREATE INDEX `statements_by_type` ON `statements` (`issuer`,`type`,`log_index`) WHERE type = 'keyring';--> statement-breakpoint
CREATE INDEX `outbox` ON `statements` (`staged_at`) WHERE log_index IS NULL;--> statement-breakpoint
CREATE TABLE `submissions` (
	`hash` text PRIMARY KEY NOT NULL,
	`org` text NOT NULL,
	`site` text NOT NULL,
	`log_index` integer NOT NULL,
	`audit` text
);
--> statement-breakpoint
CREATE INDEX `submissions_waiting` ON `submissions` (`log_index`) WHERE audit IS NULL;--> statement-breakpoint
CREATE INDEX `submissions_by_audit` ON `submissions` (`audit`);