import type { Framework } from "@quasarix/shared/benchmark/framework/framework.ts";
import { type Guide, type GuidePart, guideOf } from "@quasarix/shared/benchmark/framework/guide.ts";
import { frameworkPage, frameworkVersionsView } from "@quasarix/shared/wire/frameworks.ts";
import { type Context, Hono } from "hono";
import type * as z from "zod";
import type { FetchOwn } from "./log-head.ts";
import { page, Said } from "./page.tsx";

/** Null where there is none, or where what came is not as the contract says. */
async function read<T extends z.ZodType>(fetchOwn: FetchOwn, path: string, schema: T): Promise<z.infer<T> | null> {
  const answer = await fetchOwn(path);
  if (!answer.ok) return null;
  const parsed = schema.safeParse(await answer.json());
  return parsed.success ? parsed.data : null;
}

/** The page of each benchmark for those who score, and the way to it. Open to all, as the frameworks are. */
export function frameworkPages(fetchOwn: FetchOwn) {
  const app = new Hono();
  const versionsOf = async (id: string): Promise<readonly Framework[]> => {
    const view = await read(fetchOwn, `/v1/frameworks/${encodeURIComponent(id)}`, frameworkVersionsView);
    return view?.versions.map(({ claims }) => claims) ?? [];
  };
  app.use(async (c, next) => {
    c.header("Cache-Control", "no-store");
    await next();
  });
  app.get("/", async (c) => {
    const list = await read(fetchOwn, "/v1/frameworks?limit=100", frameworkPage);
    return c.html(page("Benchmarks", <Frameworks items={list?.items ?? []} />));
  });
  app.get("/:id/:version", async (c) => {
    const found = ofVersion(await versionsOf(c.req.param("id")), c.req.param("version"));
    return found ? c.html(page(found.title, <Benchmarks framework={found} />)) : nowhere(c);
  });
  app.get("/:id/:version/:benchmark", async (c) => {
    const versions = await versionsOf(c.req.param("id"));
    const found = ofVersion(versions, c.req.param("version"));
    const next = found && versions.find(({ version }) => version === found.version + 1);
    const guide = found && guideOf(found, c.req.param("benchmark"), next);
    return guide ? c.html(page(guide.title, <GuidePage guide={guide} of={found} />)) : nowhere(c);
  });
  app.get("/*", nowhere);
  return app;
}

const ofVersion = (versions: readonly Framework[], text: string): Framework | undefined =>
  versions.find(({ version }) => String(version) === text);

const nowhere = (c: Context) =>
  c.html(
    page(
      "No such page",
      <p>
        There is no such page. <a href="/frameworks">All benchmarks</a>
      </p>,
    ),
    404,
  );

const hrefOf = ({ framework, version }: Pick<Framework, "framework" | "version">, benchmark?: string): string =>
  `/frameworks/${framework}/${version}${benchmark === undefined ? "" : `/${benchmark}`}`;

const Frameworks = ({ items }: { items: z.infer<typeof frameworkPage>["items"] }) => (
  <>
    <h1>Benchmarks</h1>
    {items.length === 0 ? <p>Nothing is published yet.</p> : null}
    <ul>
      {items.map((one) => (
        <li>
          <a href={hrefOf(one)}>
            {one.title}, version {one.version}
          </a>
          : {one.benchmarks} benchmarks, from {one.from} on
        </li>
      ))}
    </ul>
    <p>
      <a href="/">Quasarix Trace</a>
    </p>
  </>
);

const Benchmarks = ({ framework }: { framework: Framework }) => (
  <>
    <h1>
      {framework.title}, version {framework.version}
    </h1>
    <p>
      Sites are scored by it from {framework.from} on. Each benchmark has five levels and a page for whoever scores.
    </p>
    <dl>
      {framework.benchmarks.map(({ id, name, question, critical }) => (
        <>
          <dt>
            <a href={hrefOf(framework, id)}>{name}</a>
            {critical ? " (critical)" : ""}
          </dt>
          <dd>{question}</dd>
        </>
      ))}
    </dl>
    <p>
      <a href="/frameworks">All versions</a>
    </p>
  </>
);

const GuidePage = ({ guide, of }: { guide: Guide; of: Framework }) => (
  <>
    <h1>{guide.title}</h1>
    <p>{guide.question}</p>
    <p>{guide.under}</p>
    <h2>The five levels</h2>
    <ol>
      {guide.levels.map(({ says }) => (
        <li>{says}</li>
      ))}
    </ol>
    {guide.parts.map((part) => (
      <Part part={part} />
    ))}
    <h2>In an audit</h2>
    <pre>{JSON.stringify(guide.example, null, 2)}</pre>
    <p>
      <a href={hrefOf(of)}>All benchmarks of this version</a>
    </p>
  </>
);

const Part = ({ part: { title, says, list } }: { part: GuidePart }) => (
  <section>
    <h2>{title}</h2>
    {says.map((text) => (
      <p>
        <Said text={text} />
      </p>
    ))}
    {list.length === 0 ? null : (
      <ul>
        {list.map((text) => (
          <li>
            <Said text={text} />
          </li>
        ))}
      </ul>
    )}
  </section>
);
