/** Package URLs: the tests of the specification. `build` makes one of parts, `parse` takes one apart, others do both in turn. */

import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { formatPurl, type Purl, parsePurl } from "#scan/packages/purl.ts";
import { readJsonLines } from "./read-lines.ts";
import { judged, type Verdict } from "./verdict.ts";

interface PurlTest {
  readonly file: string;
  readonly description: string;
  readonly test_type: "build" | "parse" | "roundtrip" | "validate";
  readonly input: string | Readonly<Record<string, unknown>>;
  readonly expected_output?: unknown;
  readonly expected_failure: boolean;
}

export function purlVerdicts(folder: string): readonly Verdict[] {
  return readJsonLines<PurlTest>(join(folder, "purl.jsonl")).map((test) => {
    const group = test.file.replace(/^.*\/(.*?)-test\.json$/, "$1");
    const expected = test.expected_failure ? "none" : test.expected_output;
    const head = { group, id: `${test.test_type} ${test.description}: ${JSON.stringify(test.input)}`, expected };
    return judged(head, () => {
      const got = answerOf(test) ?? "none";
      return { agrees: isDeepStrictEqual(got, expected), got };
    });
  });
}

function answerOf({ test_type: kind, input }: PurlTest): unknown {
  if (typeof input !== "string") return formatPurl(withoutNulls(input));
  const purl = parsePurl(input);
  if (purl === undefined || kind !== "parse") return purl && formatPurl(purl);
  const { type, namespace = null, name, version = null, qualifiers = null, subpath = null } = purl;
  return { type, namespace, name, version, qualifiers, subpath };
}

function withoutNulls(parts: Readonly<Record<string, unknown>>): Purl {
  const given = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== null));
  return { type: "", name: "", ...given };
}
