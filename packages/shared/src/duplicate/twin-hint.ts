import type { Twin } from "./twin.ts";

/** The firm hears it first: others from then on, so that it can correct what there is to correct. */
export const FIRM_FIRST_MS = 14 * 86_400_000;

/** Unix ms from which on readers who were granted both are shown it. */
export const shownToReaders = ({ later, earlier }: Twin): number =>
  Math.max(later.admittedAt, earlier.admittedAt) + FIRM_FIRST_MS;

/** What a reader is shown of what its own reports hold; the firm is shown all at once. */
export const readersTwins = (twins: readonly Twin[], now: number): Twin[] =>
  twins.filter((twin) => now >= shownToReaders(twin));

const percent = (shared: number): string => `${Math.floor(shared * 100)} %`;
const passageSays = ({ passage }: Twin): string => `for example: "${passage} ..."`;
const NO_VERDICT = "Standard wording can do that too: this is a hint to look at both, and no verdict on either.";

/** To the firm, of its own reports. */
export function firmTwinSays(twin: Twin): string {
  const day = new Date(shownToReaders(twin)).toISOString().slice(0, 10);
  return `Your reports ${twin.later.audit} (${twin.later.site}) and ${twin.earlier.audit} (${twin.earlier.site}) share ${percent(twin.shared)} of their wording, ${passageSays(twin)} ${NO_VERDICT} From ${day} on, whoever was granted both is shown the same.`;
}

/** To a reader who was granted both. */
export const readerTwinSays = (twin: Twin): string =>
  `Reports ${twin.later.audit} (${twin.later.site}) and ${twin.earlier.audit} (${twin.earlier.site}), by one firm, share ${percent(twin.shared)} of their wording, ${passageSays(twin)} ${NO_VERDICT} Ask the firm: it could see this 14 days before you.`;

/** To a firm, of a file that it has not signed yet; its reports are named by their lines, its sites by their names. */
export const draftTwinSays = (twin: Twin): string =>
  `${twin.later.audit} (${twin.later.site}) and ${twin.earlier.audit} (${twin.earlier.site}) share ${percent(twin.shared)} of their wording, ${passageSays(twin)} ${NO_VERDICT}`;
