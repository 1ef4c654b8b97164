import type { Env } from "../../workers/env.ts";
import main from "../../workers/index.ts";
import type { Gate } from "./state.ts";

interface FrontEnv extends Env {
  readonly GATE: Service<Gate>;
  /** Bindings to Durable Objects, apart by spaces. */
  readonly OBJECTS: string;
}

/** What a method of unknown result is to its caller. */
interface Far {
  call(...args: Parameters<Gate["call"]>): Promise<unknown>;
}

const wired = new WeakMap<FrontEnv, Env>();

/** As the Worker sees its bindings where the objects are in its own process. */
function wire(env: FrontEnv): Env {
  const known = wired.get(env);
  if (known) return known;
  const objects = env.OBJECTS.split(" ").map((binding) => {
    const getByName = (name: string) => farObject(env, binding, name);
    return [binding, { getByName }] as const;
  });
  const all = { ...env, ...Object.fromEntries(objects) } as Env;
  wired.set(env, all);
  return all;
}

const farObject = ({ GATE }: FrontEnv, binding: string, name: string): object =>
  new Proxy(
    {},
    {
      get:
        (_, method) =>
        async (...args: unknown[]) => {
          const answer: unknown = await (GATE as unknown as Far).call(binding, name, String(method), args);
          // It holds values only, so nothing of it ends here.
          if (typeof answer === "object" && answer !== null && Symbol.dispose in answer)
            (answer as Disposable)[Symbol.dispose]();
          return answer;
        },
    },
  );

export default {
  fetch: (request, env, context) => main.fetch(request, wire(env), context),
} satisfies ExportedHandler<FrontEnv>;
