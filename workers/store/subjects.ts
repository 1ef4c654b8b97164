import type { ReserveScope } from "@quasarix/shared/policy/scope.ts";
import type { SubjectId } from "@quasarix/shared/wire/ids.ts";
import type { Db } from "./db.ts";

const RESERVE = "INSERT INTO subjects (id, kind, commitment, reserved_by, reserved_at) VALUES (?1, ?2, ?3, ?4, ?5)";

/** `commitment` is what the opening will have to state (FORMATS 1.1), b64url. */
export async function reserveSubject(
  db: Db,
  scope: ReserveScope,
  subject: { readonly id: SubjectId; readonly commitment: string },
  now: number,
): Promise<void> {
  await db.prepare(RESERVE).bind(subject.id, scope.kind, subject.commitment, scope.org, now).run();
}
