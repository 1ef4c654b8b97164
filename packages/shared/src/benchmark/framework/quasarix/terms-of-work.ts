import { benchmark } from "./benchmark.ts";

/** What people are paid, how long they work, and how they came to the job. */
export const TERMS_OF_WORK = [
  benchmark({
    id: "living-wage",
    topic: "living-wage",
    name: "Living-wage commitment",
    question: "How far has the site gone from the legal minimum towards a wage that a decent life costs there?",
    critical: false,
    evidence: "documented",
    look: [
      "the estimate of a living wage that was used, its source and its year",
      "the lowest pay for normal hours in each grade, from payroll",
      "the plan, who agreed to it, and the last step that was due",
    ],
    levels: [
      "Nobody has compared wages with what living there costs, and nothing was promised.",
      "The site has signed that it wants to pay a living wage, without a figure and without a date.",
      "The lowest pay for normal hours was compared with a published estimate for the region, and the gap is written down for each grade.",
      "A plan with a date and yearly steps closes the gap, workers' representatives have seen it, and the last step that was due was paid.",
      "Payroll shows every worker, agency workers included, at or above the estimate for normal hours, and the comparison is made anew every year.",
    ],
  }),
  benchmark({
    id: "wage-payment",
    topic: "wages",
    name: "Wages in full and on time",
    question: "Is everybody paid what is due, when it is due, and able to see why?",
    critical: true,
    evidence: "third-party",
    look: [
      "payroll of a busy, a usual and a slow month, beside time records, for at least ten workers",
      "payslips, and workers' own account of how they are reckoned",
      "papers of social insurance and of deductions",
    ],
    levels: [
      "Pay below the legal minimum or pay held back was found, or the payroll that was shown is not the one that is used.",
      "The legal minimum is paid, but in part of the sample late, with deductions that the law does not allow, or without the premium for overtime.",
      "Everybody in the sample was paid in full by the legal day, with overtime premium and social insurance, and has a payslip.",
      "Most workers who were asked could say how their last pay was reckoned, piece rates never fall below the minimum, and mistakes were put right in the next pay.",
      "Pay can be traced to each worker, the site compares pay for equal work by sex and kind of contract every year, and workers' representatives take part in that check.",
    ],
  }),
  benchmark({
    id: "working-hours",
    topic: "working-hours",
    name: "Working hours",
    question: "Do hours leave people time to rest, in busy months too?",
    critical: false,
    evidence: "third-party",
    look: [
      "time records of a busy, a usual and a slow month, beside production records and gate times",
      "asking workers about the longest week of the year and whether they could have said no",
      "what was done about the causes of overtime",
    ],
    levels: [
      "Hours are not recorded or the records are false, or weeks above 72 hours were found.",
      "Records are true, and more than one worker in ten of the sample had a week above 60 hours or seven days without one of rest.",
      "At least nine workers in ten of the sample had no week above 60 hours and a day of rest in every seven, and overtime was voluntary.",
      "Nobody in the sample went above 60 hours or without a day of rest in the last 12 months, the busiest included, and the causes of overtime are reviewed every month.",
      "Normal hours are at most 48, fewer than one week in twenty of the sample holds more than 8 hours of overtime, and pay did not fall as hours did.",
    ],
  }),
  benchmark({
    id: "responsible-recruitment",
    topic: "responsible-recruitment",
    name: "Responsible recruitment",
    question: "Did anybody pay for the job, or come to it in a way that they cannot leave?",
    critical: true,
    evidence: "third-party",
    look: [
      "interviews with migrant and agency workers, in their language: what did they pay, to whom?",
      "where passports and other papers are kept",
      "contracts with agencies, and what was paid back to workers",
    ],
    levels: [
      "Papers of workers are kept from them, or somebody works off a debt and cannot leave.",
      "No papers are kept, but workers paid for their job, or the site has never asked whether they did.",
      "A written rule says that no worker pays, agencies have signed it, each new worker is asked what was paid, and contracts are in a language that the worker reads.",
      "Workers who came through agencies in the last 12 months were interviewed and had paid nothing, and what earlier ones had paid was given back in full.",
      "Every agent is known back to where workers come from and checked each year, the site bears all costs of recruiting, and workers who were asked could leave or change without a penalty.",
    ],
  }),
];
