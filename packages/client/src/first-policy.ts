/** The policy of a consortium that has no witnesses yet; bundles carry the same text. */
export const policyOf = (vkey: string): string => `log ${vkey}\nquorum none\n`;
