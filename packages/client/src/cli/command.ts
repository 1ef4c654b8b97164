import type { ParseArgsConfig } from "node:util";
import type { Answer } from "../refusal.ts";
import { type Exit, Refused, UsageError } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

export type Options = NonNullable<ParseArgsConfig["options"]>;

/** What a command was called with. */
export interface Call {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly home: string;
  readonly terminal: Terminal;
}

/** What it has to say: `value` under `--json`, else `text`; or the bytes of a file, as they are. */
export interface Ended {
  readonly value: unknown;
  readonly text: string;
  readonly raw?: Uint8Array;
  readonly exit?: Exit;
}

export interface Command {
  /** `<noun> <verb>`; `verify` alone is one word. */
  readonly words: string;
  readonly usage: string;
  readonly says: string;
  readonly example: string;
  readonly options?: Options;
  run(call: Call): Promise<Ended>;
}

/** Takes the value out, or leaves the command with the refusal. */
export function must<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new Refused(answer.failure);
}

export function optional(call: Call, name: string): string | undefined {
  const value = call.options[name];
  return typeof value === "string" ? value : undefined;
}

export function needed(call: Call, name: string): string {
  const value = optional(call, name);
  if (value === undefined || value === "") throw new UsageError(`--${name} is missing`);
  return value;
}

export const isSet = (call: Call, name: string): boolean => call.options[name] === true;

export const several = (call: Call, name: string): readonly string[] =>
  Array.isArray(call.options[name]) ? (call.options[name] as string[]) : [];

/** The only positional argument. */
export function argument(call: Call, name: string): string {
  const [value, ...more] = call.positionals;
  if (value === undefined) throw new UsageError(`${name} is missing`);
  if (more.length > 0) throw new UsageError(`\`${more[0]}\` is one argument too many`);
  return value;
}

export function noArguments(call: Call): void {
  if (call.positionals.length > 0) throw new UsageError(`\`${call.positionals[0]}\` is one argument too many`);
}
