import { benchmark } from "./benchmark.ts";

/** What the site lets others see, of itself and of those behind it. */
export const OPENNESS = [
  benchmark({
    id: "data-sharing",
    topic: "management-systems",
    name: "Willingness to share data",
    question: "Does the site give its customers the facts that they ask for, the bad ones too?",
    critical: false,
    evidence: "documented",
    look: [
      "requests for data of the last 12 months, with the dates of asking and of answering",
      "what was left out of the answers, and the reason given",
      "findings of the last audit beside what customers were told of them",
    ],
    levels: [
      "Requests go unanswered, or are refused without a reason.",
      "Some requests are answered, late or in part; bad results are left out without saying so.",
      "Every request of the last 12 months was answered within 30 days, and what was withheld is named with a reason.",
      "Customers that asked got the last audit with all its findings within 10 working days, and hear of progress on them without asking again.",
      "Each assessment is published to all customers at once, bad results included; open actions are updated at least every three months, and the site's own mistakes are corrected unasked.",
    ],
  }),
  benchmark({
    id: "disclosure-depth",
    topic: "management-systems",
    name: "Supplier disclosure depth",
    question: "How many steps back can the site name who made what it buys?",
    critical: false,
    evidence: "documented",
    look: [
      "the list of suppliers and the day it was last changed",
      "invoices of three materials, to see whether the names agree",
      "for one main material, the papers of each step that the site claims to know",
    ],
    levels: [
      "The site names none of its own suppliers.",
      "Direct suppliers are named, but not the addresses where they produce.",
      "Direct suppliers of all main materials are named with the address of each producing site, and invoices agree.",
      "A second step is named too: the sites that supply those suppliers, in a list that is no older than 12 months.",
      "Every step back to where the main material is grown, mined or first made is named, and three links that the scorer picked were borne out by papers.",
    ],
  }),
  benchmark({
    id: "material-traceability",
    topic: "management-systems",
    name: "Raw-material traceability",
    question: "Can a finished lot be followed back to the raw material that went into it?",
    critical: false,
    evidence: "documented",
    look: [
      "one finished lot that the scorer picks, followed back while the scorer watches",
      "lot numbers on deliveries, in the store and on the line",
      "amounts in and out over one month",
    ],
    levels: [
      "Nothing links finished goods to the material that went in.",
      "Delivery notes are kept, but the scorer's lot could not be matched to a delivery.",
      "The scorer's lot was matched to its deliveries of the main material within one working day.",
      "The scorer's lot was followed back to the producer and the country of the raw material, and amounts in and out of one month agree within 5 %.",
      "The same holds for all main materials, a third party checks the amounts every year, and the gaps that it found are closed.",
    ],
  }),
  benchmark({
    id: "subcontracting-transparency",
    topic: "subcontracting",
    name: "Subcontracting in the open",
    question: "Does the site know, and say, who else works on its orders?",
    critical: false,
    evidence: "third-party",
    look: [
      "the list of subcontractors and home workers, beside gate passes and delivery notes",
      "what left the site, beside what its machines and hours can make",
      "asking workers which steps are done elsewhere",
    ],
    levels: [
      "Work is sent out that customers were not told of, or that is denied when asked.",
      "The site says that work is sent out, but its list of who does it is missing or incomplete.",
      "The list of subcontractors and home workers is complete with addresses, and customers are asked before work is sent out; gate passes show no other name.",
      "Each one on the list was visited in the last 12 months against the code that the site itself works under, and what was found is followed up in writing.",
      "Subcontractors and home workers have written terms and records of being paid on time, and those who work there can use the site's complaint channels.",
    ],
  }),
];
