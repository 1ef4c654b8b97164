import { planHash } from "@quasarix/shared/benchmark/plan-file.ts";
import { releaseHash } from "@quasarix/shared/benchmark/release-bytes.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import type { ReleasePlanView, ReleaseView } from "@quasarix/shared/wire/releases.ts";
import type { Org } from "../world.ts";
import type { Public, PublicFile, PublicRecord } from "./file-function.ts";
import { api, type House } from "./house.ts";

/** All that one member may fetch, fetched plainly: what every other answer is to follow from. */
export async function publicOf({ pool, plans, cohort }: House): Promise<Public> {
  const [member] = pool.members as [Org];
  const text = async (path: string): Promise<string> => (await api(member, { path })).text();
  const listed = async <T>(path: string): Promise<readonly T[]> =>
    (JSON.parse(await text(path)) as { items: T[] }).items;
  const releases = await listed<ReleaseView>("/v1/releases");
  const views = await listed<ReleasePlanView>("/v1/release-plans");
  const files = new Map<string, PublicFile>();
  for (const plan of Object.values(plans)) {
    const own = await text(`/v1/release-plans/${plan}/file`);
    files.set(`/v1/release-plans/${plan}/file`, { text: own, hash: planHash(utf8(own)) });
  }
  const own = await text(`/v1/releases/${plans.published}/${cohort}/file`);
  files.set(`/v1/releases/${plans.published}/${cohort}/file`, { text: own, hash: releaseHash(utf8(own)) });
  return {
    files,
    lists: new Map<string, readonly PublicRecord[]>([
      ["/v1/releases", releases.map((shown) => ({ hash: shown.file, index: shown.index, shown }))],
      ["/v1/release-plans", views.map((shown) => ({ hash: shown.plan, index: shown.index, shown }))],
    ]),
    records: new Map(views.map((view) => [`/v1/release-plans/${view.plan}`, view])),
  };
}
