import path from "node:path";
import { readText, writePrivate } from "./private-file.ts";

const fileOf = (home: string): string => path.join(home, "catalogue.json");

/** The consortium's own catalogue of schemes that this home took in; null: none. */
export const readCatalogue = (home: string): Promise<string | null> => readText(fileOf(home));
export const writeCatalogue = (home: string, text: string): Promise<void> => writePrivate(fileOf(home), text);
