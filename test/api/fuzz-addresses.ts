import fc from "fast-check";
import { type Contract, isA, knownFor, type Operation, resolve, type Schema } from "./fuzz-contract.ts";
import { hostileHeader, hostilePart } from "./hostile.ts";

/** A good value in twelve of thirteen. */
function part(contract: Contract, template: string, name: string, given: Schema): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 12, arbitrary: goodPart(contract, template, name, resolve(contract, given)) },
    { weight: 1, arbitrary: hostilePart },
  );
}

function goodPart(contract: Contract, template: string, name: string, schema: Schema): fc.Arbitrary<string> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (typeof schema.const === "string") return fc.constant(schema.const);
  if (isA(schema, "integer"))
    return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 30, 1000) }).map(String);
  if (isA(schema, "boolean")) return fc.constantFrom("true", "false");
  return fc.constantFrom(...knownFor(contract, template, name));
}

export function pathOf(contract: Contract, template: string, { parameters = [] }: Operation): fc.Arbitrary<string> {
  const inPath = parameters.filter((one) => one.in === "path");
  const names = template.includes("{path}") ? ["path"] : inPath.map(({ name }) => name);
  const schemaOf = (name: string) => inPath.find((one) => one.name === name)?.schema ?? {};
  return fc
    .tuple(...names.map((name) => part(contract, template, name, schemaOf(name))))
    .map((parts) => names.reduce((path, name, i) => path.replace(`{${name}}`, () => parts[i] as string), template));
}

type Parameter = NonNullable<Operation["parameters"]>[number];

/** Absent, once or twice; the ones without which nothing is answered, mostly once. */
function pairOf(contract: Contract, template: string, { name, required, schema }: Parameter): fc.Arbitrary<string[]> {
  const pair = part(contract, template, name, schema).map((value) => `${name}=${value}`);
  const isNeeded = required === true;
  return fc.oneof(
    { weight: isNeeded ? 1 : 8, arbitrary: fc.constant<string[]>([]) },
    { weight: isNeeded ? 20 : 3, arbitrary: pair.map((one) => [one]) },
    { weight: 1, arbitrary: fc.tuple(pair, pair) },
  );
}

/** Those that the operation reads: absent, good, or not. */
export function headersOf(
  contract: Contract,
  template: string,
  { parameters = [] }: Operation,
): fc.Arbitrary<Readonly<Record<string, string>>> {
  const asked = parameters.filter((one) => one.in === "header");
  const value = ({ name }: Parameter): fc.Arbitrary<string | null> =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...knownFor(contract, template, name)) },
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: hostileHeader },
    );
  return fc
    .tuple(...asked.map(value))
    .map((all) => Object.fromEntries(asked.flatMap(({ name }, i) => (all[i] ? [[name, all[i] as string]] : []))));
}

const unasked: fc.Arbitrary<string[]> = fc.oneof(
  { weight: 15, arbitrary: fc.constant<string[]>([]) },
  { weight: 1, arbitrary: fc.tuple(hostilePart, hostilePart).map(([name, value]) => [`${name}=${value}`]) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(["__proto__=1"], ["a[b]=c"], ["&&&=&"], Array(500).fill("a=b"), ["q".repeat(20_000)]),
  },
);

/** Without the question mark. */
export function queryOf(contract: Contract, template: string, { parameters = [] }: Operation): fc.Arbitrary<string> {
  const asked = parameters.filter((one) => one.in === "query");
  return fc.tuple(...asked.map((one) => pairOf(contract, template, one)), unasked).map((all) => all.flat().join("&"));
}
