/**
 * Fixes that are proven: each edit is applied to the files of the unit, which is read again, and the policy must pass then.
 * Edits of different resources are tried together, those of one resource one after the other, so that none passes by
 * another's merit.
 */
import type { Fix } from "#model/finding.ts";
import type { SourceFile } from "#model/source-file.ts";
import { spanOf } from "../../formats/text-file.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import type { Catalogue } from "../catalogue.ts";
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
  readonly catalogue: Catalogue;
}

interface Candidate {
  readonly failure: Evaluated;
  readonly changes: readonly TextChange[];
}

/** So many readings of a unit at most; what did not get its turn gets no fix. */
const mostRounds = 24;

/** The fixes of those failures that have one. */
export function proposeFixes(unit: FixableUnit, failures: readonly Evaluated[]): ReadonlyMap<Evaluated, Fix> {
  const paths = new Set(unit.files.map(({ path }) => path));
  const candidates = failures.flatMap((failure) => candidateOf(failure, paths) ?? []);
  const fixes = new Map<Evaluated, Fix>();
  for (const round of roundsOf(candidates)) {
    for (const { failure, changes } of provenOf(unit, round)) fixes.set(failure, fixOf(failure, changes));
  }
  return fixes;
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
  for (const candidate of candidates) {
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
      round.byFile.set(path, [...(round.byFile.get(path) ?? []), change]);
    }
  }
  return rounds.map(({ own }) => own);
}

function provenOf(
  { root, language, files, catalogue }: FixableUnit,
  round: readonly Candidate[],
): readonly Candidate[] {
  const changes = Map.groupBy(
    round.flatMap((candidate) => candidate.changes),
    ({ place }) => place.file.path,
  );
  const { resources, problems } = language.read({
    root,
    files: files.map((file) => changed(file, changes.get(file.path))),
  });
  const broken = new Set(problems.map(({ path }) => path));
  const byAddress = Map.groupBy(resources, ({ address }) => address);
  return round.filter(({ failure, changes: own }) => {
    if (own.some(({ place }) => broken.has(place.file.path))) return false;
    const again = byAddress.get(failure.resource.address) ?? [];
    return (
      again.length === 1 &&
      again.every((resource) => {
        const asked = catalogue.asks(resource).find(({ policy }) => policy.id === failure.policy.id);
        return asked?.condition(resource.body, resource).is === "pass";
      })
    );
  });
}

function changed(file: SourceFile, changes: readonly TextChange[] | undefined): SourceFile {
  const text = changes && file.text();
  if (text === undefined || !changes) return file;
  return sourceFileOf(file.path, file.objectId, new TextEncoder().encode(applyChanges(text, changes)));
}

function fixOf({ verdict, resource }: Evaluated, changes: readonly TextChange[]): Fix {
  const { edits = [] } = verdict;
  const isOwn = changes.every(({ place }) => place.file.path === resource.at.file.path && isWithin(place, resource.at));
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

function isWithin(inner: TextChange["place"], outer: TextChange["place"]): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function wordsFor(suggestion: Suggestion): string {
  if (suggestion.is === "add") return `Add ${suggestion.path.join(".")} = ${inText([suggestion.value].flat())}`;
  if (suggestion.is === "set") return `Set it to ${inText([suggestion.value].flat())}`;
  const { file, start, end } = suggestion.member.key;
  return `Remove ${file.text.slice(start, end)}`;
}
