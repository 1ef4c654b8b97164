/** A start that cannot go on, for a reason that the person at the terminal can mend: printed as a sentence, without a stack. */
export class Complaint extends Error {}
