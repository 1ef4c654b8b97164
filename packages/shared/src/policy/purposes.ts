export const PURPOSES_VERSION = 1;
export const PURPOSES_STATUS = "draft, not reviewed by counsel";

/** The purposes that a read may have, one plain sentence each. None is ever removed; adding one raises the version. */
export const PURPOSES = {
  "due-diligence": "To assess a supplier that we buy from or intend to buy from.",
  "audit-avoidance": "To decide whether this audit can stand in for one we would otherwise order.",
  "corrective-action": "To follow, support or verify the correction of a finding.",
  "regulatory-evidence": "To show an authority on what evidence a decision of ours rested.",
} as const;
export type Purpose = keyof typeof PURPOSES;

export const isPurpose = (text: string): text is Purpose => Object.hasOwn(PURPOSES, text);
