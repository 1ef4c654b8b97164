import type { Bytes } from "@quasarix/shared/bytes.ts";
import type { Clock, RandomBytes, VerifyEd25519 } from "@quasarix/shared/ports.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Request {
  readonly method: string;
  /** Absolute, as sent. */
  readonly url: string;
  readonly body: Bytes;
}

/** The value of the `Authorization` header, or null to ask as nobody. Called once an attempt: an assertion works once. */
export type Authorize = (request: Request) => Promise<string | null>;

/** Small texts that outlive the process: the last checkpoint, the place in each dossier. */
export interface Keep {
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
}

export interface Host {
  readonly verify: VerifyEd25519;
  readonly random: RandomBytes;
  readonly now: Clock;
  wait(milliseconds: number): Promise<void>;
}

/** What tells the command line, a browser and a portal apart (DESIGN 4); `host` is the machine underneath. */
export interface ClientPorts {
  /** Scheme, host and port of the API, without a final slash. */
  readonly origin: string;
  readonly fetch: Fetch;
  readonly authorize: Authorize;
  readonly keep: Keep;
  readonly host: Host;
}

/** For one process only: forgets which checkpoint it saw last. */
export function memoryKeep(): Keep {
  const texts = new Map<string, string>();
  return {
    read: async (name) => texts.get(name) ?? null,
    write: async (name, text) => {
      texts.set(name, text);
    },
  };
}
