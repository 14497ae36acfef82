/**
 * Edits that are proven: each is applied, the pipeline is read and judged again, and then the finding must be gone, no other
 * may have come, and nothing may be harder to read. Those that do not touch each other are tried together first, so that
 * most pipelines are judged twice and no more.
 */
import type { Fix } from "#model/finding.ts";
import { spanOf } from "../../formats/text-file.ts";
import type { TextChange } from "../../iac/fixes/text-change.ts";
import { applyChanges } from "../../iac/fixes/text-change.ts";
import type { Edit, Hit } from "../cicd-rule.ts";
import { fingerprintOfHit } from "../fingerprint-of-hit.ts";
import type { Judged } from "../judged.ts";

export interface Editable {
  /** Of the repository, by their path; nothing else is edited. */
  readonly texts: ReadonlyMap<string, string>;
  /** With other texts; undefined if the pipeline cannot be read as well as before. */
  readonly judgeAgain: (texts: ReadonlyMap<string, string>) => readonly Judged[] | undefined;
}

interface Candidate {
  readonly fingerprint: string;
  readonly edits: readonly Edit[];
  readonly changes: readonly TextChange[];
}

/** So often a pipeline is judged again, and so much text is read for it; what is beyond gets no edit. */
const mostProofs = 20;
/** Findings of a pipeline that get an edit, and hits of a finding; what has more was written by a program. */
const mostCandidates = 100;
const mostHits = 100;
const mostText = 4_000_000;

/** By the fingerprint of the finding. */
export function proveEdits(judged: readonly Judged[], editable: Editable): ReadonlyMap<string, Fix> {
  const before = hitsOf(judged);
  const curable = [...before].filter(([, hits]) => hits.length <= mostHits && hits.every(({ edit }) => edit));
  const candidates = curable
    .slice(0, mostCandidates)
    .flatMap(([fingerprint, hits]) => candidateOf(fingerprint, hits, editable) ?? []);
  const proven = new Map<string, Fix>();
  if (candidates.length === 0) return proven;
  const length = [...editable.texts.values()].reduce((sum, text) => sum + text.length, 1);
  let left = Math.min(mostProofs, Math.floor(mostText / length));
  const tryOut = (round: readonly Candidate[]): boolean => {
    if (left-- <= 0 || !holds(round, before, editable)) return false;
    for (const candidate of round) proven.set(candidate.fingerprint, fixOf(candidate));
    return true;
  };
  for (const round of roundsOf(candidates)) {
    if (!tryOut(round) && round.length > 1) for (const candidate of round) tryOut([candidate]);
  }
  return proven;
}

function hitsOf(judged: readonly Judged[]): ReadonlyMap<string, readonly Hit[]> {
  const hits = judged.flatMap(({ rule, answer }) =>
    "is" in answer ? [] : answer.map((hit) => ({ hit, fingerprint: fingerprintOfHit(rule, hit) })),
  );
  const grouped = Map.groupBy(hits, ({ fingerprint }) => fingerprint);
  return new Map([...grouped].map(([fingerprint, same]) => [fingerprint, same.map(({ hit }) => hit)]));
}

/** All hits of one finding are cured, or none. */
function candidateOf(fingerprint: string, hits: readonly Hit[], { texts }: Editable): Candidate | undefined {
  const edits: Edit[] = [];
  for (const write of new Set(hits.map((hit) => hit.edit))) {
    const edit = write?.();
    if (!edit) return undefined;
    edits.push(edit);
  }
  const changes = withoutDoubles(edits.flatMap((edit) => edit.changes));
  const isOurs = changes.every(
    ({ place: { file } }) => !("repository" in file && file.repository) && texts.get(file.path) === file.text,
  );
  const isClear = changes.every((one, index) => !changes.slice(index + 1).some((other) => cross(one, other)));
  return isOurs && isClear && changes.length > 0 ? { fingerprint, edits, changes } : undefined;
}

function withoutDoubles(changes: readonly TextChange[]): readonly TextChange[] {
  return [...new Map(changes.map((change) => [nameOf(change), change])).values()];
}

function nameOf({ place: { file, start, end }, text }: TextChange): string {
  return `${file.path} ${start} ${end} ${text}`;
}

function roundsOf(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const rounds: Candidate[][] = [];
  for (const candidate of candidates) {
    const round = rounds.find((others) => others.every((other) => !touch(candidate, other)));
    if (round) round.push(candidate);
    else if (rounds.length < mostProofs) rounds.push([candidate]);
  }
  return rounds;
}

/** The same edit may be for two findings. */
function touch(one: Candidate, other: Candidate): boolean {
  return one.changes.some((change) =>
    other.changes.some((another) => nameOf(change) !== nameOf(another) && cross(change, another)),
  );
}

/** What ends where the other begins does not. */
function cross({ place: one }: TextChange, { place: other }: TextChange): boolean {
  if (one.file.path !== other.file.path) return false;
  return one.start === other.start || (one.start < other.end && other.start < one.end);
}

function holds(
  round: readonly Candidate[],
  before: ReadonlyMap<string, unknown>,
  { texts, judgeAgain }: Editable,
): boolean {
  const changes = withoutDoubles(round.flatMap((candidate) => candidate.changes));
  const changed = new Map(texts);
  for (const [path, own] of Map.groupBy(changes, ({ place }) => place.file.path))
    changed.set(path, applyChanges(texts.get(path) ?? "", own));
  const again = judgeAgain(changed);
  if (!again) return false;
  const after = new Set(hitsOf(again).keys());
  return (
    round.every(({ fingerprint }) => !after.has(fingerprint)) &&
    [...after].every((fingerprint) => before.has(fingerprint))
  );
}

function fixOf({ edits, changes }: Candidate): Fix {
  return {
    title: [...new Set(edits.map(({ title }) => title))].join("; "),
    safe: edits.every(({ safe }) => safe),
    edits: changes.map(({ place, text }) => ({ at: spanOf(place), text })),
  };
}
