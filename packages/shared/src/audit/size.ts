import { utf8 } from "../bytes.ts";
import { paddedLength } from "../statement/sections.ts";

// A disclosure is `~` and b64url of `["<22 salt>","<name>",<value>]`; a digest stands as `"<43>",` or `{"...":"<43>"},`.
const SALT = 30;
const DIGEST = 46;
const LIST_DIGEST = 54;
/** Header, claims, signature, and the intake copy's `origin`. */
const FRAME = 2_048;

const b64 = (bytes: number) => Math.ceil(bytes / 3) * 4;
const jsonLength = (value: unknown) => utf8(JSON.stringify(value)).length;
const disclosed = (name: string, bytes: number) => 1 + b64(SALT + name.length + 3 + bytes);

function memberBound(name: string, value: unknown): number {
  if (!Array.isArray(value)) return disclosed(name, jsonLength(value));
  const elements = value.reduce((sum: number, one) => sum + disclosed("", jsonLength(one)), 0);
  return elements + disclosed(name, paddedLength(value.length) * LIST_DIGEST) + disclosed(`${name}_count`, 8);
}

/** Never less than the bytes of the issued statement, decoys and signature included; a few per cent more. */
export function statementBound(content: Readonly<Record<string, Readonly<Record<string, unknown>>>>): number {
  let bytes = FRAME;
  for (const section of Object.values(content)) {
    const members = Object.entries(section).filter(([, value]) => value !== undefined);
    const lists = members.filter(([, value]) => Array.isArray(value)).length;
    for (const [name, value] of members) bytes += memberBound(name, value);
    bytes += disclosed("members_count", 8) + b64(paddedLength(members.length + lists + 1) * DIGEST + 40);
  }
  return bytes;
}
