import { concat } from "@quasarix/shared/bytes.ts";

/** A physical line without its line end. `bytes` is null where it is longer than the limit; `length` counts it all the same. */
export interface RawLine {
  readonly number: number;
  readonly bytes: Uint8Array | null;
  readonly length: number;
}

const LF = 0x0a;
const CR = 0x0d;

/** The bytes of one line as they come in, never more than `limit` of them. */
interface Gathering {
  parts: Uint8Array[];
  length: number;
}

/** Copies, since the source may use its buffer again; past the limit it only counts. */
function gather(line: Gathering, part: Uint8Array, limit: number): void {
  line.length += part.length;
  if (line.length > limit + 1) line.parts = [];
  else if (part.length > 0) line.parts.push(part.slice());
}

function finish(line: Gathering, number: number, limit: number): RawLine {
  const whole = line.parts.length === 1 ? (line.parts[0] as Uint8Array) : concat(...line.parts);
  const bytes = whole.at(-1) === CR ? whole.subarray(0, -1) : whole;
  // One byte above the limit may still be the CR of a CR LF.
  const fits = line.length <= limit + 1 && bytes.length <= limit;
  return { number, bytes: fits ? bytes : null, length: fits ? bytes.length : line.length };
}

/** Splits at LF or CR LF, holding at most one line of `limit` bytes beside the chunk in hand. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<RawLine> {
  let number = 1;
  let line: Gathering = { parts: [], length: 0 };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      gather(line, chunk.subarray(from, end), limit);
      yield finish(line, number++, limit);
      line = { parts: [], length: 0 };
      from = end + 1;
    }
    gather(line, chunk.subarray(from), limit);
  }
  if (line.length > 0) yield finish(line, number, limit);
}
