/** Points right before an await, where a crash, an eviction or an error must do no harm. */
export interface Fault<Pause extends string> {
  pause(name: Pause): Promise<void>;
}

export interface Plantable<Pause extends string> {
  /** What the product pauses through: nothing, until a test plants something. */
  readonly fault: Fault<Pause>;
  /** For tests only; null takes it away again. */
  plant(next: Fault<Pause> | null): void;
}

export function plantable<Pause extends string>(): Plantable<Pause> {
  const none: Fault<Pause> = { pause: async () => {} };
  let planted = none;
  return {
    fault: { pause: (name) => planted.pause(name) },
    plant: (next) => {
      planted = next ?? none;
    },
  };
}
