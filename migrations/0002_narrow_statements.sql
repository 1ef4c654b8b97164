CREATE TABLE `statement_bodies` (
	`id` integer PRIMARY KEY NOT NULL,
	`jwt` text NOT NULL,
	`bodies` text NOT NULL,
	`wrapped` text,
	`kek_version` integer NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `statements`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `statement_bodies` (`id`, `jwt`, `bodies`, `wrapped`, `kek_version`) SELECT `id`, `jwt`, `bodies`, `wrapped`, `kek_version` FROM `statements`;--> statement-breakpoint
ALTER TABLE `statements` DROP COLUMN `jwt`;--> statement-breakpoint
ALTER TABLE `statements` DROP COLUMN `bodies`;--> statement-breakpoint
ALTER TABLE `statements` DROP COLUMN `wrapped`;--> statement-breakpoint
ALTER TABLE `statements` DROP COLUMN `kek_version`;