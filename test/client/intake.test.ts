import { submissionOf } from "@quasarix/client/drafts.ts";
import { refusalSays } from "@quasarix/client/refusal.ts";
import type { KeyRow } from "@quasarix/shared/statement/keyring.ts";
import { describe, expect, test } from "vitest";
import { type FakeConsortium, fakeConsortium, taken } from "./fake-consortium.ts";

type Content = Parameters<typeof submissionOf>[2];
const content = (date: string) => ({ existence: { auditFrom: date } }) as unknown as Content;

/** A submission that was posted, as it was sent. */
async function submit({ supplier, site }: FakeConsortium, date: string): Promise<string> {
  const issued = taken(await supplier.issue([submissionOf(supplier.org, site, content(date))]));
  taken(await supplier.post(issued));
  return issued[0] as string;
}

describe("what intake made of a submission", () => {
  test("is confirmed when every digest is where it was", async () => {
    const world = await fakeConsortium();
    const submission = await submit(world, "2026-03-04");
    const audit = await world.server.intake(submission);
    expect(taken(await world.client.confirm(submission, 1000))).toMatchObject({ audit });
  });

  test("is awaited, and then still open, while the round has not come", async () => {
    const world = await fakeConsortium();
    const submission = await submit(world, "2026-03-04");
    expect(taken(await world.client.confirm(submission, 1000))).toMatchObject({ audit: null });
  });

  test("with other digests is caught", async () => {
    const world = await fakeConsortium();
    const submission = await submit(world, "2026-03-04");
    await world.server.intake(submission, await submit(world, "2020-01-01"));
    const confirmed = await world.client.confirm(submission, 1000);
    expect(confirmed.ok ? "" : refusalSays(confirmed.failure)).toMatch(/intake does not hold: digests-differ/);
  });
});

describe("the keyring", () => {
  const rowsOf = async ({ client }: FakeConsortium): Promise<KeyRow[]> => [
    ...taken(await client.consortium.sync()).register.rows.values(),
  ];
  const told = async ({ client }: FakeConsortium) => {
    const checked = await client.checkKeyring();
    return checked.ok ? `${checked.value.rows} rows` : refusalSays(checked.failure);
  };

  test("that holds every key of the log's statements is good", async () => {
    const world = await fakeConsortium();
    await world.server.logKeyring(await rowsOf(world));
    expect(await told(world)).toBe("5 rows");
  });

  test.each<{ what: string; spoil: (rows: KeyRow[]) => KeyRow[] }>([
    { what: "leaves a key out", spoil: (rows) => rows.slice(1) },
    {
      what: "hides when a key began",
      spoil: ([first, ...rows]) => [{ ...(first as KeyRow), from: 0 }, ...rows].reverse(),
    },
    {
      what: "declares a loss that nobody declared",
      spoil: ([first, ...rows]) => [{ ...(first as KeyRow), loss: 1 }, ...rows],
    },
    {
      what: "gives a key to another",
      spoil: (rows) => rows.map((row) => ({ ...row, org: "org_AAAAAAAAAAAAAAAAAAAAAA" })),
    },
  ])("that $what convicts the operator", async ({ spoil }) => {
    const world = await fakeConsortium();
    const rows = (await rowsOf(world)).reverse();
    await world.server.logKeyring(spoil(rows));
    expect(await told(world)).toMatch(/keyring does not hold: the rows served/);
  });
});
