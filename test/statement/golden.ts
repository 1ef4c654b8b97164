import { readFileSync } from "node:fs";
import { sharedPath } from "../shared-data.ts";

interface Want {
  exit: number;
  step?: string;
  reason?: string;
}

export interface StatementCase {
  desc: string;
  kind: "statement";
  x: string;
  text: string;
  want: Want;
}

export interface BundleCase {
  desc: string;
  kind: "bundle";
  pins: string[];
  text: string;
  want: Want;
}

interface OtherCase {
  desc: string;
  kind: "policy" | "walk" | "checkpoint";
}

export interface GoldenStatement {
  name: string;
  header: string;
  payload: string;
  text: string;
  statementHash: string;
  statementHashB64url: string;
  disclosures: { where: string; json: string; disclosure: string; digest: string }[];
  decoys: { where: string; digest: string }[];
  presentations: { sections: string[]; text: string }[];
}

interface Golden {
  origin: string;
  keys: { who: string; seed: string; jwk: { x: string }; kid: string }[];
  statements: GoldenStatement[];
  entries: { index: number; name: string }[];
  policy: { text: string; sha256: string };
  good: (StatementCase | BundleCase | OtherCase)[];
  spoilt: (StatementCase | BundleCase | OtherCase)[];
}

const path = sharedPath("vectors", "quasarix", "golden-public.json");

/** Null where the vectors are absent (the reason is printed). */
export const golden = path ? (JSON.parse(readFileSync(path, "utf8")) as Golden) : null;

const cases = golden ? [...golden.good, ...golden.spoilt] : [];
export const statementCases = cases.filter((one): one is StatementCase => one.kind === "statement");
export const bundleCases = cases.filter((one): one is BundleCase => one.kind === "bundle");
