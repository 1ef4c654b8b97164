import type { ExistenceFacts } from "../audit/existence.ts";
import type { BinNumber } from "./metric.ts";

export type Members = Readonly<Record<string, unknown>>;

/** 0: no record. */
export type Bin = 0 | BinNumber;

export type MetricExistence = Pick<ExistenceFacts, "scheme" | "auditFrom" | "auditTo" | "assessor">;

/** Of an audit what metrics are read from. Sections as they were signed; one that is erased or not there counts nowhere. */
export interface MetricAudit {
  readonly provenance: string;
  readonly existence: MetricExistence | undefined;
  readonly scores?: Members | undefined;
  readonly findings?: Members | undefined;
  readonly plans?: Members | undefined;
}

/** With its `existence`, without which nothing of it counts. */
export type KnownAudit = MetricAudit & { readonly existence: MetricExistence };

export const isKnown = (audit: MetricAudit): audit is KnownAudit => audit.existence !== undefined;

const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const objectOf = (value: unknown): Members => (isObject(value) ? value : {});

/** The objects of a list; nothing of what is no list. */
export const listOf = (value: unknown): readonly Members[] => (Array.isArray(value) ? value.filter(isObject) : []);
