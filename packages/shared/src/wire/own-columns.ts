import * as z from "zod";
import { fromBase64url } from "../base64.ts";
import { isBlobLength, LARGEST_BLOB, SMALLEST_BLOB } from "../duplicate/columns.ts";
import { hashText } from "./ids.ts";

const says = `must be base64url of a power of two of bytes, from ${SMALLEST_BLOB} to ${LARGEST_BLOB}`;

export const sealedColumns = z
  .strictObject({
    sealed: z
      .string()
      .refine((text) => isBlobLength(fromBase64url(text)?.length ?? 0), { error: says })
      .describe("What your own software sealed, with a key that the server never sees"),
  })
  .meta({ id: "SealedColumns" });

export const ownColumnsView = z
  .strictObject({ sealed: z.string(), etag: hashText.describe("Also in the header ETag, in quotes") })
  .meta({ id: "OwnColumns" });

export const columnsKept = z.strictObject({ etag: hashText }).meta({ id: "ColumnsKept" });
