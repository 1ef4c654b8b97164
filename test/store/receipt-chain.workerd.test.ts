import { NO_RECEIPT } from "@quasarix/shared/policy/receipt.ts";
import type { ReadScope } from "@quasarix/shared/policy/scope.ts";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { writeReceipts } from "../../workers/store/receipt-chain.ts";
import { emptyDeployment, env } from "../workerd-env.ts";
import { plant } from "./planted-sharing.ts";

const NOW = 1000;
const ports = { db: env.DB, origin: "log", now: () => NOW };

beforeEach(async () => {
  await emptyDeployment();
  const subject = { kind: "site", commitment: "c", reserved_by: "mill", reserved_at: 1, facts_version: 2 };
  await plant(
    "subjects",
    ["site", "cedar", "log"].map((id) => ({ id, ...subject })),
  );
});
afterAll(emptyDeployment);

const scopeOf = (audit: string, over: Partial<ReadScope> = {}) =>
  ({
    ...{ org: "cedar", audit, site: "site", sections: ["existence"], purpose: "due-diligence", because: ["grant"] },
    ...{ factsVersion: 6, validUntil: NOW + 1, origin: false },
    receipt: {
      holder: "mill",
      reader: "cedar",
      standing: "grant",
      delayMs: 5,
      sections: ["existence"],
      because: ["grant"],
    },
    ...over,
  }) as unknown as ReadScope;

const chain = async () => {
  const select = "SELECT seq, audit, prev, hash, shown_from AS shownFrom FROM receipts ORDER BY seq";
  type Link = { seq: number; audit: string; prev: string; hash: string; shownFrom: number };
  return (await env.DB.prepare(select).all<Link>()).results;
};

describe("receipts of one chain that are written together", () => {
  test("follow each other; a reading of changed facts, and one whose grant has ended, have none", async () => {
    const scopes = [
      scopeOf("a"),
      scopeOf("changed", { factsVersion: 5 }),
      scopeOf("b"),
      scopeOf("ended", { validUntil: NOW }),
    ];
    expect(await writeReceipts(ports, scopes)).toEqual(["written", "changed", "written", "changed"]);
    const [a, b, ...more] = await chain();
    expect(more).toEqual([]);
    expect(a).toMatchObject({ seq: 0, audit: "a", prev: NO_RECEIPT, shownFrom: NOW + 5 });
    expect(b).toMatchObject({ seq: 1, audit: "b", prev: a?.hash });
  });

  test("of two groups at once neither tears the other's apart", async () => {
    const group = (name: string) => ["1", "2", "3"].map((n) => scopeOf(`${name}${n}`));
    const all = await Promise.all(["a", "b", "c", "d"].map((name) => writeReceipts(ports, group(name))));
    expect(all.flat()).toEqual(Array.from({ length: 12 }, () => "written"));
    const links = await chain();
    expect(links.map(({ seq }) => seq)).toEqual([...links.keys()]);
    expect(links.map(({ prev }) => prev)).toEqual([NO_RECEIPT, ...links.slice(0, -1).map(({ hash }) => hash)]);
    expect(links).toHaveLength(12);
  });
});
