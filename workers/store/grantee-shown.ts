import { REQUESTER } from "./requester.ts";

/** To whom a row of `grants` was given, as its own grantor may see it: a yes to *a member* names it to nobody but itself. */
export const GRANTEE_SHOWN = `CASE WHEN request IS NULL THEN grantee
    ELSE (SELECT ${REQUESTER} FROM requests AS r WHERE r.hash = grants.request) END`;
