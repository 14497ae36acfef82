/** Makes hits: the exact text, where it belongs, and through which templates it came. */

import type { Severity } from "#model/severity.ts";
import type { Includer, PipelineNode, ScalarNode } from "../../formats/azure-pipeline/source-node.ts";
import { placeIn } from "../../formats/azure-pipeline/text-places.ts";
import type { Place } from "../../formats/text-file.ts";
import type { Hit } from "../cicd-rule.ts";

interface Words {
  readonly address: string;
  readonly why: string;
  readonly severity?: Severity | undefined;
}

export function hitAt(node: PipelineNode, words: Words): Hit {
  return { at: node.at, ...said(node, words) };
}

/** Of a stretch of a text. */
export function hitIn(node: ScalarNode, start: number, end: number, words: Words): Hit {
  return { at: placeIn(node, start, end), ...said(node, words) };
}

function said(node: PipelineNode, { address, why, severity }: Words): Omit<Hit, "at"> {
  const condition = node.when === undefined ? why : `${why}, if ${node.when.slice(0, 200)}`;
  const includedAt = callsOf(node.includer);
  return { address, why: condition, ...(severity && { severity }), ...(includedAt.length > 0 && { includedAt }) };
}

function callsOf(includer: Includer | undefined): readonly Place[] {
  const calls: Place[] = [];
  for (let at = includer; at && calls.length < 100; at = at.by) calls.push(at.at);
  return calls;
}
