import { sitePlace } from "@quasarix/shared/registry/site.ts";
import type { SiteCandidate } from "@quasarix/shared/wire/site-match.ts";
import { type Call, type Command, type Ended, must, noArguments, optional, several } from "./command.ts";
import { UsageError } from "./exit.ts";
import { session } from "./session.ts";
import { table } from "./table.ts";

const FIELDS = ["name", "country", "address", "city", "region", "postcode"] as const;

function placeFrom(call: Call) {
  const fields = FIELDS.map((name) => [name, optional(call, name)] as const).filter(([, value]) => value !== undefined);
  const identifiers = several(call, "identifier").map((text) => {
    const at = text.lastIndexOf("=");
    return { scheme: text.slice(0, at), value: text.slice(at + 1) };
  });
  const place = sitePlace.safeParse({
    ...Object.fromEntries(fields),
    ...(identifiers.length > 0 ? { identifiers } : {}),
  });
  if (place.success) return place.data;
  throw new UsageError(place.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "));
}

const rowOf = ({ verdict, score, site, through, reasons }: SiteCandidate): string[] => [
  verdict,
  score.toFixed(2),
  site.id,
  [site.name, site.address ?? "", site.city ?? "", site.country].filter((part) => part !== "").join(", "),
  [...(through === null ? [] : [`as ${through}, which it absorbed`]), ...reasons].join("; "),
];

async function lookUp(call: Call): Promise<Ended> {
  noArguments(call);
  const place = placeFrom(call);
  const { client } = await session(call);
  const [candidates = []] = must(await client.routes.matchSites([place])).places;
  const text = table(["verdict", "score", "site", "record", "why"], candidates.map(rowOf));
  return { value: candidates, text: candidates.length > 0 ? text : "the registry has no site that may be this one\n" };
}

export const siteLookUpCommand: Command = {
  words: "site look-up",
  usage: "--name NAME --country XX [--address A] [--city C] [--region R] [--postcode P] [--identifier SCHEME=VALUE]...",
  says: "shows which sites of the registry a place may be, and why; nothing is kept, nobody is told",
  example: 'quasarix site look-up --name "Mill 4 Ltd." --country BD --city Gazipur',
  options: {
    ...Object.fromEntries(FIELDS.map((name) => [name, { type: "string" as const }])),
    identifier: { type: "string", multiple: true },
  },
  run: lookUp,
};
