/**
 * A few hundred advisories that come with the program, so that a demonstration has something to show before anything was
 * fetched. Facts only, old, and kept in memory; its status says that nothing is to be decided by it.
 */
import { readFileSync } from "node:fs";
import type { Advisory, KnownExploited, RuntimeRelease } from "#model/advisory.ts";
import { type Ecosystem, ecosystems } from "#model/ecosystem.ts";
import { packageKey } from "#model/package-key.ts";
import { groupRecords } from "../advisories/group-records.ts";
import { type MergedRecord, mergeAffected, mergeRecords } from "../advisories/merge-records.ts";
import { readOsvRecord } from "../advisories/osv-record.ts";
import type { KnowledgeStatus } from "../knowledge-status.ts";
import { type Loose, looseList, looseObject, looseText } from "../loose-json.ts";
import type { Knowledge } from "../open-knowledge.ts";
import { composeTitle } from "./weakness-names.ts";

interface SampleLists {
  readonly asOf: string;
  readonly knownExploited: Readonly<Record<string, KnownExploited>>;
  readonly runtimes: readonly RuntimeRelease[];
}

export function openSample(): Knowledge {
  // By name: this code may lie in the bundle (scripts/bundle.js), the records do not.
  const here = import.meta.resolve("#knowledge/sample/open-sample.ts");
  const read = (name: string) => readFileSync(new URL(name, here), "utf8");
  const lists = JSON.parse(read("lists.json")) as SampleLists;
  const records = read("records.jsonl")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Loose);
  const known = new Map<Ecosystem, ReadonlyMap<string, readonly Advisory[]>>();
  const advisoriesIn = (ecosystem: Ecosystem) => {
    const found = known.get(ecosystem) ?? readEcosystem(records, ecosystem);
    known.set(ecosystem, found);
    return found;
  };
  return {
    advisoriesOf: (ecosystem, name) => advisoriesIn(ecosystem).get(name) ?? [],
    // Scores change every day: those of one day would say nothing.
    exploitLikelihood: () => undefined,
    knownExploited: (cve) => (Object.hasOwn(lists.knownExploited, cve) ? lists.knownExploited[cve] : undefined),
    runtimes: lists.runtimes,
    status: () => sampleStatus(lists, records, advisoriesIn),
    close() {},
  };
}

function readEcosystem(records: readonly Loose[], ecosystem: Ecosystem): ReadonlyMap<string, readonly Advisory[]> {
  const read = records.flatMap((record) => readRecord(record, ecosystem) ?? []);
  const written = writtenNames(records, ecosystem);
  const byName = new Map<string, Advisory[]>();
  for (const group of groupRecords(read)) {
    const members = group.map((position) => read[position] as MergedRecord);
    const head = mergeRecords(ecosystem, members);
    for (const name of new Set(members.flatMap(({ packages }) => [...packages.keys()]))) {
      const title = head.isMalicious ? head.title : composeTitle(head.weaknesses, written.get(name) ?? name);
      const advisory = { ...head, title, affected: mergeAffected(ecosystem, members, name) };
      byName.set(name, [...(byName.get(name) ?? []), advisory]);
    }
  }
  return byName;
}

/** Names as people write them, by normalised name. */
function writtenNames(records: readonly Loose[], ecosystem: Ecosystem): ReadonlyMap<string, string> {
  const packages = records
    .flatMap((record) => looseList(record.affected))
    .map((one) => looseObject(looseObject(one).package));
  const names = packages.flatMap((one) => (one.ecosystem === ecosystem ? (looseText(one.name) ?? []) : []));
  return new Map(names.map((name) => [packageKey(ecosystem, name), name]));
}

/** Each names its source itself: ids tell which database gave them, not which one was read. */
function readRecord(record: Loose, ecosystem: Ecosystem): MergedRecord | undefined {
  const source = looseText(looseObject(record.database_specific).source) ?? "";
  const read = readOsvRecord(record, ecosystem, source);
  return read && read.packages.size > 0 ? { ...read, text: { ...read.text, source } } : undefined;
}

function sampleStatus(
  lists: SampleLists,
  records: readonly Loose[],
  advisoriesIn: (ecosystem: Ecosystem) => ReadonlyMap<string, readonly Advisory[]>,
): KnowledgeStatus {
  const newest =
    records
      .flatMap((record) => looseText(record.modified)?.slice(0, 10) ?? [])
      .sort()
      .at(-1) ?? "";
  const isNamed = (ecosystem: Ecosystem) =>
    records.some((record) =>
      looseList(record.affected).some((one) => looseObject(looseObject(one).package).ecosystem === ecosystem),
    );
  return {
    notice: "sample, not for decisions",
    version: `sample ${records.length} ${newest}`,
    ecosystems: ecosystems.filter(isNamed).map((ecosystem) => {
      const byName = advisoriesIn(ecosystem);
      const ids = new Set([...byName.values()].flat().map(({ id }) => id));
      return {
        ecosystem,
        advisories: ids.size,
        packages: byName.size,
        malicious: 0,
        unreadable: 0,
        bytes: 0,
        built: newest,
        asOf: newest,
      };
    }),
    sources: [],
    knownExploited: { rows: Object.keys(lists.knownExploited).length, asOf: lists.asOf },
    runtimes: { rows: lists.runtimes.length, asOf: lists.asOf },
    problems: [],
  };
}
