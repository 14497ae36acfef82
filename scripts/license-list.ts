/**
 * Writes what the licence rooms know of the SPDX list: ids, exceptions, names, addresses (`src/scan/licenses/spdx-list.ts`).
 * Run it by hand after the packages that it reads were raised; what it writes is committed.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const require = createRequire(import.meta.url);

const listed = require("spdx-license-list") as Readonly<
  Record<string, { readonly name: string; readonly url?: string }>
>;
const current = require("spdx-license-ids") as readonly string[];
const deprecated = require("spdx-license-ids/deprecated.json") as readonly string[];
const schema = JSON.parse(
  readFileSync(join(root, "node_modules/@cyclonedx/cyclonedx-library/res/schema/spdx.SNAPSHOT.schema.json"), "utf8"),
) as { readonly enum: readonly string[] };

const licenses = [...new Set([...current, ...deprecated, ...Object.keys(listed)])]
  // One exception is listed among the licences.
  .filter((id) => !(id.endsWith("-exception") && !id.includes("-with-")))
  .toSorted();
// The schema's list is that of the licences, followed by that of the exceptions.
const exceptions = schema.enum.filter((id) => !licenses.includes(id)).toSorted();

const addressCount = new Map<string, number>();
for (const id of current) {
  const url = addressOf(id);
  if (url) addressCount.set(url, (addressCount.get(url) ?? 0) + 1);
}
const rows = licenses.map((id) => {
  const isOld = !current.includes(id);
  const url = isOld ? "" : addressOf(id);
  const isUnique = addressCount.get(url) === 1;
  return [id, isOld ? "-" : "", listed[id]?.name.replace(/\s+/g, " ") ?? "", isUnique ? url : ""].join("\t").trimEnd();
});

function addressOf(id: string): string {
  const url = listed[id]?.url?.split(/\s/)[0] ?? "";
  return url.replace(/^https?:\/\/(www\.)?/i, "").replace(/[/#]+$/, "");
}

const literal = (lines: readonly string[]) => `\`\n${lines.join("\n").replace(/[\\`]|\$\{/g, "\\$&")}\n\``;

writeFileSync(
  join(root, "src/scan/licenses/spdx-list.ts"),
  `/** The SPDX licence list as data, as long as the list is. Written by \`scripts/license-list.ts\`: change that, not this. */

/** Id, \`-\` if it is deprecated, name, address if no other licence has it: divided by tabs, one licence a line. */
export const spdxLicenses = ${literal(rows)};

export const spdxExceptions = ${literal(exceptions)};
`,
);
console.log(`${licenses.length} licences, ${exceptions.length} exceptions`);
