import type { Sequencing } from "@quasarix/shared/log/append.ts";
import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { RandomBytes, Signer } from "@quasarix/shared/ports.ts";
import type { CommitPorts } from "../store/commit.ts";

/** What the rounds work with; each is re-run from the start after a crash. */
export interface DutyPorts extends CommitPorts {
  readonly sequencer: Pick<Sequencing, "latestPublished">;
  readonly platform: Signer;
  readonly random: RandomBytes;
  readonly origin: string;
  readonly scope: SystemScope;
  /** Younger statements are on their way with the request that staged them. */
  readonly patienceMs: number;
}
