import { submissionOf } from "@quasarix/client/drafts.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import type { LineAnswer } from "@quasarix/shared/wire/statement.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

describe("a submission has the one spelling, so that no copy is marked by its sender's software", () => {
  let world: World;
  let birch: Org;
  let site: string;

  beforeAll(async () => {
    world = await newWorld();
    const mill = await world.admit("mill", "supplier");
    birch = await world.admit("birch", "member");
    site = await world.openSite(mill);
  });

  const sent = async (sections: Record<string, Record<string, unknown>>): Promise<LineAnswer> => {
    const draft = { vct: "urn:quasarix:submission:1", sub: birch.id, claims: { site }, sections };
    const text = await world.issue(birch, draft as never);
    return (await world.lines("/v1/statements", [text], birch))[0] as LineAnswer;
  };
  const said = (answer: LineAnswer): string => ("problem" in answer ? (answer.problem.detail ?? "") : "logged");

  test("as the SDK writes it", async () => {
    const { sections } = submissionOf(birch.id, site, auditContent());
    expect(said(await sent(sections as never))).toBe("logged");
  });

  test("members of an object in another order are refused", async () => {
    const { version, id } = auditContent().existence.scheme;
    const existence = { ...auditContent().existence, scheme: { version, id } };
    expect(said(await sent({ ...auditContent(), existence }))).toContain("not in the one spelling");
  });

  test("white space in a disclosure is refused", async () => {
    let spaced = 0;
    const random = crypto.getRandomValues.bind(crypto);
    const draft = { ...submissionOf(birch.id, site, auditContent()), iss: birch.id, iat: 1 };
    const parse = JSON.stringify;
    JSON.stringify = ((value: unknown, ...rest: []) => {
      const text = parse(value, ...rest);
      const isDisclosure = Array.isArray(value) && value[1] === "payer";
      spaced += isDisclosure ? 1 : 0;
      return isDisclosure ? text.replace(",", ", ") : text;
    }) as typeof JSON.stringify;
    const text = await issueStatement(
      { signer: birch.record, random: (length) => random(new Uint8Array(length)) },
      { ...draft, seen: (await world.seen()) ?? undefined },
    ).finally(() => {
      JSON.stringify = parse;
    });
    expect(spaced).toBe(1);
    const [answer] = await world.lines("/v1/statements", [text], birch);
    expect(said(answer as LineAnswer)).toContain("not in the one spelling");
  });
});
