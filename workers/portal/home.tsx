import { Hono } from "hono";
import { html } from "hono/html";
import { secureHeaders } from "hono/secure-headers";
import { type FetchOwn, type LogHead, logHead } from "./log-head.ts";

const STYLE = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
dt { font-weight: 600; }
dd { margin: 0 0 0.75rem; overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid; }
`;

const COMMANDS = [
  ["npx quasarix log check", "fetch the log and verify every checkpoint since the last one you saw"],
  ["npx quasarix audit list --help", "see which audits are open to you, and for which purpose"],
  ["npx quasarix verify --help", "verify an audit that you took home, without the network"],
] as const;

const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: "no-referrer",
  strictTransportSecurity: "max-age=63072000; includeSubDomains",
  xFrameOptions: "DENY",
  xXssProtection: "0",
});

/** What runs here, for a person who opened the address in a browser. No script; the one style sheet is our own. */
export function home(fetchOwn: FetchOwn) {
  const app = new Hono();
  app.use(headers);
  app.get("/", async (c) => {
    c.header("Cache-Control", "no-store");
    return c.html(html`<!doctype html>${<Page head={await logHead(fetchOwn)} />}`);
  });
  app.get("/home.css", (c) => c.body(STYLE, 200, { "Content-Type": "text/css; charset=utf-8" }));
  return app;
}

const Page = ({ head }: { head: LogHead | null }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Quasarix Trace</title>
      <link rel="stylesheet" href="/home.css" />
    </head>
    <body>
      <main>
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
      </main>
    </body>
  </html>
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
