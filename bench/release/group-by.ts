import { DuckDBDataChunk, DuckDBInstance, UINTEGER, USMALLINT, UTINYINT } from "@duckdb/node-api";
import { measure } from "./measured.ts";
import { recordsOf } from "./scores.ts";

const ROWS_AT_ONCE = 2048;

const scores = Number(process.argv[2]);
const duckdb = await DuckDBInstance.create(":memory:");
const connection = await duckdb.connect();
await connection.run("CREATE TABLE scores (site UINTEGER, cell USMALLINT, metric UTINYINT, value UTINYINT)");
const appender = await connection.createAppender("scores");
const types = [UINTEGER, USMALLINT, UTINYINT, UTINYINT];
let columns: [number[], number[], number[], number[]] = [[], [], [], []];

function flush(): void {
  const chunk = DuckDBDataChunk.create(types, columns[0].length);
  chunk.setColumns(columns);
  appender.appendDataChunk(chunk);
  columns = [[], [], [], []];
}

let site = 0;
for (const { cell, values } of recordsOf(scores)) {
  for (const [metric, value] of values.entries()) {
    for (const [i, field] of [site, cell, metric, value].entries()) columns[i]?.push(field);
    if (columns[0].length === ROWS_AT_ONCE) flush();
  }
  site++;
}
if (columns[0].length > 0) flush();
appender.closeSync();

// What lies in its table is there before the clock starts; nothing is drawn, withheld or committed to.
await measure(async () => {
  const bins = await connection.runAndReadAll("SELECT cell, metric, value, count(*) FROM scores GROUP BY ALL");
  return bins.getRows().length;
});
