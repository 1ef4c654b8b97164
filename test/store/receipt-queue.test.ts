import type { ReadScope } from "@quasarix/shared/policy/scope.ts";
import { describe, expect, test } from "vitest";
import type { Written } from "../../workers/store/receipt-chain.ts";
import { ReceiptQueue } from "../../workers/store/receipt-queue.ts";

const scopeOf = (audit: string, holder = "mill") => ({ audit, receipt: { holder } }) as unknown as ReadScope;
const namesOf = (scopes: readonly ReadScope[]) => scopes.map(({ audit }) => audit);
const tick = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

/** A store that writes each group when it is told to. */
function slowStore(answer = (_: string): Written => "written") {
  const groups: { names: string[]; finish: () => void }[] = [];
  let most = 0;
  let open = 0;
  const write = async (scopes: readonly ReadScope[]): Promise<Written[]> => {
    most = Math.max(most, ++open);
    await new Promise<void>((finish) => groups.push({ names: namesOf(scopes), finish }));
    open--;
    return namesOf(scopes).map(answer);
  };
  const group = async (n: number) => {
    while (!groups[n]) await tick();
    return groups[n];
  };
  return { ports: { write, wait: tick }, groups, group, mostAtOnce: () => most };
}

describe("readers of one chain", () => {
  test("the first goes at once; whoever comes meanwhile goes next, together, each with its own answer", async () => {
    const store = slowStore((name) => (name === "c" ? "changed" : "written"));
    const queue = new ReceiptQueue();
    const all = ["a", "b", "c", "d"].map((name) => queue.write(store.ports, scopeOf(name)));
    (await store.group(0))?.finish();
    expect((await store.group(1))?.names).toEqual(["b", "c", "d"]);
    store.groups[1]?.finish();
    expect(await Promise.all(all)).toEqual(["written", "written", "changed", "written"]);
    expect(store.groups[0]?.names).toEqual(["a"]);
    expect(store.mostAtOnce()).toBe(1);
  });

  test("readers of another chain do not wait for them", async () => {
    const store = slowStore();
    const queue = new ReceiptQueue();
    const all = [queue.write(store.ports, scopeOf("a")), queue.write(store.ports, scopeOf("b", "quarry"))];
    (await store.group(1))?.finish();
    (await store.group(0))?.finish();
    expect(await Promise.all(all)).toEqual(["written", "written"]);
    expect(store.mostAtOnce()).toBe(2);
  });

  test("an error reaches its group, and the next is written", async () => {
    const queue = new ReceiptQueue();
    const write = async () => {
      throw new Error("the store is away");
    };
    await expect(queue.write({ write, wait: tick }, scopeOf("a"))).rejects.toThrow("away");
    expect(await queue.write({ write: async () => ["written"], wait: tick }, scopeOf("b"))).toBe("written");
  });

  test("whose writer never comes back writes alone, and frees the line", async () => {
    const queue = new ReceiptQueue();
    const never = { write: () => new Promise<Written[]>(() => {}), wait: tick };
    void queue.write(never, scopeOf("gone"));
    const alone: string[][] = [];
    const write = async (scopes: readonly ReadScope[]) => {
      alone.push(namesOf(scopes));
      return scopes.map((): Written => "written");
    };
    const wait = async () => {};
    expect(await queue.write({ write, wait }, scopeOf("b"))).toBe("written");
    expect(await queue.write({ write, wait }, scopeOf("c"))).toBe("written");
    expect(alone).toEqual([["b"], ["c"]]);
  });

  test("more than a group holds go in several groups", async () => {
    const store = slowStore();
    const queue = new ReceiptQueue();
    const all = Array.from({ length: 100 }, (_, n) => queue.write(store.ports, scopeOf(`${n}`)));
    for (let n = 0; n < 3; n++) (await store.group(n))?.finish();
    expect(await Promise.all(all)).toEqual(all.map(() => "written"));
    expect(store.groups.flatMap(({ names }) => names).sort()).toEqual(all.map((_, n) => `${n}`).sort());
  });
});
