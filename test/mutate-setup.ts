import fc from "fast-check";

/** What a mutant has to be noticed by: the same few cases for each, or thousands of mutants would take days. */
fc.configureGlobal({ numRuns: 20, seed: 20_261_122 });
