/** CVSS: the score of a vector, as published or as the reference calculator has it. */
import { join } from "node:path";
import { severityOf } from "#scan/vulnerabilities/severity-of.ts";
import { readJsonLines } from "./read-lines.ts";
import { judged, type Verdict } from "./verdict.ts";

interface ScoredVector {
  readonly version: string;
  readonly vector: string;
  readonly score: number;
  readonly kind: string;
}

export function cvssVerdicts(folder: string): readonly Verdict[] {
  return readJsonLines<ScoredVector>(join(folder, "cvss.jsonl")).map(({ version, vector, score, kind }) =>
    judged({ group: `${version} ${kind}`, id: vector, expected: score }, () => {
      const got = severityOf([vector])?.score;
      return { agrees: got === score, got };
    }),
  );
}
