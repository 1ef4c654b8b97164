import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import { keyringClaims, keyringTree } from "@quasarix/shared/statement/keyring.ts";
import { commit } from "../store/commit.ts";
import { keyRowsAt, newestKeyring } from "../store/keyring.ts";
import { newestSeen } from "../store/newest-seen.ts";
import { isKeyringStaged, lastKeyChange, recordedSize } from "../store/outbox.ts";
import { mustParse, platformScope } from "../store/own-statement.ts";
import type { DutyPorts } from "./ports.ts";

const DAILY_MS = 86_400_000;

/**
 * FORMATS 3: a keyring after each change and daily; also after a round that found the log grown, so that what a reader takes
 * home speaks of a log that holds it. `covers` goes no further than D1 knows the log without a gap.
 */
export async function stateKeyring(
  ports: DutyPorts,
  when: { issuedAt: number | null; isRoundOver: boolean },
): Promise<boolean> {
  const changed = await lastKeyChange(ports.db, ports.scope);
  if (changed === null) return false;
  const newest = await newestKeyring(ports.db, ports.origin);
  const covers = await recordedSize(ports.db, ports.scope, newest?.covers ?? 0);
  if (covers <= changed) return false;
  const isDaily = when.issuedAt === null || ports.now() - when.issuedAt >= DAILY_MS;
  // The newest keyring itself is no growth.
  const hasGrown = when.isRoundOver && newest !== null && covers > newest.place.index + 1;
  if (newest && changed < newest.covers && !isDaily && !hasGrown) return false;
  // One that waits for the log is driven on: another beside it would say the same.
  if (await isKeyringStaged(ports.db, ports.scope)) return false;
  const tree = keyringTree(await keyRowsAt(ports.db, covers));
  return log(ports, keyringClaims(tree, covers));
}

/** Whether it is in the log. */
async function log(ports: DutyPorts, claims: ReturnType<typeof keyringClaims>): Promise<boolean> {
  const seen = await newestSeen(ports);
  const text = await issueStatement(
    { signer: ports.platform, random: ports.random },
    {
      iss: ports.origin,
      sub: ports.origin,
      iat: Math.floor(ports.now() / 1000),
      vct: vctOf("keyring"),
      claims,
      ...(seen && { seen }),
    },
  );
  const statement = mustParse(text);
  const scope = platformScope(ports, statement);
  const committed = await commit(ports, [{ scope, statement, sealed: null, kekVersion: ports.vault.version }]);
  return committed.get(scope.statement)?.ok === true;
}
