import { base64url } from "../base64.ts";
import { utf8 } from "../bytes.ts";
import type { RandomBytes, Signer } from "../ports.ts";
import { catalogueRow } from "./catalogue.ts";
import type { Seen } from "./claims.ts";
import { holdsDigests } from "./claims.ts";
import { digestOf } from "./disclosure.ts";
import type { Json } from "./json.ts";
import { isArray } from "./json.ts";
import { thumbprint } from "./key.ts";
import { present } from "./present.ts";
import { paddedLength } from "./sections.ts";

export interface IssuePorts {
  readonly signer: Signer;
  readonly random: RandomBytes;
}

/** What an author has to say; `iat` in seconds. */
export interface Draft {
  readonly iss: string;
  readonly iat: number;
  readonly vct: string;
  readonly sub: string;
  /** 128 random bits in b64url; drawn where absent. */
  readonly jti?: string | undefined;
  readonly seen?: Seen | undefined;
  readonly re?: string | undefined;
  /** The type's own plain claims, `provenance` included. */
  readonly claims?: Readonly<Record<string, Json>> | undefined;
  /** An array as a member is a list: each element behind its own digest. Sections not named here are empty. */
  readonly sections?: Readonly<Record<string, Readonly<Record<string, Json>>>> | undefined;
  /** Top-level disclosures. */
  readonly top?: Readonly<Record<string, Json>> | undefined;
}

type Digests = { readonly _sd: readonly string[] };

/** Draws salts and decoys and collects disclosures in submission order. */
class Pen {
  readonly disclosures: string[] = [];
  readonly #random: RandomBytes;

  constructor(random: RandomBytes) {
    this.#random = random;
  }

  salt(): string {
    return base64url(this.#random(16));
  }

  /** Writes `[salt, ...parts]` down and gives its digest. */
  disclose(...parts: readonly Json[]): string {
    const text = base64url(utf8(JSON.stringify([this.salt(), ...parts])));
    this.disclosures.push(text);
    return digestOf(text);
  }

  /** A decoy is 32 random bytes: nobody can tell it from a digest. */
  pad(digests: readonly string[]): readonly string[] {
    const padded = [...digests];
    while (padded.length < paddedLength(digests.length)) padded.push(base64url(this.#random(32)));
    return padded.sort();
  }

  member(name: string, value: Json): string[] {
    if (!isArray(value)) return [this.disclose(name, value)];
    const elements = this.pad(value.map((item) => this.disclose(item)));
    const list = this.disclose(
      name,
      elements.map((digest) => ({ "...": digest })),
    );
    return [list, this.disclose(`${name}_count`, value.length)];
  }

  section(members: Readonly<Record<string, Json>>): Digests {
    checkNames(members);
    const digests = Object.keys(members).flatMap((name) => this.member(name, members[name] as Json));
    digests.push(this.disclose("members_count", digests.length + 1));
    return { _sd: this.pad(digests) };
  }

  top(members: Readonly<Record<string, Json>>): Digests {
    return { _sd: this.pad(Object.keys(members).map((name) => this.disclose(name, members[name] as Json))) };
  }
}

function sectionsOf(draft: Draft, pen: Pen): { sections?: Record<string, Digests> } {
  const row = catalogueRow(draft.vct);
  if (!row) throw new Error(`no row in the catalogue for \`${draft.vct}\``);
  const given = draft.sections ?? {};
  const foreign = Object.keys(given).find((name) => !row.sections.includes(name));
  if (foreign !== undefined) throw new Error(`a \`${row.type}\` has no section \`${foreign}\``);
  if (row.sections.length === 0) return {};
  return { sections: Object.fromEntries(row.sections.map((name) => [name, pen.section(given[name] ?? {})])) };
}

/** Throws on names that no reader would accept: better here than behind a signature. */
function checkNames(members: Readonly<Record<string, Json>>): void {
  const taken = new Set(["members_count", "_sd", "..."]);
  for (const [name, value] of Object.entries(members)) {
    for (const one of isArray(value) ? [name, `${name}_count`] : [name]) {
      if (taken.has(one)) throw new Error(`\`${one}\` is not free as a member's name`);
      taken.add(one);
    }
    if (holdsDigests(value)) throw new Error(`\`${name}\` holds a name that digests use`);
  }
}

/** Header and payload as compact JSON, signed: the issuer-signed JWT. */
export async function signPayload(signer: Signer, payload: Readonly<Record<string, unknown>>): Promise<string> {
  const header = { alg: "EdDSA", kid: thumbprint(signer.publicKey), typ: "dc+sd-jwt" };
  const signed = `${base64url(utf8(JSON.stringify(header)))}.${base64url(utf8(JSON.stringify(payload)))}`;
  return `${signed}.${base64url(await signer.sign(utf8(signed)))}`;
}

/** Claims in the order of FORMATS 1; JSON leaves out what is undefined. */
const frame = (draft: Draft, jti: string) => ({
  iss: draft.iss,
  iat: draft.iat,
  jti,
  vct: draft.vct,
  sub: draft.sub,
  seen: draft.seen,
  re: draft.re,
  ...draft.claims,
  _sd_alg: "sha-256",
});

/** A signed statement with all its disclosures. Throws on a draft whose type or sections the catalogue does not have. */
export async function issueStatement(ports: IssuePorts, draft: Draft): Promise<string> {
  const pen = new Pen(ports.random);
  const jti = draft.jti ?? pen.salt();
  const top = draft.top ? pen.top(draft.top) : {};
  const sections = sectionsOf(draft, pen);
  const jwt = await signPayload(ports.signer, { ...frame(draft, jti), ...top, ...sections });
  return present({ jwt, disclosures: pen.disclosures });
}
