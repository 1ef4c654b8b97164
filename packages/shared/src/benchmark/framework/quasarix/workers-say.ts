import { benchmark } from "./benchmark.ts";

/** Whether workers are heard, know their rights, and may stand together. */
export const WORKERS_SAY = [
  benchmark({
    id: "grievance-mechanism",
    topic: "grievance",
    name: "Grievance mechanism",
    question: "Can workers complain without fear, and are they answered?",
    critical: false,
    evidence: "documented",
    look: [
      "the record of complaints of the last 12 months, with dates and answers",
      "ten workers picked by the scorer: where would they go, and would they dare to?",
      "workers who complained: where are they now?",
    ],
    levels: [
      "There is nowhere to take a complaint, or somebody who complained was punished.",
      "There is a box or a person to go to, but no record of complaints and answers.",
      "There are at least two channels, one of them not through the line manager; complaints are recorded and answered within 30 days, and most workers who were asked could name one.",
      "Complaints may be nameless and in each language that workers speak; the record shows what was changed after them, and nobody who was asked knew of a reprisal.",
      "Workers' representatives go through cases and answers at least every three months, all workers hear the outcomes without names, and one channel is run by somebody outside the company.",
    ],
  }),
  benchmark({
    id: "worker-voice",
    topic: "freedom-of-association",
    name: "Worker voice",
    question: "Do workers have a say in what is decided about their work?",
    critical: false,
    evidence: "documented",
    look: [
      "how the members of the committee came to be members: ballots, candidates, dates",
      "minutes of the last 12 months, and what came of three points in them",
      "results of surveys, and who has seen them",
    ],
    levels: [
      "Decisions are announced or not even that; workers who were asked knew of no way to be heard.",
      "Workers are asked for their opinion now and then, and no record shows that anything came of it.",
      "A committee elected by workers, without candidates chosen by management, meets at least every three months and keeps minutes.",
      "Minutes of the last 12 months show points that workers raised and what was done about each; most workers who were asked know who represents them.",
      "A nameless survey is held every year and its results are shown to all; the committee signs the plan that follows, and could name a decision of the last year that it changed.",
    ],
  }),
  benchmark({
    id: "freedom-of-association",
    topic: "freedom-of-association",
    name: "Freedom of association",
    question: "May workers join a union and bargain together without paying for it?",
    critical: true,
    evidence: "third-party",
    look: [
      "interviews without management, with members of a union and others",
      "dismissals and transfers of the last 12 months: were representatives among them?",
      "contracts, rules of the house and the agreement in force",
    ],
    levels: [
      "Workers were threatened, dismissed or passed over for joining or for speaking of a union, or a rule of the house forbids it.",
      "No such act was found, but workers who were asked do not know their right, or fear for their job if they used it.",
      "Workers know from a written text in their language that they may join; no dismissal or transfer of the last 12 months is linked to it, and where the law restricts unions they elect representatives freely.",
      "The union or the elected representatives have time, a room and access to all workers, and meet management on set days with minutes that both sides sign.",
      "An agreement negotiated by freely chosen representatives is in force, pay and hours in the scorer's sample follow it, and both sides could name a dispute that was settled under it.",
    ],
  }),
  benchmark({
    id: "worker-training",
    topic: "management-systems",
    name: "Worker training",
    question: "Do workers know their rights, the dangers of their work, and how to grow in it?",
    critical: false,
    evidence: "documented",
    look: [
      "training records of ten workers picked by the scorer, temporary ones among them",
      "asking the same ten: nearest exit, where to complain, how overtime is paid",
      "the material used, and its languages",
    ],
    levels: [
      "Workers are shown their task and nothing else, or there is no record of any training.",
      "New workers are told the rules when they start, but records are missing for some of the sample.",
      "Each worker of the sample was trained when starting, on rights, safety and complaints, in a language that the worker reads or hears well, with a dated record.",
      "Training is repeated at least yearly, supervisors are trained in how to treat people, and eight of the ten workers answered the scorer's questions rightly.",
      "Workers help to choose and to give the training, what it changed is measured, and in the last 12 months people moved to better paid work through it, temporary workers among them.",
    ],
  }),
];
