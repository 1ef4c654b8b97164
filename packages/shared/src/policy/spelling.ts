import type { AuditContent } from "../audit/content.ts";
import { fromBase64url } from "../base64.ts";
import { fromUtf8 } from "../bytes.ts";
import type { Json } from "../statement/json.ts";
import type { Statement } from "../statement/statement.ts";

function isCompact(disclosure: string): boolean {
  const bytes = fromBase64url(disclosure);
  const text = bytes && fromUtf8(bytes);
  return typeof text === "string" && JSON.stringify(JSON.parse(text)) === text;
}

/**
 * One spelling for everybody: sections in the order of the catalogue, compact JSON, members of objects in the order of the
 * schema (`content` is what the schema made of it). Intake passes disclosures on as they are, so a spelling of one's own
 * would tell a reader of several copies which came from the same software, and so from the same member (DESIGN 2.3).
 */
export function isPlainlySpelt({ row, claims, sections }: Statement, content: AuditContent): boolean {
  if (Object.keys(claims["sections"] as object).join() !== row.sections.join()) return false;
  for (const [name, section] of sections) {
    if (!section.disclosures.every(isCompact)) return false;
    const parsed = content[name as keyof AuditContent] as Readonly<Record<string, Json>>;
    for (const [member, value] of Object.entries(section.members)) {
      if (JSON.stringify(value) !== JSON.stringify(parsed[member])) return false;
    }
  }
  return true;
}
