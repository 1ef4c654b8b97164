import type { RandomBytes, Signer } from "@quasarix/shared/ports.ts";
import { buildAssertion } from "@quasarix/shared/wire/assertion.ts";
import type { Authorize, Host } from "../ports.ts";
import { nodeSigner } from "./host.ts";
import type { Identity } from "./identity.ts";

/** FORMATS 6: a fresh assertion for each attempt, signed with the organisation's `auth` key. */
export const assertionOf =
  (
    ports: { readonly signer: Signer; readonly random: RandomBytes; readonly now: () => number },
    org: string,
  ): Authorize =>
  async ({ method, url, body }) =>
    `Bearer ${await buildAssertion(ports, { org, method, url, body, now: ports.now() })}`;

export const nobody: Authorize = async () => null;

/** As the organisation of this identity; as nobody where there is none yet. */
export async function authorizeAs(
  who: Pick<Identity, "org" | "auth"> | null,
  { random, now }: Pick<Host, "random" | "now">,
): Promise<Authorize> {
  if (who === null || who.org === null) return nobody;
  return assertionOf({ signer: await nodeSigner(who.auth), random, now }, who.org);
}
