import type { Bytes } from "./bytes.ts";
import { concat } from "./bytes.ts";

/** Bytes of the longest message taken: a disclosure, a tree node, a header. Longer ones are the host's. */
export const SHORT_LENGTH = 503;

// FIPS 180-4, 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
const ROUNDS = Int32Array.of(
  ...[0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5],
  ...[0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174],
  ...[0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da],
  ...[0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967],
  ...[0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85],
  ...[0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070],
  ...[0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3],
  ...[0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2],
);
// 5.3.3: of the square roots of the first 8 primes.
const START = Int32Array.of(
  ...[0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19],
);

// Scratch of the call under way, which never waits.
const input = new Uint8Array(512);
const words = new Int32Array(64);
const state = new Int32Array(8);

/**
 * SHA-256 (FIPS 180-4) of at most `SHORT_LENGTH` bytes, in a third of what a call into workerd's native code or noble
 * takes for a hundred bytes: a statement has some forty such messages. Throws on a longer one.
 */
export function sha256Short(message: Uint8Array): Bytes {
  if (message.length > SHORT_LENGTH) throw new RangeError(`${message.length} bytes are not a short message`);
  input.set(message);
  return finish(message.length);
}

/** The same of an ASCII text, without its bytes being made first. */
export function sha256ShortText(ascii: string): Bytes {
  if (ascii.length > SHORT_LENGTH) throw new RangeError(`${ascii.length} bytes are not a short message`);
  for (let i = 0; i < ascii.length; i++) input[i] = ascii.charCodeAt(i);
  return finish(ascii.length);
}

/** HMAC (FIPS 198-1) under a key of at most 64 bytes, over a message that is 64 bytes shorter than `SHORT_LENGTH`. */
export function hmacSha256Short(key: Uint8Array, message: Uint8Array): Bytes {
  if (key.length > 64) throw new RangeError(`a key of ${key.length} bytes is not a short one`);
  const inner = new Uint8Array(64).fill(0x36);
  const outer = new Uint8Array(64).fill(0x5c);
  for (let i = 0; i < key.length; i++) {
    inner[i] = 0x36 ^ (key[i] as number);
    outer[i] = 0x5c ^ (key[i] as number);
  }
  return sha256Short(concat(outer, sha256Short(concat(inner, message))));
}

/** 5.1.1: a one bit, zeros, and the length in bits fill the last block. */
function finish(length: number): Bytes {
  const end = (length + 9 + 63) & ~63;
  input[length] = 0x80;
  input.fill(0, length + 1, end - 2);
  input[end - 2] = length >>> 5;
  input[end - 1] = length << 3;
  state.set(START);
  for (let at = 0; at < end; at += 64) compress(at);
  const digest = new Uint8Array(32);
  for (let i = 0; i < 8; i++) {
    const word = state[i] as number;
    digest[4 * i] = word >>> 24;
    digest[4 * i + 1] = word >>> 16;
    digest[4 * i + 2] = word >>> 8;
    digest[4 * i + 3] = word;
  }
  return digest;
}

const byte = (at: number): number => input[at] as number;
const word = (at: number): number => words[at] as number;

const add = (i: number, value: number): void => {
  state[i] = (state[i] as number) + value;
};

/** 6.2.2, step 1. */
function schedule(start: number): void {
  for (let t = 0, at = start; t < 16; t++, at += 4) {
    words[t] = (byte(at) << 24) | (byte(at + 1) << 16) | (byte(at + 2) << 8) | byte(at + 3);
  }
  for (let t = 16; t < 64; t++) {
    const x = word(t - 15);
    const y = word(t - 2);
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[t] = (word(t - 16) + s0 + word(t - 7) + s1) | 0;
  }
}

/** 6.2.2, steps 2 to 4, for the block that starts there. */
function compress(start: number): void {
  schedule(start);
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUNDS[t] as number) + word(t)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  add(0, a);
  add(1, b);
  add(2, c);
  add(3, d);
  add(4, e);
  add(5, f);
  add(6, g);
  add(7, h);
}
