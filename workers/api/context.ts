import type { Bytes } from "@quasarix/shared/bytes.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { Clock, RandomBytes, VerifyEd25519 } from "@quasarix/shared/ports.ts";
import type { Result } from "@quasarix/shared/result.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import type { Context } from "hono";
import type { ApiSlice } from "../env.ts";
import type { Db } from "../store/db.ts";
import type { Vault } from "../store/vault.ts";

/** What the door needs of a request's surroundings. */
export interface AtDoor {
  readonly db: Db;
  readonly replay: ApiSlice["REPLAY"];
  readonly verify: VerifyEd25519;
  readonly now: Clock;
  readonly origin: string | null;
}

/** The door (DESIGN 4), which the API asks and does not import. */
export interface Door {
  pass(at: AtDoor, request: Request): Promise<Result<{ principal: Principal; body: Bytes }, Failure>>;
  readBody(request: Request, limit: number): Promise<Result<Bytes, Failure>>;
}

/** What the host lends the API; tests pass their own clock, dice and log. */
export interface ApiPorts {
  readonly now: Clock;
  readonly random: RandomBytes;
  readonly verify: VerifyEd25519;
  readonly door: Door;
  /** One line of our log, as JSON. */
  readonly writeLog: (line: string) => void;
}

export interface ApiEnv {
  Bindings: ApiSlice;
  Variables: {
    readonly requestId: string;
    readonly now: Clock;
    readonly random: RandomBytes;
    readonly verify: VerifyEd25519;
    /** Always on the primary. */
    readonly db: Db;
    readonly vault: Vault;
    /** Set under `/v1`; empty where the request has none. */
    readonly body: Bytes;
    /** Set on every route under `/v1` but those of open.ts. */
    readonly principal: Principal;
    /** For our log alone. */
    readonly failure: Failure;
    /** Of the lines of a bulk, which is answered with 200. */
    readonly refusedLines: readonly Failure[];
  };
}

export type ApiContext = Context<ApiEnv>;
