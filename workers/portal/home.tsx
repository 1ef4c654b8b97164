import { Hono } from "hono";
import { frameworkPages } from "./framework-pages.tsx";
import { type FetchOwn, type LogHead, logHead } from "./log-head.ts";
import { page, pageHeaders, STYLE } from "./page.tsx";

const COMMANDS = [
  ["npx quasarix log check", "fetch the log and verify every checkpoint since the last one you saw"],
  ["npx quasarix audit list --help", "see which audits are open to you, and for which purpose"],
  ["npx quasarix verify --help", "verify an audit that you took home, without the network"],
] as const;

/** What runs here, for a person who opened the address in a browser. No script; the one style sheet is our own. */
export function home(fetchOwn: FetchOwn) {
  const app = new Hono();
  app.use(pageHeaders);
  app.get("/", async (c) => {
    c.header("Cache-Control", "no-store");
    return c.html(page("Quasarix Trace", <Home head={await logHead(fetchOwn)} />));
  });
  app.get("/home.css", (c) => c.body(STYLE, 200, { "Content-Type": "text/css; charset=utf-8" }));
  app.route("/frameworks", frameworkPages(fetchOwn));
  return app;
}

/** What the portal answers; the rest is the API's. */
export const isPortal = (path: string): boolean => /^\/($|home\.css$|frameworks($|\/))/.test(path);

const Home = ({ head }: { head: LogHead | null }) => (
  <>
    <h1>Quasarix Trace</h1>
    <p>
      One audit, many buyers. A consortium keeps the audits of its shared suppliers here: each signed by its author,
      chained into its site's dossier, included in one public log, and read under the supplier's grants.
    </p>
    <Log head={head} />
    <h2>The API</h2>
    <p>
      <a href="/reference">Reference</a>, and the <a href="/openapi.json">OpenAPI document</a> that it shows.{" "}
      <a href="/health">Health</a> says whether the log signs.
    </p>
    <h2>The benchmarks</h2>
    <p>
      <a href="/frameworks">What sites are scored by</a>: each benchmark with its five levels, and a page for whoever
      scores.
    </p>
    <h2>Three commands to try</h2>
    <dl>
      {COMMANDS.map(([command, says]) => (
        <>
          <dt>
            <code>{command}</code>
          </dt>
          <dd>{says}</dd>
        </>
      ))}
    </dl>
    <h2>About the data</h2>
    <p>
      In the demonstration all organisations, sites and audits are invented. Where real records are imported, food
      inspections stand in for supplier audits: they say nothing about any supplier of any member.
    </p>
  </>
);

const Log = ({ head }: { head: LogHead | null }) => (
  <section>
    <h2>The log</h2>
    {head === null ? (
      <p>Nothing is published yet.</p>
    ) : (
      <dl>
        <dt>Origin</dt>
        <dd>{head.origin}</dd>
        <dt>Size</dt>
        <dd>{new Intl.NumberFormat("en").format(head.size)} entries</dd>
        <dt>Root</dt>
        <dd>
          <code>{head.root}</code>
        </dd>
        <dt>Checkpoint</dt>
        <dd>
          <a href="/log/checkpoint">/log/checkpoint</a>
        </dd>
      </dl>
    )}
  </section>
);
