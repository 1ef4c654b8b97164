/** Raised when a topic is added or its sentence changes; none is ever removed. */
export const TOPICS_VERSION = 1;

/** What an audit may look at, in our own codes, one plain sentence each. A scheme's clauses meet here (crosswalk.ts). */
export const TOPICS = {
  "forced-labour": "Nobody works against their will, for a debt, or with papers withheld.",
  "child-labour": "Nobody below the legal age works, and young workers are kept from harm.",
  "freedom-of-association": "Workers may join a union and bargain together.",
  "health-and-safety": "The workplace does not injure or make ill.",
  "fire-safety": "Exits are open, alarms and extinguishers work, and people know how to leave.",
  "building-safety": "The building bears what stands in it.",
  wages: "Wages and benefits are paid in full, on time, and at least as the law says.",
  "living-wage": "Wages are compared with what a decent life costs there.",
  "working-hours": "Hours, rest days and overtime stay within the limits.",
  discrimination: "Nobody is treated worse for who they are.",
  harassment: "Nobody is threatened, beaten, humiliated or harassed.",
  "regular-employment": "People have contracts, and temporary work is not a way round the law.",
  "responsible-recruitment": "Workers do not pay for their job, and migrants have the right papers.",
  subcontracting: "Work that goes out to subcontractors and home workers is known and controlled.",
  grievance: "Workers can complain without fear and are answered.",
  accommodation: "Dormitories and canteens are safe and decent.",
  "environmental-management": "Permits are in place, and somebody answers for the site's effect on its surroundings.",
  water: "Water use and waste water are measured and treated.",
  waste: "Waste is sorted, stored and handed over as it should be.",
  energy: "Energy use and greenhouse gases are measured and reduced.",
  air: "Emissions to the air are measured and kept within limits.",
  chemicals: "Hazardous substances are known, stored and used safely.",
  "business-ethics": "No bribes, no false books, no unfair competition.",
  "management-systems": "Somebody is in charge of all this, with policies, training and records.",
  security: "Goods and premises are protected against theft and smuggling.",
} as const;
export type Topic = keyof typeof TOPICS;
export const TOPIC_CODES = Object.keys(TOPICS) as [Topic, ...Topic[]];

export const isTopic = (code: string): code is Topic => Object.hasOwn(TOPICS, code);
