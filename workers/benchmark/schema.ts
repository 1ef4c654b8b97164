/**
 * The object's own tables. `stands`: where a site stands and for which member it counts, for its plan's life. `cohorts`: a
 * row from the cut-off on; `life` as JSON, `size` of the log then, `after` how far the gathering is, `statement` of the file.
 */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS plans (
  hash TEXT PRIMARY KEY, file BLOB NOT NULL, nonce BLOB NOT NULL, proposed_at INTEGER NOT NULL,
  votes TEXT, yes INTEGER, no INTEGER, needed INTEGER, is_over INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS stands (
  plan TEXT NOT NULL, site TEXT NOT NULL, industry TEXT NOT NULL, region TEXT NOT NULL, country TEXT NOT NULL,
  tier TEXT NOT NULL, sponsor TEXT NOT NULL, PRIMARY KEY (plan, site)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cohorts (
  plan TEXT NOT NULL, cohort TEXT NOT NULL, life TEXT NOT NULL, size INTEGER NOT NULL, after INTEGER NOT NULL,
  statement TEXT, PRIMARY KEY (plan, cohort));
CREATE TABLE IF NOT EXISTS records (
  plan TEXT NOT NULL, cohort TEXT NOT NULL, site TEXT NOT NULL, "values" BLOB NOT NULL, days TEXT NOT NULL,
  PRIMARY KEY (plan, cohort, site)) WITHOUT ROWID;
`;
