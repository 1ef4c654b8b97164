import { consentOf } from "@quasarix/client/drafts.ts";
import { refusalIn } from "@quasarix/client/membership.ts";
import { refusalSays } from "@quasarix/client/refusal.ts";
import { all } from "@quasarix/client/routes.ts";
import { PRESETS } from "@quasarix/shared/policy/sections.ts";
import { must, type Party } from "./party.ts";

const DAY_MS = 86_400_000;

/** For every other report that it paid for, a member lets the supplier share the findings. What it has said already it does not say again. */
export async function giveConsents({ client, author, who }: Party): Promise<void> {
  const audits = must(await all((cursor) => client.routes.audits({ cursor, limit: 100, purpose: "due-diligence" })));
  // What it reads by no grant, and did not sign, it handed in.
  const paid = audits.filter((it) => it.because.length === 0 && it.sharing === "buyer-with-supplier-consent");
  const given = must(await all((cursor) => client.routes.consents({ cursor, limit: 100 })));
  const known = new Set(given.map(({ audit }) => audit));
  const wanted = paid
    .map(({ audit }) => audit)
    .sort()
    .filter((audit, at) => at % 2 === 0 && !known.has(audit));
  if (wanted.length === 0) return;
  const now = client.host.now();
  const notBefore = now - (now % DAY_MS);
  const window = { notBefore, notAfter: notBefore + 730 * DAY_MS };
  const sayings = wanted.map((audit) =>
    consentOf(who.org, { audit, consentSections: [...PRESETS.findings], ...window }),
  );
  const refused = refusalIn(await author.post(must(await author.issue(sayings))));
  if (refused) throw new Error(refusalSays(refused.failure));
}
