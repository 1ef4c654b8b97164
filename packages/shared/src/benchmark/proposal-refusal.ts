/** Why no plan was made, in words that a person can act on. `says` of `plan`: what is missing. */
export type ProposalRefusal =
  | { readonly reason: "plan"; readonly says: string }
  | { readonly reason: "ask"; readonly pointer: string; readonly message: string };
