import { AMFORI_BSCI, AMFORI_BSCI_LINES } from "./amfori-bsci.ts";
import type { CrosswalkLine } from "./crosswalk.ts";
import { HIGG_FEM, HIGG_FEM_LINES } from "./higg-fem.ts";
import { QUASARIX, QUASARIX_LINES } from "./quasarix.ts";
import { RBA, RBA_LINES } from "./rba.ts";
import { SA8000, SA8000_LINES } from "./sa8000.ts";
import type { Scheme } from "./scheme.ts";
import { SLCP, SLCP_LINES } from "./slcp.ts";
import { SMETA, SMETA_LINES } from "./smeta.ts";
import { TFS, TFS_LINES } from "./tfs.ts";
import { WRAP, WRAP_LINES } from "./wrap.ts";

/** Schemes, and the crosswalk from their clauses to our topics. */
export interface Catalogue {
  /** Of schemes and lines together. */
  readonly version: string;
  readonly schemes: readonly Scheme[];
  readonly lines: readonly CrosswalkLine[];
}

/** Public and the same for all. What a consortium adds comes as a file (catalogue-file.ts). */
export const CATALOGUE: Catalogue = {
  version: "1",
  schemes: [SMETA, AMFORI_BSCI, RBA, SA8000, SLCP, HIGG_FEM, TFS, WRAP, QUASARIX],
  lines: [
    ...SMETA_LINES,
    ...AMFORI_BSCI_LINES,
    ...RBA_LINES,
    ...SA8000_LINES,
    ...SLCP_LINES,
    ...HIGG_FEM_LINES,
    ...TFS_LINES,
    ...WRAP_LINES,
    ...QUASARIX_LINES,
  ],
};

/** Null for a scheme that the catalogue does not have: proprietary, as far as others are told (DESIGN 9). */
export const schemeOf = (catalogue: Catalogue, id: string): Scheme | null =>
  catalogue.schemes.find((one) => one.id === id) ?? null;

/** For people: the scheme's name, or its id where the catalogue lacks it. */
export const schemeName = (catalogue: Catalogue, id: string): string => schemeOf(catalogue, id)?.name ?? id;

/** Is it one that every member may know of? */
export const isPublicScheme = (id: string): boolean => schemeOf(CATALOGUE, id) !== null;
