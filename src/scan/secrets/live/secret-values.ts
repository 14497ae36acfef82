/**
 * Secrets of one file with their values, for those who ask providers about them: found by the engine itself, never kept,
 * and only of rules that some provider can be asked about.
 */
import { type SecretValue, secretValue } from "#model/secret-value.ts";
import type { SourceFile } from "#model/source-file.ts";
import { judgeCandidates } from "../judgement/judge-candidates.ts";
import { fingerprintOf } from "../masking/fingerprint.ts";
import { compiledOwnRules } from "../own-rules.ts";
import { pathFacts } from "../paths/path-facts.ts";
import { fileView } from "../search/file-view.ts";
import { findCandidates } from "../search/find-candidates.ts";
import { largestFile } from "../secrets-scanner.ts";
import { findCompanion } from "./find-companion.ts";
import { type FoundCheck, findLiveCheck } from "./find-live-check.ts";

export interface AskableSecret extends FoundCheck {
  readonly fingerprint: string;
  readonly value: SecretValue;
  /** What the file says that the check must know. */
  readonly companion: string | undefined;
}

/** Each secret once, by its fingerprint; of those that `wanted` names. */
export function secretValues(
  file: SourceFile,
  { fingerprintKey, wanted }: { readonly fingerprintKey: Uint8Array; readonly wanted: ReadonlySet<string> },
): readonly AskableSecret[] {
  const facts = pathFacts(file.path);
  const text = facts && file.size <= largestFile ? fileView(file.bytes(), facts) : undefined;
  if (text === undefined) return [];
  const { view } = text;
  const secrets = new Map<string, AskableSecret>();
  for (const { rule, value, normalised, start } of judgeCandidates(
    findCandidates(compiledOwnRules(), view).found,
    view,
  )) {
    const fingerprint = fingerprintOf(fingerprintKey, rule.family ?? rule.id, normalised);
    const found = wanted.has(fingerprint) && !secrets.has(fingerprint) ? findLiveCheck(rule.id, value) : undefined;
    if (!found) continue;
    const { companion } = found.check;
    const beside = companion && findCompanion(companion, view.bytes.toString("latin1"), start);
    secrets.set(fingerprint, { ...found, fingerprint, value: secretValue(value), companion: beside });
  }
  return [...secrets.values()];
}
