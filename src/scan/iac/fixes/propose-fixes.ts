/**
 * Fixes that are proven: each edit is applied, the text is read again, and the policy must pass then. Where only the whole
 * unit can be read again, edits of different resources are tried together and those of one resource one after the other, so
 * that none passes by another's merit.
 */
import type { Fix } from "#model/finding.ts";
import type { SourceFile } from "#model/source-file.ts";
import { type Place, spanOf, type TextFile } from "../../formats/text-file.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import type { Evaluated } from "../evaluate.ts";
import type { Language } from "../language.ts";
import { inText } from "../literal-text.ts";
import type { Suggestion } from "../verdict.ts";
import { applyChanges, overlaps, type TextChange } from "./text-change.ts";
import { writeChange } from "./write-change.ts";

export interface FixableUnit {
  readonly root: string;
  readonly language: Language;
  readonly files: readonly SourceFile[];
}

interface Candidate {
  readonly failure: Evaluated;
  readonly changes: readonly TextChange[];
}

/** So many readings of a unit at most, and so much text read for single resources; what is beyond gets no fix. */
const mostRounds = 6;
const mostText = 64_000_000;
/** So many edits are held against each other. Templates of clouds have no more resources than some hundreds. */
const mostTogether = 5_000;

/** What was found out about an edit of a text, for the other units that the text is part of. */
const triedBefore = new WeakMap<TextFile, Map<string, boolean>>();

/** The fixes of those failures that have one. */
export function proposeFixes(unit: FixableUnit, failures: readonly Evaluated[]): ReadonlyMap<Evaluated, Fix> {
  const paths = new Set(unit.files.map(({ path }) => path));
  const candidates = failures.flatMap((failure) => candidateOf(failure, paths) ?? []);
  const known = Map.groupBy(candidates, (candidate) => triesOf(candidate).get(nameOf(candidate)));
  const [alone, together] = divided(known.get(undefined) ?? []);
  const proven = new Set([...provenAlone(alone), ...roundsOf(together).flatMap((round) => provenOf(unit, round))]);
  for (const candidate of [...alone, ...together]) triesOf(candidate).set(nameOf(candidate), proven.has(candidate));
  return new Map(
    [...(known.get(true) ?? []), ...proven].map(({ failure, changes }) => [failure, fixOf(failure, changes)]),
  );
}

function triesOf({ failure: { resource } }: Candidate): Map<string, boolean> {
  const { file } = resource.at;
  const before = triedBefore.get(file);
  if (before) return before;
  const tries = new Map<string, boolean>();
  triedBefore.set(file, tries);
  return tries;
}

function nameOf({ failure: { policy, resource }, changes }: Candidate): string {
  const edits = changes.map(({ place: { file, start, end }, text }) => `${file.path} ${start} ${end} ${text}`);
  return [policy.id, resource.at.start, ...edits].join("\n");
}

function divided(candidates: readonly Candidate[]): readonly [readonly Candidate[], readonly Candidate[]] {
  return [candidates.filter(isOfOwnBlock), candidates.filter((candidate) => !isOfOwnBlock(candidate))];
}

/** Resources that can be read anew by themselves, and whose edits are all in their own block. */
function isOfOwnBlock({ failure: { resource }, changes }: Candidate): boolean {
  return resource.rewritten !== undefined && changes.every(({ place }) => isWithin(place, resource.at));
}

function provenAlone(candidates: readonly Candidate[]): readonly Candidate[] {
  let read = 0;
  return candidates.filter(({ failure: { resource, condition }, changes }) => {
    const { text } = resource.at.file;
    read += text.length;
    if (read > mostText) return false;
    const changedAt = Math.min(...changes.map(({ place }) => place.start));
    const again = resource.rewritten?.(applyChanges(text, changes), changedAt);
    return again !== undefined && condition(again.body, again).is === "pass";
  });
}

function candidateOf(failure: Evaluated, paths: ReadonlySet<string>): Candidate | undefined {
  const { edits = [] } = failure.verdict;
  if (edits.length === 0) return undefined;
  const changes = edits.map(writeChange);
  const written = changes.filter((change) => change !== undefined && paths.has(change.place.file.path));
  return written.length === edits.length ? { failure, changes: withoutDoubles(written as TextChange[]) } : undefined;
}

