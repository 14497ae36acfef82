/** What makes two hits one finding: the rule, the file and what it belongs to, so that lines may move. */
import { hash } from "node:crypto";
import type { Rule } from "#model/rule.ts";
import type { Hit } from "./cicd-rule.ts";

export function fingerprintOfHit({ id }: Rule, { at, address, includedAt = [] }: Hit): string {
  // The same text of a template is one problem however many pipelines call it.
  return hash("sha256", [id, at.file.path, includedAt.length > 0 ? localAddress(address) : address].join("\0"));
}

/** Within a template only the last part of an address is its own. */
function localAddress(address: string): string {
  return address.slice(address.lastIndexOf("/") + 1);
}
