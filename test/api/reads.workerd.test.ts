import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { consortiumKey, decodeHeader, dossierKey, entryKeys, subjectHash } from "@quasarix/shared/log/entry.ts";
import type { DossierPage } from "@quasarix/shared/wire/dossier.ts";
import { beforeEach, describe, expect, test } from "vitest";
import {
  AT,
  ask,
  emptyWorld,
  env,
  essence,
  hashOf,
  idOf,
  logLines,
  NOON,
  type Party,
  party,
  send,
} from "./small-api.ts";

const SITE = idOf("site", "dyeworks");
const NO_SITE = idOf("site", "nowhere");
const HOUR = 3_600_000;
let at = 1000;

const run = (sql: string, ...values: unknown[]) =>
  env.DB.prepare(sql)
    .bind(...values)
    .run();

async function site(name: string, supplier: Party): Promise<string> {
  const id = idOf("site", name);
  const index = at++;
  await run(
    "INSERT INTO sites (id, supplier, name, country, identifiers, statement, log_index) VALUES (?, ?, ?, 'PT', '[]', ?, ?)",
    id,
    supplier.org,
    name,
    hashOf(name),
    index,
  );
  await run(
    "INSERT INTO subjects (id, kind, commitment, reserved_by, reserved_at, opening, opening_index) VALUES (?, 'site', ?, ?, 0, ?, ?)",
    id,
    hashOf(`commitment ${name}`),
    supplier.org,
    hashOf(name),
    index,
  );
  return id;
}

async function statement(name: string, subject: string, issuer: string, seq: number): Promise<void> {
  await run(
    `INSERT INTO statements (hash, issuer, jti, kid, type, subject, staged_at, log_index, seq, admitted_at, prev)
     VALUES (?, ?, ?, 'kid', 'audit', ?, 0, ?, ?, ?, ?)`,
    hashOf(name),
    issuer,
    hashOf(`jti ${name}`),
    subject,
    at++,
    seq,
    NOON,
    base64url(new Uint8Array(32)),
  );
  await run(
    "INSERT INTO statement_bodies (id, jwt, bodies, kek_version) SELECT id, ?2, '{}', 1 FROM statements WHERE hash = ?1",
    hashOf(name),
    `jwt.of.${name}`,
  );
}

interface Window {
  readonly from?: number;
  readonly to?: number;
  readonly revoked?: boolean;
}
const grant = (
  name: string,
  from: string,
  to: string,
  on: string,
  { from: begin = -HOUR, to: end = HOUR, revoked = false }: Window = {},
) =>
  run(
    `INSERT INTO grants (id, grantor, grantee, site, sections, purposes, not_before, not_after, log_index, revoked_by)
     VALUES (?, ?, ?, ?, '["existence"]', '["due-diligence"]', ?, ?, ?, ?)`,
    hashOf(name),
    from,
    to,
    on,
    NOON + begin,
    NOON + end,
    at++,
    revoked ? hashOf("revocation") : null,
  );

let mill: Party;
let birch: Party;
let auditor: Party;

beforeEach(async () => {
  await emptyWorld();
  mill = await party("mill", { kind: "supplier" });
  birch = await party("birch");
  auditor = await party("assay", { kind: "auditor" });
  await site("dyeworks", mill);
});

test("our log says why an audit was refused, and names neither audit nor grant", async () => {
  await run(
    `INSERT INTO audits (hash, site, author, kid, provenance, scheme, audit_from, announcement, kind, topics, sharing_right,
       log_index, admitted_at)
     VALUES (?, ?, ?, ?, 'auditor-signed', 's', '2026-03-04', 'unknown', 'initial', '[]', 'supplier-own', ?, 0)`,
    hashOf("a"),
    SITE,
    auditor.org,
    auditor.kid,
    at++,
  );
  await grant("g", mill.org, birch.org, SITE, { revoked: true });
  logLines.length = 0;
  expect((await ask(birch, `/v1/audits/${hashOf("a")}?purpose=due-diligence`)).status).toBe(404);
  expect(logLines.join()).toContain('"why":"revoked"');
  expect(logLines.join()).not.toMatch(new RegExp(`${hashOf("a")}|${hashOf("g")}`));
});