/** Several values that come from one text need one edit. */
function withoutDoubles(changes: readonly TextChange[]): readonly TextChange[] {
  const seen = new Set<string>();
  return changes.filter(({ place: { file, start, end }, text }) => {
    const key = `${file.path} ${start} ${end} ${text}`;
    return !seen.has(key) && seen.add(key);
  });
}

function roundsOf(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const rounds: {
    readonly resources: Set<unknown>;
    readonly own: Candidate[];
    readonly byFile: Map<string, TextChange[]>;
  }[] = [];
  for (const candidate of candidates.slice(0, mostTogether)) {
    const { resource } = candidate.failure;
    let round = rounds.find(
      ({ resources, byFile }) =>
        !resources.has(resource) &&
        candidate.changes.every(
          (change) => !byFile.get(change.place.file.path)?.some((other) => overlaps(change, other)),
        ),
    );
    if (!round) {
      if (rounds.length >= mostRounds) continue;
      round = { resources: new Set(), own: [], byFile: new Map() };
      rounds.push(round);
    }
    round.resources.add(resource);
    round.own.push(candidate);
    for (const change of candidate.changes) {
      const { path } = change.place.file;
      const others = round.byFile.get(path);
      if (others) others.push(change);
      else round.byFile.set(path, [change]);
    }
  }
  return rounds.map(({ own }) => own);
}

function provenOf({ root, language, files }: FixableUnit, round: readonly Candidate[]): readonly Candidate[] {
  const changes = Map.groupBy(
    round.flatMap((candidate) => candidate.changes),
    ({ place }) => place.file.path,
  );
  const { resources, problems } = language.read({
    root,
    files: files.map((file) => changed(file, changes.get(file.path))),
    only: round.map(({ failure: { resource } }) => resource.address),
  });
  const broken = new Set(problems.filter(({ isNotice }) => !isNotice).map(({ path }) => path));
  const byAddress = Map.groupBy(resources, ({ address }) => address);
  return round.filter(({ failure: { resource, condition }, changes: own }) => {
    if (own.some(({ place }) => broken.has(place.file.path))) return false;
    const again = byAddress.get(resource.address) ?? [];
    const [only] = again;
    return again.length === 1 && only !== undefined && condition(only.body, only).is === "pass";
  });
}

function changed(file: SourceFile, changes: readonly TextChange[] | undefined): SourceFile {
  const text = changes && file.text();
  if (text === undefined || !changes) return file;
  return sourceFileOf(file.path, file.objectId, new TextEncoder().encode(applyChanges(text, changes)));
}

function fixOf({ verdict, resource }: Evaluated, changes: readonly TextChange[]): Fix {
  const { edits = [] } = verdict;
  const isOwn = changes.every(({ place }) => isWithin(place, resource.at));
  return {
    title: edits
      .map(wordsFor)
      .filter((words, index, all) => all.indexOf(words) === index)
      .join("; "),
    // A removed setting, or a value that others may use too, can change more than this.
    safe: isOwn && edits.every(({ is }) => is !== "remove"),
    edits: changes.map(({ place, text }) => ({ at: spanOf(place), text })),
  };
}

function isWithin(inner: Place, outer: Place): boolean {
  return inner.file.path === outer.file.path && inner.start >= outer.start && inner.end <= outer.end;
}

function wordsFor(suggestion: Suggestion): string {
  if (suggestion.is === "add") return `Add ${suggestion.path.join(".")} = ${inText([suggestion.value].flat())}`;
  if (suggestion.is === "set") {
    return `Set ${nameBefore(suggestion.node.at) ?? "it"} to ${inText([suggestion.value].flat())}`;
  }
  const { file, start, end } = suggestion.member.key;
  return `Remove ${file.text.slice(start, end)}`;
}

/** What a value is assigned to, where that stands before it on its line. */
function nameBefore({ file, start }: Place): string | undefined {
  const before = file.text.slice(Math.max(0, start - 200, file.text.lastIndexOf("\n", start - 1) + 1), start);
  return /(?:^|[\s{,([])["']?([\w.$-]{1,100})["']?\s*[:=]\s*["']?$/.exec(before)?.[1];
}
