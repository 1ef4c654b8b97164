import * as z from "zod";

/**
 * The list is open: a consortium may meet a kind that it lacks, so a reader takes any code and treats an unknown one as
 * having no role. No row is ever removed.
 */
export interface OrganisationKind {
  readonly code: string;
  readonly says: string;
  /** May sign audits of sites that are not its own (FORMATS 1.1: author "auditor"). */
  readonly assesses: boolean;
  /** Owns sites and answers for them. */
  readonly supplies: boolean;
  /** Buys, and so never signs in a site's dossier (DESIGN 3: intake). */
  readonly buys: boolean;
}

const row = (code: string, says: string, role: "assesses" | "supplies" | "buys" | "none"): OrganisationKind => ({
  code,
  says,
  assesses: role === "assesses",
  supplies: role === "supplies",
  buys: role === "buys",
});

const ORGANISATION_KINDS: readonly OrganisationKind[] = [
  row("member", "a buyer under the consortium's rulebook", "buys"),
  row("supplier", "an organisation that runs sites", "supplies"),
  row("auditor", "a third-party audit firm", "assesses"),
  row("ngo", "a non-governmental organisation that assesses sites", "assesses"),
  row("worker-organisation", "a trade union or another organisation of workers that assesses sites", "assesses"),
  row("operator", "the neutral secretariat", "none"),
];

const byCode: ReadonlyMap<string, OrganisationKind> = new Map(ORGANISATION_KINDS.map((kind) => [kind.code, kind]));

/** Null for a kind that this version of the list does not know: it has no role here. */
export const organisationKind = (code: string): OrganisationKind | null => byCode.get(code) ?? null;

export const kindCode = z.string().regex(/^[a-z][a-z-]{1,39}$/, { error: "must be a lower-case code" });
