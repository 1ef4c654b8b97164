import { type Author, type AuthorParts, author } from "@quasarix/client/author.ts";
import { connect } from "@quasarix/client/client.ts";
import { checkDossier } from "@quasarix/client/dossier-check.ts";
import { auditOf, grantOf, keyOf, organisationOf, siteOf } from "@quasarix/client/drafts.ts";
import { addKey } from "@quasarix/client/membership.ts";
import type { ClientPorts } from "@quasarix/client/ports.ts";
import { refusalSays } from "@quasarix/client/refusal.ts";
import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { dossierCommitment } from "@quasarix/shared/log/entry.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { describe, expect, test } from "vitest";
import { signerOf } from "../statement/consortium.ts";
import { type FakeConsortium, fakeConsortium, taken } from "./fake-consortium.ts";
import type { Lies } from "./fake-lies.ts";
import { ORIGIN } from "./fake-server.ts";

const another = sha256(utf8("another K"));

const grantBy = (by: Author, site: string) =>
  grantOf(by.org, {
    grantee: "members",
    site,
    grantSections: ["existence"],
    purposes: ["audit-avoidance"],
    notBefore: 1,
    notAfter: 2,
  });

/** What the author is told of one statement. */
async function told({ supplier, site }: FakeConsortium): Promise<string> {
  const said = await supplier.say(grantBy(supplier, site));
  return said.ok ? "receipt" : refusalSays(said.failure);
}

describe("an author's own receipt check", () => {
  test("a receipt that holds is a receipt, the next one follows it, and `seen` names the last published size", async () => {
    const world = await fakeConsortium();
    expect(await told(world)).toBe("receipt");
    const before = world.server.published.at(-1)?.size;
    expect(await told(world)).toBe("receipt");
    expect(world.server.lines.at(-1)?.part.claims.seen?.size).toBe(before);
  });

  test.each<{ lie: string; lies: Lies; says: RegExp }>([
    { lie: "a dossier's K that is not the opening's", lies: { servedK: () => another }, says: /dossier .*wrong K/ },
    { lie: "a tag under another K", lies: { sealK: () => another }, says: /receipt .*tag/ },
    { lie: "a skipped seq", lies: { seq: (seq) => seq + 1 }, says: /dossier .*seq at seq 0/ },
    { lie: "a `prev` that is another's", lies: { prev: another }, says: /dossier .*prev/ },
    {
      lie: "the receipt of another statement",
      lies: { answer: (answer) => ({ ...answer, statementHash: base64url(another) }) },
      says: /receipt .*another statement/,
    },
    {
      lie: "an index beside the proof that is not the proof's",
      lies: { answer: (answer) => ({ ...answer, index: 0 }) },
      says: /receipt .*numbers that differ/,
    },
    {
      lie: "a proof whose path is altered",
      lies: {
        answer: (answer) => ({ ...answer, proof: String(answer["proof"]).replace(/\n\n/, `\n${"A".repeat(43)}=\n\n`) }),
      },
      says: /receipt .*inclusion/,
    },
    {
      lie: "an answer that is short of a line",
      lies: { answer: (answer) => ({ ...answer, line: 2 }) },
      says: /answer .*line/,
    },
  ])("names $lie", async ({ lies, says }) => {
    const world = await fakeConsortium();
    Object.assign(world.server.lies, lies);
    expect(await told(world)).toMatch(says);
  });

  test("a tag twice is named: the receipt's line is not the one that was walked at that seq", async () => {
    const world = await fakeConsortium();
    await told(world);
    await told(world);
    world.server.lies.seq = (seq) => seq - 1;
    expect(await told(world)).toMatch(/does not hold/);
  });

  test("a statement sent again has the receipt that it had", async () => {
    const { server, supplier, site } = await fakeConsortium();
    const issued = taken(await supplier.issue([grantBy(supplier, site), grantBy(supplier, site)]));
    const first = taken(await supplier.post(issued));
    const line = server.lines.at(-2);
    server.lies.answer = (answer) => ({ ...answer, ...(first[0]?.ok && { ...first[0].receipt }) });
    const again = taken(await supplier.post([issued[0] as string]));
    expect(again[0]).toEqual(first[0]);
    expect(line?.seq).toBe(0);
  });
});

describe("the log as it is remembered", () => {
  test("a past that was rewritten is a split view, and nothing is written on it", async () => {
    const world = await fakeConsortium();
    await told(world);
    await world.server.rewrite(2);
    world.server.add(taken(await issueElsewhere(world))[0] as string);
    await world.server.publish();
    expect(await told(world)).toMatch(/consistency .*split view/);
  });

  test("a checkpoint that another key signed is refused", async () => {
    const world = await fakeConsortium();
    const last = world.server.published.at(-1) as { note: string };
    last.note = last.note.replace(/.{8}\n$/, "AAAAAA=\n");
    expect(await told(world)).toMatch(/checkpoint|consistency/);
  });
});

/** Signed by someone who did not look at the log first. */
const issueElsewhere = ({ supplier, site, server }: FakeConsortium) => {
  const blind = { routes: {}, log: { seen: async () => ({ ok: true, value: undefined }) }, host: server.ports().host };
  return author(blind as unknown as AuthorParts, supplier.who).issue([grantBy(supplier, site)]);
};

