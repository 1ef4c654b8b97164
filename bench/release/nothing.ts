import { measure } from "./measured.ts";

await measure(() => 0);
