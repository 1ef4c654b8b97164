import type { Newcomer } from "../demonstration/party.ts";

const FIRST = "Birch Cedar Elm Fir Hazel Juniper Larch Maple Oak Poplar Rowan Willow".split(" ");
const SECOND = ["Retail", "Brands"];

/** As many members as there are lists, in the order of the lists. */
export const membersFor = (count: number): Newcomer[] =>
  Array.from({ length: count }, (_, at) => {
    const round = Math.floor(at / (FIRST.length * SECOND.length));
    const words = [FIRST[at % FIRST.length], SECOND[Math.floor(at / FIRST.length) % SECOND.length]];
    const name = [...words, ...(round > 0 ? [String(round + 1)] : [])].join(" ");
    return { handle: name.toLowerCase().replaceAll(" ", "-"), name, kind: "member", country: "CH" };
  });