describe("the consortium's dossier", () => {
  const K = sha256(utf8("K"));
  const opened = (id: string) => ({ id, commitment: base64url(dossierCommitment(K)) });

  test("a second opening of one subject is named", async () => {
    const { client, operator, site, supplier } = await fakeConsortium();
    taken(await client.consortium.sync());
    await operator.say(siteOf(ORIGIN, opened(site), { name: "Mill 4", country: "BD", supplier: supplier.org }));
    const synced = await client.consortium.sync();
    expect(synced.ok ? "" : refusalSays(synced.failure)).toMatch(/a second opening of site_/);
  });

  test("an organisation that the operator did not open is named", async () => {
    const { client, supplier } = await fakeConsortium();
    const id = `org_${"A".repeat(22)}`;
    await supplier.say(organisationOf(ORIGIN, opened(id), { kind: "member", name: "Ghost", admits: [] }));
    const synced = await client.consortium.sync();
    expect(synced.ok ? "" : refusalSays(synced.failure)).toMatch(/did not admit/);
  });

  test("a statement whose signature is not its author's is named", async () => {
    const { client, operator, server } = await fakeConsortium();
    const claims = { kind: "member", name: "Birch", admits: [] };
    const [text = ""] = taken(await operator.issue([organisationOf(ORIGIN, opened(`org_${"A".repeat(22)}`), claims)]));
    server.add(text.replace(/.{8}~$/, "AAAAAAAA~").replace(/A~$/, "A~"));
    await server.publish();
    const synced = await client.consortium.sync();
    expect(synced.ok ? "" : refusalSays(synced.failure)).toMatch(/bad signature|jws-form/);
  });

  test("a statement that is not the one its header names is named", async () => {
    const { server, policy } = await fakeConsortium();
    server.lies.statement = (text, seq) => (seq === 1 ? text.replace(/.{4}~$/, "AAAA~") : text);
    const fresh = taken(connect(server.ports(), policy));
    const synced = await fresh.consortium.sync();
    expect(synced.ok ? "" : refusalSays(synced.failure)).toMatch(/another statement|jws-form/);
  });

  test("a dossier that is not in the log is named", async () => {
    const { server, policy } = await fakeConsortium();
    await server.rewrite(server.lines.length - 1);
    server.published[server.published.length - 1] = { size: server.lines.length, note: await server.publish() };
    const fresh = taken(connect(server.ports(), policy));
    const synced = await fresh.consortium.sync();
    expect(synced.ok ? "" : refusalSays(synced.failure)).toMatch(/not in the log/);
  });

  test("a later key stands when a record key of its organisation brought it in", async () => {
    const { client, supplier } = await fakeConsortium();
    const signer = await signerOf("supplier's next");
    taken(await addKey(client, supplier, { signer, use: "record" }));
    const { rows } = taken(await client.consortium.sync()).register;
    expect(rows.get(thumbprint(signer.publicKey))).toMatchObject({ org: supplier.org, use: "record", loss: null });
  });

  test("a first key that no opening admits is named", async () => {
    const { client, supplier } = await fakeConsortium();
    const signer = await signerOf("nobody");
    const stranger = client.author({ org: supplier.org, signer });
    await stranger.say(keyOf(ORIGIN, { publicKey: signer.publicKey, use: "record" }));
    const synced = await client.consortium.sync();
    expect(synced.ok ? "" : refusalSays(synced.failure)).toMatch(/key-not-admitted/);
  });

  test("what was verified is kept: another client of the same home begins where the first one ended", async () => {
    const { client, ports, policy } = await fakeConsortium();
    taken(await client.consortium.sync());
    const asked: string[] = [];
    const fetch: ClientPorts["fetch"] = (url, init) => {
      asked.push(url);
      return ports.fetch(url, init);
    };
    const counted = connect({ ...ports, fetch }, policy);
    const state = taken(await taken(counted).consortium.sync());
    expect(state.openings.size).toBe(3);
    expect(
      asked.filter((url) => url.includes("/v1/consortium")).map((url) => new URL(url).searchParams.get("after")),
    ).toEqual([String(state.head?.seq)]);
  });
});

describe("a dossier that is shown", () => {
  const seven = async () => {
    const world = await fakeConsortium();
    for (let i = 0; i < 7; i++) await told(world);
    return world;
  };
  const sentence = async ({ client, supplier }: FakeConsortium) => {
    const checked = await checkDossier(client, supplier.org);
    return checked.ok ? `${checked.value.lines.length} lines` : refusalSays(checked.failure);
  };

  test("is complete when every tag stands where it says", async () => {
    expect(await sentence(await seven())).toBe("7 lines");
  });

  test("with its last line left out is withheld, with one left out in the middle broken", async () => {
    const world = await seven();
    world.server.lies.lines = (lines) => (lines.length > 6 ? lines.slice(0, 6) : lines);
    expect(await sentence(world)).toMatch(/withheld at seq 6/);
    world.server.lies.lines = (lines) => (lines.length > 6 ? lines.toSpliced(3, 1) : lines);
    expect(await sentence(world)).toMatch(/seq at seq 3/);
  });
});

test("audits of a site are signed by their author, in the site's dossier", async () => {
  const { supplier, site, server } = await fakeConsortium();
  const saying = auditOf(site, "supplier-signed", { existence: {} } as unknown as Parameters<typeof auditOf>[2]);
  taken(await supplier.say(saying));
  expect(server.lines.at(-1)).toMatchObject({ subject: site, seq: 0 });
});
