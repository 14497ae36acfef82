/** What a bucket of OSV serves of one ecosystem, for tests. */
import { writeZip } from "./write-zip.ts";

export interface TestRecord {
  readonly id: string;
  readonly modified: string;
  readonly name: string;
  readonly title?: string;
}

export function osvJson({ id, modified, name, title = id }: TestRecord, ecosystem = "npm"): string {
  const events = [{ introduced: "0" }, { fixed: "1.0.0" }];
  const affected = [{ package: { ecosystem, name }, ranges: [{ type: "SEMVER", events }] }];
  return JSON.stringify({ id, modified, summary: title, affected });
}

/** Archive, list and single records; `archived` are those that the archive holds. */
export function osvFiles(
  records: readonly TestRecord[],
  archived: readonly TestRecord[] = records,
  ecosystem = "npm",
): Readonly<Record<string, string | Buffer>> {
  const newest = [...records].sort((a, b) => (a.modified < b.modified ? 1 : -1));
  return {
    [`/${ecosystem}/all.zip`]: writeZip(archived.map((record) => [`${record.id}.json`, osvJson(record, ecosystem)])),
    [`/${ecosystem}/modified_id.csv`]: newest.map(({ id, modified }) => `${modified},${id}\n`).join(""),
    ...Object.fromEntries(records.map((record) => [`/${ecosystem}/${record.id}.json`, osvJson(record, ecosystem)])),
  };
}