describe("the walk of a site's dossier", () => {
  const path = `/v1/dossiers/${SITE}`;
  const status = async (by: Party) => (await ask(by, path)).status;

  test.each([
    { who: "a member without a grant", window: null, sees: 404 },
    { who: "a member under a grant", window: {}, sees: 200 },
    { who: "a member whose grant was revoked", window: { revoked: true }, sees: 404 },
    { who: "a member whose grant begins in a second", window: { from: 1000 }, sees: 404 },
    { who: "a member whose grant ends now", window: { to: 0 }, sees: 404 },
  ])("is for $who: $sees", async ({ window, sees }) => {
    if (window) await grant("g", mill.org, birch.org, SITE, window);
    expect(await status(birch)).toBe(sees);
  });

  test("is for the supplier, for an author in it, and not for an author elsewhere", async () => {
    expect([await status(mill), await status(auditor)]).toEqual([200, 404]);
    await statement("a", SITE, auditor.org, 0);
    expect([await status(auditor), await status(birch)]).toEqual([200, 404]);
  });

  test("is not for a member whose grant is of one audit: the others are not its to count", async () => {
    await grant("g", mill.org, birch.org, SITE);
    await run("UPDATE grants SET audit = ?", hashOf("a"));
    expect(await status(birch)).toBe(404);
  });

  test("is for members under a grant to all of them, and for no auditor", async () => {
    await grant("g", mill.org, "members", SITE);
    expect([await status(birch), await status(auditor)]).toEqual([200, 404]);
  });

  test("is not for the grantee of somebody who is not the site's supplier", async () => {
    await grant("g", auditor.org, birch.org, SITE);
    expect(await status(birch)).toBe(404);
  });

  test("refused and missing are equal, byte for byte", async () => {
    const refused = await essence(await ask(birch, path));
    expect(await essence(await ask(birch, `/v1/dossiers/${NO_SITE}`))).toEqual(refused);
    expect(await essence(await ask(birch, `/v1/dossiers/${mill.org}`))).toEqual(refused);
    expect(await essence(await ask(birch, "/v1/dossiers/anything"))).toEqual(refused);
  });

  test("gives headers and nonces that fit K, in pages", async () => {
    for (const seq of [0, 1, 2]) await statement(`s${seq}`, SITE, auditor.org, seq);
    const first: DossierPage = await (await ask(mill, `${path}?limit=2`)).json();
    const rest: DossierPage = await (await ask(mill, `${path}?limit=2&after=${first.next}`)).json();
    const K = dossierKey(fromBase64url(env.DOSSIER_ROOT) as Bytes, SITE);
    expect(first).toMatchObject({ K: base64url(K), commitment: hashOf("commitment dyeworks"), next: 1 });
    expect(rest).toMatchObject({ next: null, lines: [{ seq: 2 }] });
    for (const line of [...first.lines, ...rest.lines]) {
      const header = decodeHeader(fromBase64url(line.header) as Bytes);
      expect(header.ok && header.value.seq).toBe(line.seq);
      expect(header.ok && base64url(header.value.statementHash)).toBe(hashOf(`s${line.seq}`));
      expect(header.ok && header.value.subject).toEqual(subjectHash(SITE));
      expect(line.nonce).toBe(base64url(entryKeys(K, line.seq).nonce));
    }
  });
});

test("an organisation walks its own dossier and nobody else's", async () => {
  const statuses = await Promise.all(
    [birch, mill].map(async (by) => (await ask(by, `/v1/dossiers/${birch.org}`)).status),
  );
  expect(statuses).toEqual([200, 404]);
});

test("the consortium's dossier is open to a stranger, walk and statements", async () => {
  await statement("genesis", env.ORIGIN, "org", 0);
  const walk: DossierPage = await (
    await send(new Request(`${AT}/v1/dossiers/${encodeURIComponent(env.ORIGIN)}`))
  ).json();
  expect(walk).toMatchObject({
    K: base64url(consortiumKey(env.ORIGIN)),
    commitment: null,
    opening: null,
    lines: [{ seq: 0 }],
  });
  const said = await (await send(new Request(`${AT}/v1/consortium`))).json();
  expect(said).toMatchObject({ statements: [{ seq: 0, statement: "jwt.of.genesis~" }], next: null });
});

