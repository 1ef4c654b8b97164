import { existsSync, readFileSync } from "node:fs";
import process from "node:process";

/** Adds up JSON reports of vitest. A report that is absent, and a file that failed before its first test, count as one failure each. */
export function totalOf(reports) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const report of reports) {
    if (!existsSync(report)) {
      total.failed++;
      continue;
    }
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(report, "utf8"),
    );
    total.passed += numPassedTests;
    total.failed += numFailedTests + testResults.filter(isDeadFile).length;
    total.skipped += numPendingTests + numTodoTests;
  }
  return { ...total, text: `${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped` };
}

const isDeadFile = ({ status, assertionResults }) =>
  status === "failed" && !assertionResults.some((one) => one.status === "failed");

if (import.meta.main) console.log(totalOf(process.argv.slice(2)).text);
