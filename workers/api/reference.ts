import { secureHeaders } from "hono/secure-headers";
import type { Api } from "./app.ts";
import type { ApiContext } from "./context.ts";
import { refuse } from "./refuse.ts";

/** All that the page loads: two files of swagger-ui-dist and the start below. No other host, nothing inline. */
const FILES: Readonly<Record<string, string>> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "favicon-32x32.png": "image/png",
};

const START = `SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  supportedSubmitMethods: [],
});
`;

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API reference - Quasarix Trace</title>
<link rel="icon" href="/reference/favicon-32x32.png">
<link rel="stylesheet" href="/reference/swagger-ui.css">
</head>
<body>
<main id="reference"></main>
<script src="/reference/swagger-ui-bundle.js"></script>
<script src="/reference/start.js"></script>
</body>
</html>
`;

const pageHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  crossOriginResourcePolicy: "same-origin",
  xFrameOptions: "DENY",
  xXssProtection: "0",
});

/** The reference page, from local files. A deployment without them has no page, and the contract at /openapi.json. */
export function reference(app: Api): void {
  app.use("/reference", pageHeaders);
  app.get("/reference", (c) =>
    c.env.ASSETS ? text(c, PAGE, "text/html; charset=utf-8") : refuse(c, { reason: "unknown-route" }),
  );
  app.get("/reference/start.js", (c) => text(c, START, "text/javascript; charset=utf-8"));
  app.get("/reference/:file", async (c) => {
    const file = c.req.param("file");
    const type = FILES[file];
    const found = type === undefined ? null : await c.env.ASSETS?.fetch(`https://assets.local/${file}`);
    if (type === undefined || !found?.ok) return refuse(c, { reason: "unknown-route" });
    return new Response(found.body, { headers: { "Content-Type": type, "Cache-Control": "public, max-age=3600" } });
  });
}

const text = (c: ApiContext, body: string, type: string) =>
  c.body(body, 200, { "Content-Type": type, "Cache-Control": "no-cache" });
