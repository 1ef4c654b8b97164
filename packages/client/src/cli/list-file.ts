import { countryNamed } from "../import/headings-countries.ts";
import type { DateOrder } from "../import/headings-dates.ts";
import { type MemberList, readList } from "../import/headings-list.ts";
import { argument, type Call, optional } from "./command.ts";
import { UsageError } from "./exit.ts";
import { readBytes } from "./input.ts";

/** Where it is tomorrow already. */
const AHEAD = 14 * 3_600_000;

export function choice<T extends string>(call: Call, name: string, allowed: readonly T[]): T | undefined {
  const value = optional(call, name);
  const found = allowed.find((it) => it === value);
  if (value !== undefined && found === undefined) throw new UsageError(`--${name} is ${allowed.join("|")}`);
  return found;
}

/** A spreadsheet by its headings alone, with what `--country` and `--dates` say of it. */
export async function readListFile(call: Call): Promise<MemberList> {
  const named = optional(call, "country");
  const country = named === undefined ? undefined : (countryNamed(named) ?? undefined);
  if (named !== undefined && country === undefined) throw new UsageError(`\`${named}\` is no country`);
  const dates: DateOrder | undefined = choice(call, "dates", ["dmy", "mdy"]);
  const today = new Date(Date.now() + AHEAD).toISOString().slice(0, 10);
  const read = await readList(await readBytes(argument(call, "FILE")), { country, dates, today });
  if (!read.ok) throw new UsageError(read.failure.message);
  return read.value;
}
