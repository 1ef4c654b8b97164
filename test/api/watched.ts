const wordOf = (text: unknown): string => (typeof text === "string" ? text.replaceAll(/\s+/g, " ") : "");

/** The same binding, which writes down what it is asked: the SQL of D1, of the others the calls. */
export function watched<T extends object>(target: T, name: string, asked: string[]): T {
  return new Proxy(target, {
    get(_, key) {
      const value = Reflect.get(target, key, target) as unknown;
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        asked.push(`${name}.${String(key)} ${name === "DB" && key === "prepare" ? wordOf(args[0]) : ""}`);
        // An object's methods are stubs themselves: `value.apply` would be a call across.
        const answer = Reflect.apply(value, target, args) as object;
        const isWatched = key === "withSession" || key === "getByName";
        return isWatched ? watched(answer, name, asked) : answer;
      };
    },
  });
}
