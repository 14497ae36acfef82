/** Submodules: which steps check them out, and the addresses that `.gitmodules` holds. */
import { isTrue, textOf, valueAt } from "../../formats/azure-pipeline/source-node.ts";
import type { Step } from "./pipeline.ts";

export function checksOutSubmodules({ node }: Step): boolean {
  const value = valueAt(node, "submodules");
  return isTrue(value) || /^recursive$/i.test(textOf(value) ?? "");
}

const mostSubmodules = 1000;

/** As they are written; relative ones begin with a dot. */
export function submoduleAddresses(text: string): readonly string[] {
  const lines = text.slice(0, 1_000_000).matchAll(/^[ \t]*url[ \t]*=[ \t]*"?([^\s"]{1,2000})/gm);
  return [...lines].slice(0, mostSubmodules).map(([, address = ""]) => address);
}
