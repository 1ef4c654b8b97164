import { A_MEMBER } from "@quasarix/shared/policy/request.ts";
import { FIRST_RULEBOOK } from "@quasarix/shared/policy/rulebook.ts";

/**
 * Who asked, of row `r` of `requests`, as its supplier may see it: by the rulebook that stood before it in the log, so that
 * a later rulebook names nobody who asked as *a member*, and a rebuild says the same.
 */
export const REQUESTER = `CASE coalesce(
    (SELECT claims->>'$.requesters' FROM rulebooks WHERE log_index < r.log_index ORDER BY log_index DESC LIMIT 1),
    '${FIRST_RULEBOOK.requesters}') WHEN 'named' THEN r.org ELSE '${A_MEMBER}' END`;
