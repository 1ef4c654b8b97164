/** Where the bucket has the newest published checkpoint, which is written over. */
export const LATEST_KEY = "log/checkpoint";

/** Below it each published checkpoint, written once. */
export const CHECKPOINTS = "log/checkpoints/";

/** Padded, so that the bucket lists checkpoints by size. */
export const checkpointKey = (size: number): string => CHECKPOINTS + String(size).padStart(16, "0");
