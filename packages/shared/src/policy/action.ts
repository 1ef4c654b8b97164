/** What a principal asks to do; the words of our own log and of a denied attempt. */
export type Action =
  | "audit:read"
  | "audit:list"
  | "bundle:get"
  | "columns:keep"
  | "dossier:read"
  | "grant:list"
  | "policy:read"
  | "receipt:list"
  | "registry:read"
  | "release:propose"
  | "release:read"
  | "request:read"
  | "statement:add"
  | "statement:read"
  | "subject:reserve"
  | "operator:inspect";
