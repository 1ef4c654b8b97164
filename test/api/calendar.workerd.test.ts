import { listedOf, withdrawalOf } from "@quasarix/client/discovery-drafts.ts";
import { recognitionOf } from "@quasarix/client/recognition-drafts.ts";
import type { IntentView } from "@quasarix/shared/wire/intents.ts";
import { beforeAll, expect, test } from "vitest";
import { buyers, day, intend, plan, report } from "../duplicate/buyers.ts";
import { closeBatch, duty, newWorld, publish } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

/** No audit covers it, whatever batch is closed meanwhile. */
const RBA = { schemes: ["urn:quasarix:scheme:rba"] };

let world: World;
const who = {} as Record<"mill" | "spinner" | "firm" | "birch" | "cedar" | "elm" | "fir" | "oak", Org>;
let site: string;
let other: string;
let audit: string;

beforeAll(async () => {
  world = await newWorld();
  for (const name of ["mill", "spinner"] as const) who[name] = await world.admit(name, "supplier");
  who.firm = await world.admit("firm", "auditor");
  site = await world.openSite(who.mill, "Mill, 1");
  other = await world.openSite(who.spinner, "Spinnery");
  const names = ["birch", "cedar", "elm", "fir", "oak"] as const;
  const members = await buyers(world, names, [site]);
  for (const [i, name] of names.entries()) who[name] = members[i] as Org;
  const given = { grantSections: ["existence" as const], purposes: ["audit-avoidance" as const] };
  const window = { notBefore: 0, notAfter: Date.now() * 2 };
  await world.grant(who.mill, { grantee: who.birch.id, site, ...given, ...window });
  await world.grant(who.spinner, { grantee: who.birch.id, site: other, ...given, ...window });
  audit = (await world.audit(who.firm, site, report(day(-30)))).statementHash;
  const undated = auditContent();
  await world.audit(who.firm, site, undated);
  await duty();
  await publish();
}, 60_000);

interface Entry {
  readonly uid: string;
  readonly summary: string;
  readonly from: string;
  readonly until: string;
}

async function calendarOf(org: Org): Promise<Entry[]> {
  const answer = await world.get(org, "/v1/calendar.ics");
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"]);
  const text = (await answer.text()).replaceAll("\r\n ", "");
  const value = (event: string, name: string) => new RegExp(`\r\n${name}[^:]*:([^\r]*)`).exec(event)?.[1] ?? "";
  return text
    .split("BEGIN:VEVENT")
    .slice(1)
    .map((event) => ({
      uid: value(event, "UID").split("@")[0] as string,
      summary: value(event, "SUMMARY"),
      from: value(event, "DTSTART"),
      until: value(event, "DTEND"),
    }));
}
const plain = (text: string) => text.replaceAll("-", "");

test("a member finds its plans, each one appointment however often it moves, and what expires of its own sites", async () => {
  const expires = {
    uid: `expiry-${audit}`,
    summary: "Audit expires: Mill\\, 1",
    from: plain(day(300)),
    until: plain(day(301)),
  };
  expect(await calendarOf(who.birch)).toEqual([expires]);
  // On its list, and nothing was granted: what it may not know of has no appointment.
  expect(await calendarOf(who.cedar)).toEqual([]);

  await intend(world, who.cedar, plan(site, { ...RBA, from: day(10), until: day(19) }));
  const [first] = (await world.json<{ items: IntentView[] }>(who.cedar, "GET", "/v1/intents")).items;
  const planned = { uid: `intent-${first?.intent}`, summary: "Audit planned: Mill\\, 1" };
  expect(await calendarOf(who.cedar)).toEqual([{ ...planned, from: plain(day(10)), until: plain(day(20)) }]);
  await intend(world, who.cedar, plan(site, { ...RBA, from: day(12), until: day(29) }), {
    replaces: first?.intent as string,
  });
  expect(await calendarOf(who.cedar)).toEqual([{ ...planned, from: plain(day(12)), until: plain(day(30)) }]);
  expect(await calendarOf(who.birch)).toEqual([expires]);
});

test("an audit that a member recognised expires in its calendar, wherever it is; a grant that ends takes it out", async () => {
  const there = (await world.audit(who.firm, other, report(day(-20)))).statementHash;
  const uids = async () => (await calendarOf(who.birch)).map(({ uid }) => uid);
  expect(await uids()).toEqual([`expiry-${audit}`]);
  const claims = { audit: there, instead: { scheme: "urn:quasarix:scheme:smeta" }, saved: { days: 1 } };
  await world.say(who.birch, recognitionOf(who.birch.id, claims));
  expect(await uids()).toEqual([`expiry-${audit}`, `expiry-${there}`].sort());
  const [, grant] = (await world.json<{ items: { grant: string }[] }>(who.birch, "GET", "/v1/grants?side=received"))
    .items;
  await world.revoke(who.spinner, grant?.grant as string);
  expect(await uids()).toEqual([`expiry-${audit}`]);
});

test("a supplier finds what expires of its own sites and, with the batch, what its customers need; an auditor its reports", async () => {
  const uids = async (org: Org) => (await calendarOf(org)).map(({ uid }) => uid).sort();
  await closeBatch();
  expect(await uids(who.mill)).toEqual([`demand-${site}`, `expiry-${audit}`]);
  expect(await uids(who.spinner)).toHaveLength(1);
  expect((await uids(who.firm)).length).toBe(2);
  expect(await uids(world.operator)).toEqual([]);
});

test("others' audits that it may not know of take no place in a calendar that is full", async () => {
  const full = await newWorld();
  const mill = await full.admit("mill", "supplier");
  const [hidden, shown] = [await full.openSite(mill, "Hidden"), await full.openSite(mill, "Shown")];
  const [birch, oak] = (await buyers(full, ["birch", "oak"], [hidden, shown])) as [Org, Org];
  await full.say(mill, withdrawalOf(mill.id, { site: hidden }));
  const row = {
    scheme: "urn:quasarix:scheme:smeta",
    version: "7.0",
    auditFrom: day(-20),
    validUntil: day(340),
    topics: [],
  };
  const claim = () => full.issue(oak, listedOf(oak.id, shown, row));
  await full.lines("/v1/statements", await Promise.all(Array.from({ length: 510 }, claim)), oak);
  await duty();
  const count = async () => (await (await full.get(oak, "/v1/calendar.ics")).text()).split("BEGIN:VEVENT").length - 1;
  expect(await count()).toBe(500);
  for (let copy = 0; copy < 3; copy++) await full.submit(birch, hidden, report(day(-60)));
  await duty();
  expect(await count()).toBe(500);
}, 60_000);
