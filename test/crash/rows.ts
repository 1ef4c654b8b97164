import { inject } from "vitest";

const isLong = inject("long" as never) as boolean;

interface Row<Name> {
  readonly name: Name;
  readonly what: string;
}

/** Each disaster at each pause in a long run; in a short one each pause meets one of them, by turns. Printed. */
export function struckAt<Name extends string>(names: readonly Name[], disasters: readonly string[]): Row<Name>[] {
  const rows = names.flatMap((name, at) =>
    disasters.flatMap((what, i) => (isLong || i === at % disasters.length ? [{ name, what }] : [])),
  );
  console.log(`${rows.length} of ${names.length * disasters.length} disasters`);
  return rows;
}
