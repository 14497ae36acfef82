/**
 * Makes records of the OSV format of what .NET discloses each month (`timeline/YYYY/MM/cve.json`): about the shared frameworks
 * and the SDK, under the names that project files give them, so that a runtime is judged as any package is.
 */
import { type Loose, looseList, looseObject, looseText, looseTexts } from "../loose-json.ts";

export const runtimeSource = "dotnet/core (MIT)";

const most = { disclosures: 500, products: 5000 };

/** Products have had several names over the years. */
const products: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/aspnet/i, "Microsoft.AspNetCore.App"],
  [/windowsdesktop|winforms|wpf/i, "Microsoft.WindowsDesktop.App"],
  [/sdk/i, "Microsoft.NET.Sdk"],
  [/runtime|^dotnet$/i, "Microsoft.NETCore.App"],
];

export function runtimeRecords(disclosed: Loose): readonly object[] {
  const entries = looseList(disclosed.products).slice(0, most.products).map(looseObject);
  const disclosures = looseList(disclosed.disclosures ?? disclosed.cves).slice(0, most.disclosures);
  return disclosures.map(looseObject).flatMap((disclosure) => {
    const id = looseText(disclosure.id);
    const affected = entries.filter((entry) => entry.cve_id === id).flatMap(affectedOf);
    return id === undefined || affected.length === 0 ? [] : [recordOf(id, disclosure, affected)];
  });
}

function affectedOf(entry: Loose): readonly object[] {
  const written = looseText(entry.name) ?? "";
  const name = products.find(([pattern]) => pattern.test(written))?.[1];
  const introduced = looseText(entry.min_vulnerable);
  const [fixed, last] = [looseText(entry.fixed), looseText(entry.max_vulnerable)];
  if (name === undefined || introduced === undefined) return [];
  const end = fixed !== undefined ? [{ fixed }] : last !== undefined ? [{ last_affected: last }] : [];
  return [{ package: { ecosystem: ".NET", name }, ranges: [{ type: "ECOSYSTEM", events: [{ introduced }, ...end] }] }];
}

function recordOf(id: string, disclosure: Loose, affected: readonly object[]): object {
  const cvss = looseObject(disclosure.cvss);
  const timeline = looseObject(disclosure.timeline);
  const date = looseText(looseObject(timeline.disclosure).date);
  const description = disclosure.description;
  return {
    id,
    aliases: [],
    published: date,
    modified: date,
    summary: disclosure.problem,
    details: Array.isArray(description) ? looseTexts(description, 50).join("\n\n") : description,
    severity: [{ type: "CVSS_V3", score: cvss.vector }],
    affected,
    references: looseTexts(disclosure.references, 20).map((url) => ({ type: "WEB", url })),
    database_specific: { severity: cvss.severity, cwe_ids: [disclosure.weakness] },
  };
}
