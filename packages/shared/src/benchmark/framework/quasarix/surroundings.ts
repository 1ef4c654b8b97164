import { benchmark } from "./benchmark.ts";

/** What the site does to its surroundings. */
export const SURROUNDINGS = [
  benchmark({
    id: "environmental-management",
    topic: "environmental-management",
    name: "Environmental management",
    question: "Does somebody answer for what the site does to its surroundings, with figures?",
    critical: false,
    evidence: "documented",
    look: [
      "permits, and the day on which each runs out",
      "the record of water, waste and energy of the last 12 months",
      "targets, and what was said where one was missed",
    ],
    levels: [
      "A permit that the site needs is missing, or pollution could be seen and nobody dealt with it.",
      "Permits are there, but nobody is named who answers for them and nothing is measured.",
      "A named person keeps a list of what the law asks, permits are valid, and water, waste and energy are measured every month.",
      "The largest effects have targets with dates, those of the last 12 months were met or explained in writing, and waste is followed to where it ends up.",
      "An independent body checks the figures every year, they are published, and the largest effect fell over three years for the same output.",
    ],
  }),
  benchmark({
    id: "chemicals-and-waste-water",
    topic: "chemicals",
    name: "Chemicals and waste water",
    question: "Are hazardous substances known, kept safely, and kept out of the water?",
    critical: false,
    evidence: "third-party",
    look: [
      "five containers that the scorer picks, beside the list and the safety data sheets",
      "laboratory reports of waste water, beside the permit",
      "purchases of the last 12 months, beside the list of restricted substances",
    ],
    levels: [
      "Waste water that needs treatment leaves without it, or nobody knows which chemicals are on the site.",
      "The list of chemicals is incomplete, storage is unsafe, or waste water was not tested in the last 12 months.",
      "All five containers are on the list, stored safely and with their sheets at the place of use, and waste water tested in the last 12 months kept to the permit.",
      "Each purchase is checked against a list of restricted substances; an accredited laboratory tests waste water at least twice a year, all within limits, and sludge goes to a licensed firm.",
      "Results are open to customers and neighbours, hazardous substances were replaced by safer ones in the last 12 months, and less water is used for the same output than three years ago.",
    ],
  }),
  benchmark({
    id: "energy-and-emissions",
    topic: "energy",
    name: "Energy and emissions",
    question: "Does the site know what it burns and gives off, and does it fall?",
    critical: false,
    evidence: "documented",
    look: [
      "bills and meters of three months, beside the site's own figures",
      "how emissions were reckoned, and from which factors",
      "the plan, and the measures that are already paid for",
    ],
    levels: [
      "Energy use is not known beyond the bills.",
      "Energy use is added up by year, but not by source or by process.",
      "Energy is recorded every month by source, and emissions from it are reckoned by a published method.",
      "A target with a date and a list of measures stands, measures of the last 12 months are in place, and emissions fell for the same output.",
      "A third party has checked the figures, most energy comes from renewable sources or a dated contract says when it will, and emissions of the main materials are reckoned too.",
    ],
  }),
];
