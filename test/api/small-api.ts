import { base64url } from "@quasarix/shared/base64.ts";
import { type Bytes, u32be, utf8 } from "@quasarix/shared/bytes.ts";
import type { RandomBytes, Signer } from "@quasarix/shared/ports.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { webSigner, webVerify } from "@quasarix/shared/webcrypto.ts";
import { buildAssertion } from "@quasarix/shared/wire/assertion.ts";
import { createApi } from "../../workers/api/app.ts";
import { mounts } from "../../workers/api/index.ts";
import { principalOf } from "../../workers/door/assertion.ts";
import { readBody } from "../../workers/door/body.ts";
import { type ApiSlice, apiSlice } from "../../workers/env.ts";
import { jwkOf } from "../secrets.ts";
import { emptyDeployment, env } from "../workerd-env.ts";

export { env };

export const AT = "https://api.example";
export const NOON = Date.UTC(2026, 2, 2, 12);
const NOTHING: Bytes = new Uint8Array(0);

let rolls = 0;
/** Dice that never repeat within a run and are the same in the next. */
export const dice: RandomBytes = (length) => sha256(u32be(rolls++)).slice(0, length);

export const idOf = (prefix: "org" | "site", name: string): string =>
  `${prefix}_${base64url(sha256(utf8(name)).slice(0, 16))}`;
export const hashOf = (name: string): string => base64url(sha256(utf8(name)));

export const logLines: string[] = [];
export const clock = { now: NOON };

export const api = createApi(
  {
    now: () => clock.now,
    random: dice,
    verify: webVerify(crypto),
    writeLog: (line) => logLines.push(line),
    door: { pass: principalOf, readBody },
  },
  mounts,
);

export async function emptyWorld(): Promise<void> {
  clock.now = NOON;
  logLines.length = 0;
  await emptyDeployment();
}

/** Sends as it is, signed or not. */
export const send = async (request: Request, over: Partial<ApiSlice> = {}): Promise<Response> =>
  api.fetch(request, { ...apiSlice(env), ...over }, { waitUntil() {}, passThroughOnException() {}, props: {} });

export interface Party {
  readonly org: string;
  readonly kid: string;
  readonly signer: Signer;
}

interface Kind {
  readonly kind?: string;
  readonly isOperator?: boolean;
  readonly suspended?: boolean;
  readonly use?: string;
  readonly until?: number | null;
  readonly loss?: number | null;
}

let indexes = 0;

/** An organisation in the registry, with one key. */
export async function party(name: string, of: Kind = {}): Promise<Party> {
  const signer = await webSigner(crypto, jwkOf(name));
  const org = idOf("org", name);
  const kid = thumbprint(signer.publicKey);
  const index = indexes++;
  await env.DB.batch([
    env.DB.prepare(
      "INSERT INTO organisations (id, kind, name, is_operator, suspended, admits, statement, log_index) VALUES (?, ?, ?, ?, ?, '[]', ?, ?)",
    ).bind(
      org,
      of.kind ?? "member",
      name,
      Number(of.isOperator ?? false),
      Number(of.suspended ?? false),
      hashOf(name),
      index,
    ),
    env.DB.prepare(
      "INSERT INTO subjects (id, kind, commitment, reserved_by, reserved_at, opening, opening_index) VALUES (?, 'organisation', ?, ?, 0, ?, ?)",
    ).bind(org, hashOf(`K of ${name}`), org, hashOf(name), index),
    env.DB.prepare(
      "INSERT INTO keys (kid, x, org, use, statement, from_index, until_index, loss_index) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    ).bind(
      kid,
      base64url(signer.publicKey),
      org,
      of.use ?? "auth",
      hashOf(`key of ${name}`),
      index,
      of.until ?? null,
      of.loss ?? null,
    ),
  ]);
  return { org, kid, signer };
}

export interface Asked {
  readonly method?: string;
  readonly json?: unknown;
  /** A body that says it is JSON. */
  readonly text?: string;
}

/** A request with a good assertion of its own. */
export async function signedRequest(by: Party, path: string, asked: Asked = {}): Promise<Request> {
  const { method = "GET", json } = asked;
  const url = AT + path;
  const text = asked.text ?? (json === undefined ? null : JSON.stringify(json));
  const body = text === null ? NOTHING : utf8(text);
  const ports = { signer: by.signer, random: dice };
  const assertion = await buildAssertion(ports, { org: by.org, method, url, body, now: clock.now });
  const headers: Record<string, string> = { Authorization: `Bearer ${assertion}` };
  if (text !== null) headers["Content-Type"] = "application/json";
  return new Request(url, { method, headers, body: text });
}

export const ask = async (by: Party, path: string, asked: Asked = {}): Promise<Response> =>
  send(await signedRequest(by, path, asked));

/** Everything of an answer that a caller sees, but what tells one request from another. */
export async function essence(answer: Response): Promise<unknown> {
  const id = answer.headers.get("request-id") ?? "";
  const headers = [...answer.headers].filter(([name]) => name !== "request-id" && name !== "date");
  return { status: answer.status, headers, body: (await answer.text()).replaceAll(id, "") };
}
