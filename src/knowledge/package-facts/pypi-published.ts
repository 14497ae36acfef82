/**
 * What a lock file must write down of one version of a Python package: its files, as the simple index lists them (in JSON, or in
 * HTML of PEP 503), and what its metadata says (PEP 658). Wrong shapes count as absent; a file without a sha256 hides the rest.
 */
import type { PublishedFile, PublishedVersion } from "#model/fix-plan.ts";
import { type Loose, looseList, looseObject, looseText, looseTexts, parseLoose } from "../loose-json.ts";
import { versionOfFile } from "./pypi-facts.ts";

const most = { files: 50_000, requirements: 1000, header: 2_000_000, attributes: 5000, tries: 3 };

/** A page of the simple index in the shape of its JSON; undefined if it is neither. */
export function readSimplePage(text: string): Loose | undefined {
  if (/^\s*\{/.test(text.slice(0, 1000))) return parseLoose(text);
  const files: Loose[] = [];
  for (const part of text.split(/<a(?=\s)/i, most.files).slice(1)) {
    const end = part.indexOf(">");
    const [attributes, label] = [part.slice(0, end), part.slice(end + 1, end + 500).split("<", 1)[0] ?? ""];
    if (end < 0 || end > most.attributes || label.trim() === "") continue;
    const [href = "", fragment = ""] = (attribute(attributes, "href") ?? "").split("#", 2);
    const sum = /^sha256=([0-9a-f]{64})$/i.exec(fragment)?.[1];
    const metadata = attribute(attributes, "data-core-metadata") ?? attribute(attributes, "data-dist-info-metadata");
    const metadataSum = /^sha256=([0-9a-f]{64})$/i.exec(metadata ?? "")?.[1];
    files.push({
      filename: unescaped(label.trim()),
      url: href,
      hashes: sum === undefined ? {} : { sha256: sum },
      ...(metadataSum !== undefined && { "core-metadata": { sha256: metadataSum } }),
    });
  }
  return files.length === 0 ? undefined : { files };
}

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "i").exec(attributes);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? undefined : unescaped(value);
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'" };

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (whole, name: string) => entities[name] ?? whole);
}

export interface Release {
  readonly files: readonly PublishedFile[];
  /** Where the metadata of its wheels may lie, and its sha256 if that is known; the likeliest first. */
  readonly metadata: readonly { readonly address: string; readonly sum?: string }[];
}

/** `page`: the address that file names are relative to. */
export function readRelease(
  project: Loose,
  { name, version, page }: { readonly name: string; readonly version: string; readonly page: string },
): Release | undefined {
  const own = looseList(project.files)
    .slice(0, most.files)
    .map(looseObject)
    .filter((file) => sameVersion(versionOfFile(looseText(file.filename) ?? "", name), version));
  const files = own.map((file) => publishedFile(file, page));
  if (files.length === 0 || files.includes(undefined)) return undefined;
  const wheels = own.filter((file) => looseText(file.filename)?.endsWith(".whl") && metadataOf(file) !== false);
  const metadata = wheels
    .toSorted((one, other) => rankOf(one) - rankOf(other))
    .slice(0, most.tries)
    .flatMap((wheel) => {
      const address = addressOf(wheel, page);
      const sum = looseText(looseObject(metadataOf(wheel)).sha256);
      if (address === undefined) return [];
      return [{ address: `${address}.metadata`, ...(sum !== undefined && { sum: sum.toLowerCase() }) }];
    });
  return { files: files as readonly PublishedFile[], metadata };
}

/** Those that are said to have it, then those for every machine. */
function rankOf(wheel: Loose): number {
  const isTold = metadataOf(wheel) !== undefined;
  return (isTold ? 0 : 2) + (looseText(wheel.filename)?.endsWith("-any.whl") ? 0 : 1);
}

/** Some indexes have it and do not say so; `false`: they say that they do not. */
function metadataOf(file: Loose): unknown {
  return file["core-metadata"] ?? file["dist-info-metadata"] ?? file["data-dist-info-metadata"];
}

function publishedFile(file: Loose, page: string): PublishedFile | undefined {
  const name = looseText(file.filename);
  const sum = looseText(looseObject(file.hashes).sha256);
  const url = addressOf(file, page);
  if (name === undefined || url === undefined || sum === undefined || !/^[0-9a-f]{64}$/i.test(sum)) return undefined;
  if (!/^[\w.!+~-]{1,300}$/.test(name)) return undefined;
  const { size } = file;
  const uploadedAt = looseText(file["upload-time"]);
  return {
    name,
    hash: `sha256:${sum.toLowerCase()}`,
    url,
    ...(typeof size === "number" && Number.isSafeInteger(size) && size >= 0 && { size }),
    ...(uploadedAt !== undefined && { uploadedAt }),
  };
}

function addressOf(file: Loose, page: string): string | undefined {
  const written = looseText(file.url);
  if (written === undefined || written.length > 2000 || !URL.canParse(written, page)) return undefined;
  const url = new URL(written, page);
  url.hash = "";
  return /^https?:$/.test(url.protocol) && !/["\\\s]/.test(url.href) ? url.href : undefined;
}

/** As names of files write it, where some characters stand for others. */
function sameVersion(written: string | undefined, version: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/^v/, "").replaceAll("%2b", "+").replaceAll("_", "-");
  return written !== undefined && plain(written) === plain(version);
}

type Described = Pick<PublishedVersion, "requirements" | "requiresPython" | "entry" | "licenses">;

/** The headers of a METADATA file; what stands behind them is a text for people. */
export function readMetadata(text: string): Described {
  const [head = ""] = text.slice(0, most.header).split(/\r?\n\r?\n/, 1);
  const fields: (readonly [string, string])[] = [];
  for (const line of head.split(/\r?\n/)) {
    const [, name, value] = /^([A-Za-z][A-Za-z-]{1,40}):[ \t]*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) fields.push([name.toLowerCase(), value.trim()]);
  }
  const all = (name: string) => fields.flatMap(([key, value]) => (key === name && value !== "" ? [value] : []));
  return described({
    requirements: all("requires-dist"),
    requiresPython: all("requires-python")[0],
    summary: all("summary")[0],
    license: all("license-expression")[0] ?? all("license")[0],
  });
}

/** `info` of the JSON that an index like PyPI has for each version; undefined if it does not tell what is required. */
export function readInfo(answer: Loose): Described | undefined {
  const info = looseObject(answer.info);
  if (!Array.isArray(info.requires_dist)) return undefined;
  return described({
    requirements: looseTexts(info.requires_dist, most.requirements + 1),
    requiresPython: looseText(info.requires_python),
    summary: looseText(info.summary),
    license: looseText(info.license_expression) ?? looseText(info.license),
  });
}

interface Told {
  readonly requirements: readonly string[];
  readonly requiresPython: string | undefined;
  readonly summary: string | undefined;
  readonly license: string | undefined;
}

function described({ requirements, requiresPython, summary, license }: Told): Described {
  return {
    ...(requirements.length <= most.requirements && { requirements }),
    ...(requiresPython !== undefined && { requiresPython }),
    entry: { summary: summary ?? "" },
    // Some have the whole text of the licence there.
    ...(license !== undefined && license.length <= 100 && { licenses: [license] }),
  };
}
