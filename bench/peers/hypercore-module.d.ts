declare module "hypercore" {
  /** The part that the bench calls. */
  export default class Hypercore {
    constructor(storage: string);
    readonly length: number;
    ready(): Promise<void>;
    append(blocks: Uint8Array | readonly Uint8Array[]): Promise<{ length: number }>;
    close(): Promise<void>;
  }
}
