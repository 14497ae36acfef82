/** Settings that are JSON in a text: `jsonencode`, a heredoc with unknown parts, or already a structure. */
import { readJson } from "../../formats/json/read-json.ts";
import type { Node } from "../../formats/node.ts";
import type { Condition } from "../condition.ts";
import { locateFirst, type Path } from "../locate.ts";
import { unknownAt, type Verdict, worstOf } from "../verdict.ts";

/** The condition on what the text at the path says. Nothing there: `missing`. */
export function inJson(path: Path, condition: Condition, missing: Verdict["is"]): Condition {
  return (node, resource) =>
    worstOf(
      locateFirst(node, path).map((one): Verdict => {
        if (one.is === "unclear") return unknownAt(one.at, one.reason);
        if (one.is === "missing") return { is: missing, at: one.at };
        if (one.node.is === "block" || one.node.is === "list") return condition(one.node, resource);
        if (one.node.content) return condition(one.node.content, resource);
        const read = parsed(one.node);
        if (!read) return unknownAt(one.node.at, one.node.is === "unknown" ? one.node.reason : "it is no JSON");
        // Places within the text are not places of the file.
        return { ...condition(read, resource), at: one.node.at, edits: undefined };
      }),
    );
}

function parsed(node: Node): Node | undefined {
  const text = node.is === "unknown" ? node.text : node.is === "scalar" ? String(node.value) : undefined;
  if (text === undefined || !/^\s*[[{]/.test(text)) return undefined;
  return readJson({ path: node.at.file.path, text }).node;
}
