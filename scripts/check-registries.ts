/**
 * `node scripts/check-registries.ts [NAME...]`: asks, for a handful of packages, the registries that this machine's package
 * managers are set up for, and deps.dev, and shows what they tell. Whether the readers still understand the real answers is
 * seen here and not in the tests, which use none. NAME is like `npm:lodash@4.17.21`; without any, well-known ones are asked.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientRegistries } from "#cli/packages/client-registries.ts";
import { publicSources } from "#knowledge/package-facts/facts-sources.ts";
import { gatherFacts } from "#knowledge/package-facts/gather-facts.ts";
import { openPackageFacts } from "#knowledge/package-facts/open-package-facts.ts";
import type { AskedPackage } from "#knowledge/package-facts/source-part.ts";
import { ecosystems } from "#model/ecosystem.ts";
import type { PackageFacts } from "#model/package-facts.ts";
import { packageKey } from "#model/package-key.ts";

const wellKnown = [
  "npm:request@2.88.2",
  "npm:esbuild",
  "NuGet:Newtonsoft.Json@13.0.3",
  "PyPI:requests@2.32.3",
  "Maven:org.apache.logging.log4j:log4j-core@2.24.0",
];

function askedFor(text: string): AskedPackage {
  const [, written, rest = ""] = /^([^:]+):(.+)$/.exec(text) ?? [];
  const ecosystem = ecosystems.find((one) => one.toLowerCase() === written?.toLowerCase());
  if (!ecosystem) throw new Error(`${text}: an ecosystem and a name are expected, like npm:lodash@4.17.21`);
  const [, name = rest, version] = /^(.+)@([^@/]+)$/.exec(rest) ?? [];
  return { ecosystem, name: packageKey(ecosystem, name), isDirect: true, ...(version && { versions: [version] }) };
}

function shownFacts({
  source,
  versions,
  repository,
  abandoned,
  maintainers,
  downloads,
  ...rest
}: PackageFacts): string {
  const dated = versions.filter(({ published }) => published !== undefined).length;
  const counts = (["deprecated", "withdrawn", "licenses", "runsInstallScript", "hasProvenance"] as const).map(
    (key) => `${key} ${versions.filter((one) => one[key] !== undefined && one[key] !== false).length}`,
  );
  return [
    `from ${source}: ${versions.length} versions, ${dated} with a date, ${counts.join(", ")}`,
    ...(abandoned ? [`deprecated: ${abandoned.reason}`] : []),
    ...(repository === undefined ? [] : [`repository: ${repository || "none"}`]),
    ...(maintainers ? [`maintainers: ${maintainers.count}`] : []),
    ...(downloads ? [`downloads: ${downloads.count} (${downloads.unit})`] : []),
    ...(rest.isArchived === undefined ? [] : [`archived: ${rest.isArchived}`]),
    ...(rest.dependents === undefined ? [] : [`dependents: ${rest.dependents}`]),
  ].join("\n  ");
}

const names = process.argv.slice(2);
const packages = (names.length > 0 ? names : wellKnown).map(askedFor);
const folder = mkdtempSync(join(tmpdir(), "sallyport-registries-"));
try {
  const { npm = {}, feeds, notices } = clientRegistries();
  const sources = { ...publicSources, npm, feeds };
  const { gathered, problems } = await gatherFacts({ packages, folder, sources, budgetMilliseconds: 120_000 });
  const facts = openPackageFacts(folder);
  for (const { ecosystem, name } of packages) {
    const found = facts.factsOf(ecosystem, name);
    console.log(`${ecosystem} ${name}\n  ${found ? shownFacts(found) : "nothing is known"}`);
  }
  for (const { message } of [...notices, ...problems]) console.log(`! ${message}`);
  console.log(`${gathered} of ${packages.length} packages gathered`);
  // Where no registry can be reached there is nothing to check.
  process.exitCode = gathered > 0 || problems.length > 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
