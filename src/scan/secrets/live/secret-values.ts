/**
 * Secrets of one file with their values, for those who ask providers about them: found by the engine itself, never kept,
 * and only of rules that some provider can be asked about.
 */
import { type SecretValue, secretValue } from "#model/secret-value.ts";
import type { SourceFile } from "#model/source-file.ts";
import { judgeCandidates } from "../judgement/judge-candidates.ts";
import { fingerprintOf } from "../masking/fingerprint.ts";
import { pathFacts } from "../path-facts.ts";
import { secretRules } from "../rules.generated.ts";
import { type CompiledRules, compileRules } from "../search/compile-rules.ts";
import { decodeBytes, withoutMark } from "../search/decode-bytes.ts";
import { findCandidates } from "../search/find-candidates.ts";
import { planRules } from "../search/plan-rules.ts";
import { largestFile } from "../secrets-scanner.ts";
import { findCompanion } from "./find-companion.ts";
import { type FoundCheck, findLiveCheck, liveProviderOf } from "./find-live-check.ts";

export interface AskableSecret extends FoundCheck {
  readonly fingerprint: string;
  readonly value: SecretValue;
  /** What the file says that the check must know. */
  readonly companion: string | undefined;
}

let compiled: CompiledRules | undefined;

function compileAskable(): CompiledRules {
  const askable = secretRules.filter(({ id }) => liveProviderOf(id) !== undefined);
  return compileRules(askable, planRules(askable));
}

/** Each secret once, by its fingerprint; of those that `wanted` names. */
export function secretValues(
  file: SourceFile,
  { fingerprintKey, wanted }: { readonly fingerprintKey: Uint8Array; readonly wanted: ReadonlySet<string> },
): readonly AskableSecret[] {
  const facts = pathFacts(file.path);
  const decoded = facts && file.size <= largestFile ? decodeBytes(file.bytes()) : undefined;
  if (facts === undefined || decoded === undefined) return [];
  compiled ??= compileAskable();
  const bytes = withoutMark(Buffer.from(decoded.buffer, decoded.byteOffset, decoded.byteLength));
  const view = { bytes, facts };
  const secrets = new Map<string, AskableSecret>();
  for (const { rule, value, normalised, start } of judgeCandidates(findCandidates(compiled, view).found, view)) {
    const fingerprint = fingerprintOf(fingerprintKey, rule.family ?? rule.id, normalised);
    const found = wanted.has(fingerprint) && !secrets.has(fingerprint) ? findLiveCheck(rule.id, value) : undefined;
    if (!found) continue;
    const { companion } = found.check;
    const beside = companion && findCompanion(companion, bytes.toString("latin1"), start);
    secrets.set(fingerprint, { ...found, fingerprint, value: secretValue(value), companion: beside });
  }
  return [...secrets.values()];
}
