import * as z from "zod";

/** ISO 4217. Sums of two currencies are never added, and none is ever converted. */
export const currency = z.string().regex(/^[A-Z]{3}$/, { error: "must be a currency's three letters, such as EUR" });

/** Decimal text, so that no cent is lost; at most nine digits before the point, so that a million sums add up exactly. */
export const amount = z.string().regex(/^(0|[1-9][0-9]{0,8})(\.[0-9]{1,2})?$/, {
  error: "must be an amount such as 2400 or 2400.50",
});

export const money = z
  .strictObject({ amount, currency })
  .refine((it) => /[1-9]/.test(it.amount), { error: "must be more than nothing", path: ["amount"] });
export type Money = z.infer<typeof money>;

/** Hundredths of an `amount`: exact, without a float between. */
export function centsOf(text: string): number {
  const [whole = "", part = ""] = text.split(".");
  return Number(whole) * 100 + Number(part.padEnd(2, "0"));
}

/** `2400.50`. Requires a safe integer >= 0. */
export const amountOf = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
