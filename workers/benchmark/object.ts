import { DurableObject } from "cloudflare:workers";
import type { ReleasesEnv } from "../env.ts";

export class Releases extends DurableObject<ReleasesEnv> {}
