import type { Judged } from "../judgement/judge-candidates.ts";
import type { PathFacts } from "../paths/path-facts.ts";
import type { SecretRule } from "../rule/secret-rule.ts";
import { type Keystore, nobodysSignal, worthlessScore } from "./keystore.ts";

/** What a file is worth that is a key or a store of keys: what is judged is the whole file. */
export function judgeKeystore(
  { rule: id, identity, isOfNobody, ...stored }: Keystore,
  rules: readonly SecretRule[],
  facts: PathFacts,
): Judged | undefined {
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) return undefined;
  const isForTests = facts.sample && isOfNobody === true;
  return {
    rule,
    start: 0,
    end: 0,
    value: "",
    normalised: identity,
    score: isForTests ? worthlessScore : stored.score,
    formatOnly: false,
    malformed: false,
    signals: [
      ...stored.signals,
      ...(isForTests ? [nobodysSignal] : []),
      ...(facts.sample ? ["path of tests, examples or documentation"] : []),
    ],
  };
}
