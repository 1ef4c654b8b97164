import { statementBound } from "@quasarix/shared/audit/size.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import type { Json } from "@quasarix/shared/statement/json.ts";
import { reissue } from "@quasarix/shared/statement/reissue.ts";
import { MAX_STATEMENT_LENGTH, parseStatement } from "@quasarix/shared/statement/statement.ts";
import { webRandom, webSigner } from "@quasarix/shared/webcrypto.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { jwkOf } from "../secrets.ts";

const ports = { signer: await webSigner(crypto, jwkOf("auditor")), random: webRandom(crypto) };
const ids = { iss: "org_p3r0YluUOoG5T7ahzWz29w", sub: "site_s6_ZHxo4o_7SJFPdS9nfgg", iat: 1_790_000_000 };
const seen = {
  size: Number.MAX_SAFE_INTEGER,
  root: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
  sig: `${"A".repeat(91)}=`,
};

const sentence = fc.string({ unit: fc.constantFrom("a", "ß", "漢", "😀", '"', "\\", " "), maxLength: 400 });
const element = fc.record({ number: fc.nat(), title: sentence });
const members = fc.record(
  { findings: fc.array(element, { maxLength: 70, size: "max" }), note: sentence },
  { requiredKeys: [] },
);

test("the bound is never below the issued statement or its intake copy, and little above", async () => {
  await fc.assert(
    fc.asyncProperty(members, members, members, async (existence, findings, plans) => {
      const sections: Record<string, Record<string, Json>> = { existence, findings, plans };
      for (const name of ["scores", "people", "workforce", "evidence", "commercial"]) sections[name] = {};
      const claims = { site: ids.sub };
      const draft = { ...ids, sub: ids.iss, vct: "urn:quasarix:submission:1", claims, seen, sections };
      const text = await issueStatement(ports, draft);
      const parsed = parseStatement(text);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
      const copy = await reissue(ports, parsed.value, { ...ids, seen });
      const bound = statementBound(sections);
      expect(bound).toBeGreaterThanOrEqual(Math.max(text.length, copy.length));
      expect(bound).toBeLessThan(text.length * 1.1 + 2_000);
      expect(bound).toBeLessThan(MAX_STATEMENT_LENGTH);
    }),
    { numRuns: 60 },
  );
});
