import { checkDossier } from "@quasarix/client/dossier-check.ts";
import { auditOf, siteOf, submissionOf } from "@quasarix/client/drafts.ts";
import { fsck } from "@quasarix/client/fsck.ts";
import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { dossierCommitment } from "@quasarix/shared/log/entry.ts";
import { admitPlatform } from "@quasarix/shared/policy/admit.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { reissue } from "@quasarix/shared/statement/reissue.ts";
import { hashText, parseStatement, type Statement } from "@quasarix/shared/statement/statement.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { commit } from "../../workers/store/commit.ts";
import { newestSeen } from "../../workers/store/newest-seen.ts";
import { dutyPorts, runDuty } from "../crash/duty-hand.ts";
import { clientFor } from "../workerd-client.ts";
import { env } from "../workerd-world.ts";
import { auditContent } from "../world.ts";
import { newPlace, type Place, proof, published } from "./place.ts";
import { inDatabase } from "./spoil.ts";

let place: Place;

beforeEach(async () => {
  place = await newPlace();
});

function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

test("a second opening of a site is named by fsck with its index, and refused by every member's SDK", async () => {
  const { world, mill, site } = place;
  const commitment = await env.DB.prepare("SELECT commitment FROM subjects WHERE id = ?")
    .bind(site)
    .first("commitment");
  await inDatabase("UPDATE subjects SET opening = NULL WHERE id = ?", site);
  const claims = { supplier: mill.id, name: "Mill 1", country: "PT" };
  const again = await world.say(mill, siteOf(env.ORIGIN, { id: site, commitment: String(commitment) }, claims));
  await published();
  const report = must(await fsck(await clientFor(world.operator), () => undefined));
  expect(report.faults).toEqual([
    { index: again.index, subject: env.ORIGIN, fault: "projection" },
    { index: again.index, subject: site, fault: "second-opening" },
  ]);
  const synced = await (await clientFor(place.birch)).consortium.sync();
  expect(synced).toEqual(proof("consortium", `a second opening of ${site}`, `seq ${again.seq}`));
});

test("a K that is not the opening's is named by the author's receipt check and by the dossier's", async () => {
  const { world, mill, firm } = place;
  const { id } = await world.reserve(mill, "site");
  const other = base64url(dossierCommitment(sha256(utf8("another K"))));
  await inDatabase("UPDATE subjects SET commitment = ? WHERE id = ?", other, id);
  const claims = { supplier: mill.id, name: "Mill 2", country: "PT" };
  await world.say(mill, siteOf(env.ORIGIN, { id, commitment: other }, claims));
  await published();
  const author = (await clientFor(firm)).author({ org: firm.id, signer: firm.record });
  expect(await author.say(auditOf(id, "auditor-signed", auditContent()))).toEqual(proof("dossier", "wrong K", id));
  await published();
  expect(await checkDossier(await clientFor(mill), id)).toEqual(proof("dossier", "commitment", `seq 0 of ${id}`));
});

describe("intake that does not re-issue what was submitted is caught by the member's SDK", () => {
  /** The platform key signs an audit of something else for this submission, and the log takes it. */
  async function forged(submission: Statement, of: Statement, site: string, origin = submission): Promise<string> {
    const ports = await dutyPorts();
    const seen = await newestSeen(ports);
    const text = await reissue({ signer: ports.platform, random: ports.random }, withHashOf(of, origin), {
      iss: ports.origin,
      iat: Math.floor(Date.now() / 1000),
      sub: site,
      ...(seen && { seen }),
    });
    const audit = must(parseStatement(text));
    const scope = admitPlatform(audit, { origin: ports.origin, kid: thumbprint(ports.platform.publicKey) });
    const sealed = await ports.vault.seal(audit);
    await commit(ports, [{ scope, statement: audit, sealed, kekVersion: ports.vault.version }]);
    await inDatabase("UPDATE submissions SET audit = ? WHERE hash = ?", hashText(audit), hashText(submission));
    return hashText(audit);
  }

  /** `reissue` names the submission by its hash: content of the one under the name of the other. */
  const withHashOf = (content: Statement, named: Statement): Statement => ({ ...content, hash: named.hash });

  async function submitted(content = auditContent()): Promise<{ text: string; statement: Statement }> {
    const { world, birch, site } = place;
    const text = await world.issue(birch, submissionOf(birch.id, site, content));
    await world.json(birch, "POST", "/v1/statements", { statement: text });
    return { text, statement: must(parseStatement(text)) };
  }

  test("what intake does by itself is confirmed", async () => {
    const { text } = await submitted();
    await runDuty();
    await published();
    const confirmed = must(await (await clientFor(place.birch)).confirm(text, 0));
    expect(confirmed.audit).not.toBeNull();
  });

  test("other digests", async () => {
    const { text, statement } = await submitted();
    const other = await submitted(auditContent({ commercial: { payer: "buyer" } } as never));
    const audit = await forged(statement, other.statement, place.site);
    await published();
    const refused = await (await clientFor(place.birch)).confirm(text, 0);
    expect(refused).toEqual(proof("intake", "digests-differ", audit));
  });

  test("another submission named as its origin", async () => {
    const { text, statement } = await submitted();
    const other = await submitted();
    const audit = await forged(statement, statement, place.site, other.statement);
    await published();
    const refused = await (await clientFor(place.birch)).confirm(text, 0);
    expect(refused).toEqual(proof("intake", "origin-differs", audit));
  });

  test("another site", async () => {
    const { text, statement } = await submitted();
    const elsewhere = await place.world.openSite(place.mill, "Mill 3");
    const audit = await forged(statement, statement, elsewhere);
    await published();
    const refused = await (await clientFor(place.birch)).confirm(text, 0);
    expect(refused).toEqual(proof("intake", "subject", audit));
  });
});