describe("pages", () => {
  const page = async (by: Party, path: string) =>
    (await ask(by, path)).json<{ items: { id: string }[]; next: string | null }>();

  test("hold every organisation once, in the order of the log", async () => {
    const seen: string[] = [];
    for (let next: string | null = ""; next !== null; ) {
      const one = await page(birch, `/v1/organisations?limit=2${next && `&cursor=${next}`}`);
      seen.push(...one.items.map(({ id }) => id));
      next = one.next;
    }
    expect(seen).toEqual([mill.org, birch.org, auditor.org]);
  });

  test("a cursor serves the list, the filter and the asker it was made for, unaltered", async () => {
    const { next } = await page(birch, "/v1/organisations?limit=1");
    const cursor = next as string;
    const status = async (by: Party, path: string) => (await ask(by, path)).status;
    expect(await status(birch, `/v1/organisations?limit=2&cursor=${cursor}`)).toBe(200);
    expect(await status(mill, `/v1/organisations?cursor=${cursor}`)).toBe(422);
    expect(await status(birch, `/v1/sites?cursor=${cursor}`)).toBe(422);
    for (let i = 0; i < cursor.length; i++) {
      const altered = cursor.slice(0, i) + (cursor[i] === "A" ? "B" : "A") + cursor.slice(i + 1);
      expect([i, await status(birch, `/v1/organisations?cursor=${altered}`)]).toEqual([i, 422]);
    }
  });

  test("a cursor of the sites of one supplier does not open those of all", async () => {
    await site("spinning", mill);
    const { next } = await page(birch, `/v1/sites?limit=1&supplier=${mill.org}`);
    expect((await ask(birch, `/v1/sites?supplier=${mill.org}&cursor=${next}`)).status).toBe(200);
    expect((await ask(birch, `/v1/sites?cursor=${next}`)).status).toBe(422);
  });

  test("101 is more than a page holds", async () => {
    expect((await ask(birch, "/v1/sites?limit=101")).status).toBe(422);
  });
});

describe("own lists", () => {
  test("grants: the giver sees what it gave, the receiver what it received, others neither", async () => {
    await grant("to birch", mill.org, birch.org, SITE);
    await grant("to members", mill.org, "members", SITE, { revoked: true });
    const items = async (by: Party, side: string) =>
      (
        await (await ask(by, `/v1/grants?side=${side}`)).json<{ items: { grant: string; revoked: boolean }[] }>()
      ).items.map(({ grant, revoked }) => [grant, revoked]);
    const both = [
      [hashOf("to birch"), false],
      [hashOf("to members"), true],
    ];
    expect(await items(mill, "given")).toEqual(both);
    expect(await items(birch, "received")).toEqual(both);
    expect(await items(auditor, "received")).toEqual([]);
    expect(await items(birch, "given")).toEqual([]);
  });

  test("receipts: a supplier sees its own chain, nobody another's", async () => {
    for (const [holder, seq] of [
      [mill.org, 0],
      [mill.org, 1],
      [auditor.org, 0],
    ] as const)
      await run(
        `INSERT INTO receipts (holder, seq, at, site, audit, reader, standing, sections, purpose, because, prev, hash)
         VALUES (?, ?, ?, ?, ?, ?, 'grant', '["existence"]', 'due-diligence', '[]', 'p', 'h')`,
        holder,
        seq,
        NOON,
        SITE,
        hashOf("audit"),
        birch.org,
      );
    const seqs = async (by: Party) =>
      (await (await ask(by, "/v1/receipts")).json<{ items: { seq: number; reader: string }[] }>()).items.map(
        ({ seq }) => seq,
      );
    expect([await seqs(mill), await seqs(auditor), await seqs(birch)]).toEqual([[0, 1], [0], []]);
  });
});

test("an organisation's keys, and the same answer for one that is not there", async () => {
  const keys = await (await ask(birch, `/v1/organisations/${mill.org}/keys`)).json();
  expect(keys).toMatchObject({ items: [{ kid: mill.kid, org: mill.org, use: "auth", until: null, loss: null }] });
  expect((await ask(birch, `/v1/organisations/${idOf("org", "none")}/keys`)).status).toBe(404);
});
