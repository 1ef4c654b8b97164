import type { Sequencing } from "@quasarix/shared/log/append.ts";
import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { RandomBytes, Signer } from "@quasarix/shared/ports.ts";
import type { CommitPorts } from "../store/commit.ts";
import type { ReleaseLedger } from "./ledger.ts";

/** What plans and releases are made with; every step is run again from its start after a crash. */
export interface ReleasePorts extends CommitPorts {
  readonly ledger: ReleaseLedger;
  readonly bucket: R2Bucket;
  readonly sequencer: Pick<Sequencing, "latestPublished" | "status">;
  readonly platform: Signer;
  readonly random: RandomBytes;
  readonly origin: string;
  readonly scope: SystemScope;
  /** Between a founding plan's last vote and its cut-off. */
  readonly foundingSeconds: number;
}
