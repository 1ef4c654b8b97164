import { benchmark } from "./benchmark.ts";

/** Whether people are kept from harm. */
export const CARE = [
  benchmark({
    id: "child-labour-prevention",
    topic: "child-labour",
    name: "No child at work, young workers kept from harm",
    question: "Is everybody of age, and what happens if somebody is not?",
    critical: true,
    evidence: "third-party",
    look: [
      "proof of age of ten workers who look youngest, agency workers among them",
      "tasks and shifts of workers under 18",
      "asking whoever hires what they would do on finding a child",
    ],
    levels: [
      "A child below the legal age was at work, or ages are not asked at all.",
      "Ages are asked, but proof was not checked or not kept for everybody in the sample.",
      "Proof of age is kept for everybody in the sample; workers under 18 are listed and kept from nights and dangerous tasks.",
      "Written steps say what happens if a child is found, schooling and the family's income included; those who hire could explain them, and agencies work by the same ones.",
      "The same checks were made at subcontractors and home workers in the last 12 months, and the site supports apprenticeships or schooling for those who are of age to start.",
    ],
  }),
  benchmark({
    id: "equal-treatment",
    topic: "discrimination",
    name: "Equal and respectful treatment",
    question: "Are people hired, paid and spoken to alike, whoever they are?",
    critical: false,
    evidence: "documented",
    look: [
      "interviews without management, women and migrants among them, with an interviewer whom they choose",
      "questions and tests at hiring",
      "hiring, pay and promotion by sex and origin; cases of the last 12 months",
    ],
    levels: [
      "People were turned away or dismissed for who they are, were tested for pregnancy, or abuse is tolerated.",
      "A rule forbids all that, but workers do not know it and nobody is named to deal with cases.",
      "Most workers who were asked know the rule and the person to go to, and nothing against it was found in the sample.",
      "Every case of the last 12 months was looked into within 30 days and its outcome recorded; hiring, pay and promotion are compared by sex and origin each year.",
      "Gaps that the comparison showed became smaller from one year to the next, workers helped to choose the steps, and supervisors are judged by how they treat people.",
    ],
  }),
  benchmark({
    id: "health-and-safety",
    topic: "health-and-safety",
    name: "Health and safety at work",
    question: "Does the work injure people or make them ill, and who sees to it that it does not?",
    critical: false,
    evidence: "documented",
    look: [
      "a walk through every kind of workplace, at night too where there is a night shift",
      "the written assessment of dangers, and the record of accidents over three years",
      "guards, protective equipment and who pays for it",
    ],
    levels: [
      "Somebody could be killed or maimed today: machines without guards, open wiring, work at height without protection.",
      "No such danger was seen, but dangers are not assessed in writing, accidents are not recorded, or workers pay for their protective equipment.",
      "Dangers of each kind of work are assessed in writing, accidents are recorded, and guards and free protective equipment were in use wherever the scorer looked.",
      "A committee with workers walks the site every month, what it finds is closed by the date that was set, and near misses are recorded too.",
      "Noise, dust, heat and the like are measured, injuries fell or stayed at none over three years of whole records, and workers could name a time when unsafe work was stopped.",
    ],
  }),
  benchmark({
    id: "fire-safety",
    topic: "fire-safety",
    name: "Fire and building safety",
    question: "Would everybody get out, and does the building stand?",
    critical: true,
    evidence: "third-party",
    look: [
      "every exit, tried by the scorer, on every floor in use",
      "drill records beside the shifts, with times",
      "permits and engineers' reports, beside what the building is used for",
    ],
    levels: [
      "An exit was locked or blocked, people sleep where goods are made or stored, or the building is used for what it was not permitted for.",
      "Exits were free, but a floor has no second one, alarms or extinguishers do not work, or no drill was held in the last 12 months.",
      "Every floor has two free exits, working alarms and extinguishers; everybody took part in a drill in the last 12 months, and permits fit the use.",
      "Drills are held every six months on every shift and timed, and engineers looked at structure and wiring in the last three years with all their points closed.",
      "The whole site has detection that is tested every month, independent engineers come back at least every two years, and their reports are open to workers' representatives.",
    ],
  }),
];
