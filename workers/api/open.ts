/** What anyone may ask without signing: a route that is not here is refused to a stranger before it runs. */
const OPEN: ReadonlySet<string> = new Set([
  "GET /v1/genesis",
  "POST /v1/genesis",
  "POST /v1/keys",
  "GET /v1/keyring",
  "GET /v1/consortium",
  "GET /v1/rulebook",
  "GET /v1/schemes",
  "GET /v1/frameworks",
  "GET /v1/log/checkpoints",
]);

/** `path` as sent, without the query. The consortium's own dossier is open to all. */
export function isOpen(method: string, path: string, origin: string): boolean {
  const asked = `${method === "HEAD" ? "GET" : method} ${path}`;
  if (/^GET \/v1\/frameworks\/[^/]+$/.test(asked)) return true;
  return OPEN.has(asked) || asked === `GET /v1/dossiers/${encodeURIComponent(origin)}`;
}
