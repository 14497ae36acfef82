/** SPDX 2 as tags and values, one in a line; texts between `<text>` and `</text>` may go over lines. */
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { linesOf } from "../../reading/text-lines.ts";
import type { SbomRead } from "./cyclonedx-json.ts";
import { identityOf, type SpdxPackage, type SpdxRelationship, spdxParts } from "./spdx-parts.ts";

interface Draft {
  readonly values: Map<string, string>;
  readonly references: (readonly [string, string])[];
  readonly start: number;
  end: number;
}

export function spdxTagValue(file: TextFile): SbomRead {
  const drafts: Draft[] = [];
  const relationships: SpdxRelationship[] = [];
  let draft: Draft | undefined;
  let isInText = false;
  for (const { text, start } of linesOf(file.text)) {
    if (isInText) {
      isInText = !text.includes("</text>");
      continue;
    }
    const [, tag = "", written = ""] = /^\s*([A-Za-z]+):(.*)$/.exec(text) ?? [];
    if (tag === "") continue;
    const value = written.trim();
    isInText = value.startsWith("<text>") && !value.includes("</text>");
    if (tag === "PackageName") {
      draft = { values: new Map(), references: [], start, end: start };
      drafts.push(draft);
    } else if (/^(?:FileName|SnippetSPDXID|LicenseID)$/.test(tag)) draft = undefined;
    const [from, type, to] = value.split(/\s+/);
    if (tag === "Relationship" && from && type && to) relationships.push({ from, type, to });
    else if (draft) {
      draft.end = start + text.length;
      if (tag === "ExternalRef" && type && to) draft.references.push([type, to]);
      else if (!draft.values.has(tag)) draft.values.set(tag, value);
    }
  }
  const packages = drafts.map((one) => packageOf(file, one));
  return spdxParts({ packages, relationships, describes: [] });
}

function packageOf(file: TextFile, { values, references, start, end }: Draft): SpdxPackage {
  return {
    id: values.get("SPDXID") ?? "",
    name: values.get("PackageName") || undefined,
    version: values.get("PackageVersion") || undefined,
    ...identityOf(references),
    licenseConcluded: values.get("PackageLicenseConcluded"),
    licenseDeclared: values.get("PackageLicenseDeclared"),
    checksum: values.get("PackageChecksum")?.replace(/:\s+/, ":"),
    at: spanOf({ file, start, end }),
  };
}
