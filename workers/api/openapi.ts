import type { Api } from "./app.ts";

const INFO = {
  openapi: "3.1.0",
  info: {
    title: "Quasarix Trace",
    version: "0.1.0",
    description:
      "Signed audits of shared suppliers, chained and logged, read under grants. Every request under `/v1` but the " +
      "open ones carries a request assertion: `Authorization: Bearer <JWS>`, made for that one request.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
};

/** The contract, generated from the schemas that validate. */
export function documents(app: Api): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "assertion", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWS of type quasarix-request+jwt",
  });
  let text: string | null = null;
  app.get("/openapi.json", (c) => {
    text ??= JSON.stringify(app.getOpenAPI31Document(INFO));
    return c.body(text, 200, { "Content-Type": "application/json", "Cache-Control": "no-cache" });
  });
}
