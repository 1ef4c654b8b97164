import loadHighs from "highs";

// The package's types describe its CommonJS build, whose default export is one level further down.
const load = loadHighs as unknown as typeof loadHighs.default;

/** HiGHS: linear and mixed-integer programs, compiled to WebAssembly. */
export const solver = load();
