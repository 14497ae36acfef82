/**
 * SBOMs that others wrote and that lie in a repository: CycloneDX in JSON and XML, SPDX 2 in JSON, YAML, RDF and as tags
 * and values, SPDX 3 in JSON. Which of them a file holds its content tells.
 */
import type { TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { linked } from "../../reading/linked-packages.ts";
import { brokenAt, problemAt, readAsText } from "../../reading/manifest-text.ts";
import { manifestOf } from "../../reading/package-use.ts";
import { cycloneDxJson, type SbomRead } from "./cyclonedx-json.ts";
import { cycloneDxXml } from "./cyclonedx-xml.ts";
import { sbomPackage } from "./sbom-package.ts";
import { spdxJson } from "./spdx-json.ts";
import { spdxRdf } from "./spdx-rdf.ts";
import { spdxTagValue } from "./spdx-tag-value.ts";
import { spdxYaml } from "./spdx-yaml.ts";
import { spdx3Json } from "./spdx3-json.ts";

const cycloneDxReader: PackageReader = {
  format: "CycloneDX",
  ecosystem: "Generic",
  matches: (path) => /(?:^|\/)(?:bom\.(?:json|xml)|[^/]*\.cdx\.(?:json|xml)|cyclonedx[^/]*\.(?:json|xml))$/i.test(path),
  alone: "always",
  read: (file) => readAsText(file, (text) => readSbom(text, "CycloneDX")),
};

const spdxReader: PackageReader = {
  format: "SPDX",
  ecosystem: "Generic",
  matches: (path) =>
    /\.spdx(?:\.(?:json|ya?ml|rdf|rdf\.xml))?$/i.test(path) || /(?:^|\/)[^/]*\.?spdx[^/]*\.json(?:ld)?$/i.test(path),
  alone: "always",
  read: (file) => readAsText(file, (text) => readSbom(text, "SPDX")),
};

export const readers: readonly PackageReader[] = [cycloneDxReader, spdxReader];

function readSbom(file: TextFile, format: string): PackagesRead {
  const read = contentOf(file);
  if (!read) {
    const message = `This is no ${format} document: its own marks were not found. No packages were read from it.`;
    const isEmpty = file.text.trim() === "";
    return { manifests: [], problems: isEmpty ? [] : [problemAt({ file, start: 0, end: 0 }, "syntax", message)] };
  }
  const { parts, root, trouble } = read;
  const drafts = parts.flatMap((part) => sbomPackage(part) ?? []);
  const hasGraph = drafts.some(({ wants }) => wants.length > 0);
  const packages = hasGraph ? linked(drafts) : drafts.map(({ use }) => use);
  const manifest = manifestOf({ path: file.path, format, ecosystem: "Generic", root, isLocked: true, packages });
  return { manifests: [manifest], problems: trouble ? [brokenAt(file, `${format} document`, trouble)] : [] };
}

/** Marks stand near the beginning or, in JSON, anywhere. */
function contentOf(file: TextFile): SbomRead | undefined {
  const { text } = file;
  const start = text.trimStart().slice(0, 2000);
  if (start.startsWith("{")) {
    if (/"bomFormat"\s*:\s*"CycloneDX"/.test(text)) return cycloneDxJson(file);
    if (/"spdxVersion"\s*:/.test(text)) return spdxJson(file);
    return /"@graph"\s*:/.test(text) && /"@context"\s*:[^,]{0,300}spdx/.test(text) ? spdx3Json(file) : undefined;
  }
  if (start.startsWith("<")) return /<(?:\w+:)?RDF\b/.test(start) ? spdxRdf(file) : cycloneDxXml(file);
  if (/^SPDXVersion:/m.test(text)) return spdxTagValue(file);
  return /^["']?spdxVersion["']?\s*:/m.test(text) ? spdxYaml(file) : undefined;
}
