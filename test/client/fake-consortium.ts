import type { Author, Signatory } from "@quasarix/client/author.ts";
import { type Client, connect } from "@quasarix/client/client.ts";
import { admitOrganisation, applicationOf, foundConsortium, joinConsortium } from "@quasarix/client/membership.ts";
import type { ClientPorts } from "@quasarix/client/ports.ts";
import type { Answer } from "@quasarix/client/refusal.ts";
import { refusalSays } from "@quasarix/client/refusal.ts";
import { openSites } from "@quasarix/client/sites.ts";
import { signerOf } from "../statement/consortium.ts";
import { FakeServer } from "./fake-server.ts";

/** The value, or a failure of the test in the refusal's own words. */
export function taken<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new Error(refusalSays(answer.failure));
}

export interface FakeConsortium {
  readonly server: FakeServer;
  readonly ports: ClientPorts;
  readonly policy: string;
  readonly client: Client;
  readonly operator: Author;
  readonly supplier: Author & { readonly who: Signatory };
  readonly site: string;
}

const keysOf = async (name: string) => ({ record: await signerOf(name), auth: await signerOf(`${name} auth`) });

/** Founded, one supplier admitted, one site opened: all through the SDK. */
export async function fakeConsortium(): Promise<FakeConsortium> {
  const server = await FakeServer.start();
  const ports = server.ports();
  const operatorKeys = await keysOf("operator");
  server.knows(operatorKeys.record);
  const { org, policy } = taken(await foundConsortium(ports, { kind: "operator", name: "Secretariat" }, operatorKeys));
  const client = taken(connect(ports, policy));
  const operator = client.author({ org, signer: operatorKeys.record });
  const keys = await keysOf("supplier");
  const asked = applicationOf({ kind: "supplier", name: "Mill Group" }, keys);
  const admission = taken(await admitOrganisation(client, operator, asked, ports.origin));
  taken(await joinConsortium(client, admission.org, keys));
  const who = { org: admission.org, signer: keys.record };
  const supplier = { ...client.author(who), who };
  const opened = taken(
    await openSites(client, supplier, [{ name: "Mill 4", country: "BD", supplier: who.org }], () => undefined),
  );
  return { server, ports, policy, client, operator, supplier, site: opened[0]?.id as string };
}
