import { type Bytes, u32be, utf8 } from "@quasarix/shared/bytes.ts";
import { hmacSha256 } from "@quasarix/shared/sha256.ts";
import { vi } from "vitest";

/** Dice that fall the same in each world that is played with this seed. */
export function seededDice(seed: string): (length: number) => Bytes {
  let throws = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) {
      bytes.set(hmacSha256(utf8(seed), u32be(throws++)).subarray(0, Math.min(32, length - at)), at);
    }
    return bytes;
  };
}

/** For everybody: members, intake, the log. Undone by `vi.restoreAllMocks`. */
export function loadDice(dice: (length: number) => Bytes): void {
  vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    bytes.set(dice(bytes.length));
    return array;
  });
}
