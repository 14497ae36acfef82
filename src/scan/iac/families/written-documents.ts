/** Settings that are a document in a text: `jsonencode`, a heredoc of JSON or YAML with unknown parts, or already a structure. */
import { readJson } from "../../formats/json/read-json.ts";
import type { Node } from "../../formats/node.ts";
import { readYaml } from "../../formats/yaml/read-yaml.ts";
import type { Condition } from "../condition.ts";
import { locateFirst, type Path } from "../locate.ts";
import { unknownAt, type Verdict, worstOf } from "../verdict.ts";

/** The document at the path satisfies the condition, which sees its structure. Nothing there: `missing`. */
export function inDocument(path: Path, condition: Condition, missing: Verdict["is"]): Condition {
  return (node, resource) =>
    worstOf(
      locateFirst(node, path).map((one): Verdict => {
        if (one.is === "unclear") return unknownAt(one.at, one.reason);
        if (one.is === "missing") return { is: missing, at: one.at };
        if (one.node.is === "block" || one.node.is === "list") return condition(one.node, resource);
        if (one.node.content) return condition(one.node.content, resource);
        const document = readText(one.node);
        if (!document) return unknownAt(one.node.at, one.node.is === "unknown" ? one.node.reason : "it is no document");
        // Places within the text are not places of the file.
        return { ...condition(document, resource), at: one.node.at, edits: undefined };
      }),
    );
}

function readText(node: Node): Node | undefined {
  const text = node.is === "unknown" ? node.text : node.is === "scalar" ? node.value : undefined;
  if (typeof text !== "string") return undefined;
  const file = { path: node.at.file.path, text };
  const document = /^\s*[[{]/.test(text) ? readJson(file).node : readYaml(file).documents[0]?.node;
  return document?.is === "block" || document?.is === "list" ? document : undefined;
}
