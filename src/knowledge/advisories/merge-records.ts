/** Makes one advisory of the records of one problem: which id is shown, whose words are taken, whose ranges count. */
import type { Advisory, AffectedVersions } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { Named } from "./group-records.ts";
import type { RecordText } from "./osv-record.ts";

/** An advisory without what it says about one package. */
export type AdvisoryHead = Omit<Advisory, "affected">;

/** What is read of every advisory of a package that is asked for; details and references lie elsewhere. */
export interface StoredHead {
  readonly head: Omit<AdvisoryHead, "details" | "references">;
  readonly hasDetails: boolean;
}

export interface MergedRecord extends Named {
  readonly text: RecordText;
  readonly packages: ReadonlyMap<string, readonly AffectedVersions[]>;
}

/** The databases whose ids people of an ecosystem know; GitHub's everywhere else. */
const native: Partial<Record<Ecosystem, string>> = {
  Go: "GO-",
  "crates.io": "RUSTSEC-",
  PyPI: "PYSEC-",
  Hackage: "HSEC-",
  CRAN: "RSEC-",
  opam: "OSEC-",
};

const most = { aliases: 100, references: 30 };

export function mergeRecords(ecosystem: Ecosystem, records: readonly MergedRecord[]): AdvisoryHead {
  const ids = [...new Set(records.flatMap(({ id, aliases }) => [id, ...aliases]))].sort(
    (a, b) => rankOf(ecosystem, a) - rankOf(ecosystem, b) || compareText(a, b),
  );
  const [id = "", ...aliases] = ids;
  const texts = [...records]
    .sort((a, b) => rankOf(ecosystem, a.id) - rankOf(ecosystem, b.id) || compareText(a.id, b.id))
    .map(({ text }) => text);
  const title = texts.find((text) => text.title !== undefined)?.title;
  const details = texts.find((text) => text.details !== undefined)?.details;
  const published = texts.flatMap((text) => text.published ?? []).sort()[0];
  const modified = texts
    .flatMap((text) => text.modified ?? [])
    .sort()
    .at(-1);
  const severityWord = texts.find((text) => text.severityWord !== undefined)?.severityWord;
  const isMalicious = records.some((record) => record.id.startsWith("MAL-"));
  return {
    id,
    aliases: aliases.slice(0, most.aliases),
    isMalicious,
    title: title ?? `${id} in ${records[0]?.packages.keys().next().value ?? ecosystem}`,
    ...(details !== undefined && { details }),
    ...(published !== undefined && { published }),
    ...(modified !== undefined && { modified }),
    vectors: distinct(texts.flatMap((text) => text.vectors)),
    ...(severityWord !== undefined ? { severityWord } : isMalicious && { severityWord: "critical" as const }),
    weaknesses: distinct(texts.flatMap((text) => text.weaknesses)),
    references: distinct(texts.flatMap((text) => text.references)).slice(0, most.references),
    source: distinct(texts.map((text) => text.source)).join("; "),
  };
}

/**
 * What the records of one problem say about one package. Go's and Rust's own databases know which packages and functions of a
 * module are meant, and others repeat them without: where they speak, they alone do. Elsewhere all of it counts.
 */
export function mergeAffected(
  ecosystem: Ecosystem,
  records: readonly MergedRecord[],
  name: string,
): readonly AffectedVersions[] {
  const speaking = records.filter((record) => record.packages.has(name));
  const prefix = ecosystem === "Go" || ecosystem === "crates.io" ? native[ecosystem] : undefined;
  const own = prefix === undefined ? [] : speaking.filter((record) => record.id.startsWith(prefix));
  const affected = (own.length > 0 ? own : speaking).flatMap((record) => record.packages.get(name) ?? []);
  const seen = new Map(affected.map((one) => [JSON.stringify(one), one]));
  return [...seen.values()];
}

function rankOf(ecosystem: Ecosystem, id: string): number {
  const own = native[ecosystem];
  if (own !== undefined && id.startsWith(own)) return 0;
  if (id.startsWith("GHSA-")) return 1;
  if (id.startsWith("MAL-")) return 2;
  return id.startsWith("CVE-") ? 3 : 4;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
