import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import type { Logged } from "@quasarix/shared/statement/logged.ts";

export const hashAt = (n: number): string => base64url(sha256(utf8(`bench ${n}`)));
export const siteAt = (n: number): string => `site_${hashAt(n).slice(0, 22)}`;

/** The opening of a site as the projection takes it, at index `n` of a log that nobody wrote. */
export const loggedSite = (n: number, place: SitePlace): Logged => ({
  hash: hashAt(n),
  type: "site",
  kid: "bench",
  claims: {
    iss: "bench",
    sub: "bench",
    iat: 0,
    jti: "",
    vct: "",
    opens: siteAt(n),
    ...place,
  } as unknown as Logged["claims"],
  existence: null,
  index: n,
  admittedAt: 0,
});
