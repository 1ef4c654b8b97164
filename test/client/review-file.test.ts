import { placeName, readReview, reviewCsv, type Said } from "@quasarix/client/review-file.ts";
import { expect, test } from "vitest";

const PLACE = { name: "Mühle; Nord", country: "DE" };
const SITE = `site_${"A".repeat(22)}`;
const said: Said = { place: placeName(PLACE), site: SITE, isSame: true };

const candidate = {
  site: { id: SITE, name: "Mühle Nord", country: "DE" },
  verdict: "likely",
  score: 0.6,
  reasons: ["names have the same words"],
} as unknown as Parameters<typeof reviewCsv>[0][number]["candidates"][number];
const answered = reviewCsv([{ place: PLACE, candidates: [candidate] }]).replace("\r\n,", "\r\ny,");
const semicolons = answered.replaceAll(";", ":").replaceAll(",", ";");

async function* chunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

test.each([
  ["as it was written", Buffer.from(answered)],
  ["with a byte order mark", Buffer.from(`\ufeff${answered}`)],
  ["with semicolons, in Windows-1252", Buffer.from(semicolons, "latin1")],
  ["with tabs", Buffer.from(answered.replaceAll(",", "\t"))],
])("an answer is read from a file saved %s", async (_, bytes) => {
  expect(await readReview(chunk(bytes))).toEqual({ said: [said], problems: [] });
});

test("an empty file is no review", async () => {
  expect(await readReview(chunk(Buffer.alloc(0)))).toBeNull();
});
