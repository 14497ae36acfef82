/** A range that asks for the new version, in the form in which the old one is written. */
import type { Ecosystem } from "#model/ecosystem.ts";
import { raisedText } from "../../vulnerabilities/fixes/raised-text.ts";

interface Step {
  readonly from: string;
  readonly to: string;
}

/** Undefined if no form is known in which it could be said. */
export function raisedRange(ecosystem: Ecosystem, range: string, { from, to }: Step): string | undefined {
  const span = { path: "", startLine: 1, startColumn: 1, endLine: 1, endColumn: range.length + 1 };
  const use = { ecosystem, name: "-", requirement: range, at: span, versionAt: span } as const;
  return raisedText({ ...use, relation: "direct", isDevelopment: false }, from, to)?.text;
}
