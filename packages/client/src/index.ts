/** The SDK: what a member's or supplier's own programs use. `@quasarix/client/node` has the host of Node. */
export { parseTlogPolicy } from "@quasarix/shared/log/tlog-policy.ts";
export { parseBundle } from "@quasarix/shared/statement/bundle.ts";
export { parseStatement } from "@quasarix/shared/statement/statement.ts";
export { type Verdict, verifyBundle } from "@quasarix/shared/statement/verify-bundle.ts";
export type { Author, Outcome, Signatory } from "./author.ts";
export { type Client, connect, firstPolicy } from "./client.ts";
export * from "./drafts.ts";
export { checkLog, type LogReport } from "./log-check.ts";
export { joinConsortium } from "./membership.ts";
export { type Authorize, type ClientPorts, type Fetch, type Host, type Keep, memoryKeep } from "./ports.ts";
export { type CheckedReceipts, checkReceipts } from "./receipt-chain.ts";
export { type Answer, type Refusal, refusalSays } from "./refusal.ts";
export * from "./request-drafts.ts";
export { answerRequest, opensWhatWasAsked } from "./requests.ts";
export * from "./response-drafts.ts";
export { allSites, openSites } from "./sites.ts";
