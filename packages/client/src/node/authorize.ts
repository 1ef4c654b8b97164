import type { RandomBytes, Signer } from "@quasarix/shared/ports.ts";
import { buildAssertion } from "@quasarix/shared/wire/assertion.ts";
import type { Authorize } from "../ports.ts";

/** FORMATS 6: a fresh assertion for each attempt, signed with the organisation's `auth` key. */
export const assertionOf =
  (
    ports: { readonly signer: Signer; readonly random: RandomBytes; readonly now: () => number },
    org: string,
  ): Authorize =>
  async ({ method, url, body }) =>
    `Bearer ${await buildAssertion(ports, { org, method, url, body, now: ports.now() })}`;

export const nobody: Authorize = async () => null;
