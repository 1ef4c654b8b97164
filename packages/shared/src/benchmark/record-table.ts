import type { Bytes } from "../bytes.ts";
import { compare, utf8 } from "../bytes.ts";
import { BINS } from "./metric.ts";
import type { SiteRecord } from "./site-record.ts";

const FIRST_ROWS = 1024;
const FIRST_ID_BYTES = FIRST_ROWS * 32;

/** An eighth: copying is cheap beside a hash a site, and spare room counts at ten million scores. */
const withSpare = (needed: number): number => needed + (needed >>> 3);

/** The host moves the bytes where it can, so that growing does not hold them twice. */
const moreBytes = (held: Bytes, needed: number): Bytes =>
  needed <= held.length ? held : new Uint8Array(held.buffer.transfer(withSpare(needed)));

const moreNumbers = (held: Uint32Array<ArrayBuffer>, needed: number): Uint32Array<ArrayBuffer> =>
  needed <= held.length ? held : new Uint32Array(held.buffer.transfer(4 * withSpare(needed)));

/**
 * The records of one cohort in columns, without an object each: ten million scores are to fit beside the release that they
 * make (BENCHMARKS 3). Rows are numbered as they came.
 */
export class RecordTable {
  readonly cells: number;
  readonly metrics: number;
  /** Names by their numbers, as the rows have them. */
  readonly sponsors: string[] = [];
  readonly #sponsorNumbers = new Map<string, number>();
  #rows = 0;
  #ids = new Uint8Array(FIRST_ID_BYTES);
  #ends = new Uint32Array(FIRST_ROWS);
  #cells = new Uint32Array(FIRST_ROWS);
  #sponsors = new Uint32Array(FIRST_ROWS);
  #values: Bytes;

  constructor(shape: { readonly cells: number; readonly metrics: number }) {
    this.cells = shape.cells;
    this.metrics = shape.metrics;
    this.#values = new Uint8Array(FIRST_ROWS * shape.metrics);
  }

  get rows(): number {
    return this.#rows;
  }

  /** Copies what it keeps. Throws on a record that is none of this plan's: who gathers looks that up. */
  add({ site, cell, sponsor, values }: SiteRecord): void {
    if (!(Number.isInteger(cell) && cell >= 0 && cell < this.cells)) throw new RangeError(`no cell ${cell}`);
    if (values.length !== this.metrics) throw new RangeError(`${values.length} values for ${this.metrics} metrics`);
    for (const value of values) if (value > BINS) throw new RangeError(`${value} is no bin`);
    const id = utf8(site);
    const row = this.#rows++;
    const from = this.#start(row);
    this.#makeRoom(row + 1, from + id.length);
    this.#ids.set(id, from);
    this.#ends[row] = from + id.length;
    this.#cells[row] = cell;
    this.#sponsors[row] = this.#numberOf(sponsor);
    this.#values.set(values, row * this.metrics);
  }

  /** The site's name in UTF-8: a view, for the moment. */
  site(row: number): Uint8Array {
    return this.#ids.subarray(this.#start(row), this.#ends[row]);
  }

  cell(row: number): number {
    return this.#cells[row] as number;
  }

  /** A number that `sponsors` has the name of. */
  sponsor(row: number): number {
    return this.#sponsors[row] as number;
  }

  /** Per metric 0 for none, else 1 to 5: a view, for the moment. */
  values(row: number): Uint8Array {
    return this.#values.subarray(row * this.metrics, (row + 1) * this.metrics);
  }

  /** All rows in the order of their sites' bytes. Throws where a site came twice: it would count twice. */
  bySite(): Uint32Array {
    const order = new Uint32Array(this.#rows).map((_, row) => row);
    const compared = (a: number, b: number): number => compare(this.site(a), this.site(b));
    const isInOrder = (): boolean => order.every((row, i) => i === 0 || compared(order[i - 1] as number, row) < 0);
    if (isInOrder()) return order;
    order.sort(compared);
    if (!isInOrder()) throw new RangeError("a site has two records");
    return order;
  }

  /** The rows of each cell, in the given order. */
  byCell(order: Uint32Array): readonly Uint32Array[] {
    const sizes = new Uint32Array(this.cells);
    for (const row of order) sizes[this.cell(row)] = (sizes[this.cell(row)] as number) + 1;
    const parts = Array.from(sizes, (size) => new Uint32Array(size));
    sizes.fill(0);
    for (const row of order) {
      const cell = this.cell(row);
      const at = sizes[cell] as number;
      (parts[cell] as Uint32Array)[at] = row;
      sizes[cell] = at + 1;
    }
    return parts;
  }

  #start(row: number): number {
    return row === 0 ? 0 : (this.#ends[row - 1] as number);
  }

  #numberOf(sponsor: string): number {
    const known = this.#sponsorNumbers.get(sponsor);
    if (known !== undefined) return known;
    this.#sponsorNumbers.set(sponsor, this.sponsors.length);
    return this.sponsors.push(sponsor) - 1;
  }

  #makeRoom(rows: number, idBytes: number): void {
    this.#ids = moreBytes(this.#ids, idBytes);
    this.#ends = moreNumbers(this.#ends, rows);
    this.#cells = moreNumbers(this.#cells, rows);
    this.#sponsors = moreNumbers(this.#sponsors, rows);
    this.#values = moreBytes(this.#values, rows * this.metrics);
  }
}
