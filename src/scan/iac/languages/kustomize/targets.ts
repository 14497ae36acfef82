/** Which objects a patch or a replacement is for. Names are patterns that must match whole; they are matched in linear time. */

import { matchAll } from "../../../formats/hcl/functions/regex/match-regex.ts";
import { child, type Node, textOf } from "../../../formats/node.ts";
import { compileRegex } from "../../../formats/patterns/compile-regex.ts";
import { groupOf, type KustomizedObject, kindOf, nameOf, versionOf } from "./kustomized-object.ts";

/** Says which objects a selector chooses: those that all of its fields fit. It is asked of every object. */
export function selectorOf(selector: Node | undefined): (object: KustomizedObject) => boolean {
  if (selector?.is !== "block") return () => false;
  const [group, version, kind, name, namespace] = ["group", "version", "kind", "name", "namespace"].map((key) =>
    patternOf(child(selector, key)),
  );
  const labels = textOf(child(selector, "labelSelector"));
  const annotations = textOf(child(selector, "annotationSelector"));
  return ({ body, names, namespaces }) =>
    (!name || names.some(name)) &&
    (!kind || kind(kindOf(body))) &&
    (!namespace || namespaces.some(namespace)) &&
    (!group || group(groupOf(body))) &&
    (!version || version(versionOf(body))) &&
    hasLabels(child(child(body, "metadata"), "labels"), labels) &&
    hasLabels(child(child(body, "metadata"), "annotations"), annotations);
}

/** The object that a patch names itself: by kind, group and name. */
export function isNamedBy(object: KustomizedObject, patch: Node): boolean {
  const namespace = textOf(child(child(patch, "metadata"), "namespace"));
  return (
    kindOf(object.body) === kindOf(patch) &&
    groupOf(object.body) === groupOf(patch) &&
    object.names.includes(nameOf(patch)) &&
    (namespace === undefined || object.namespaces.includes(namespace))
  );
}

type Pattern = (text: string) => boolean;

/** Undefined where everything fits. */
function patternOf(wanted: Node | undefined): Pattern | undefined {
  if (wanted?.is !== "scalar" || wanted.value === null || wanted.value === "") return undefined;
  const pattern = String(wanted.value);
  if (/^[\w-]*$/.test(pattern)) return (text) => text === pattern;
  const program = compileRegex(`^(?:${pattern})$`);
  if ("refused" in program) return (text) => text === pattern;
  return (text) => {
    if (text === pattern) return true;
    const found = matchAll(program, text);
    return Array.isArray(found) && found.length > 0;
  };
}

/** Selectors as on a command line: `a=b`, `a!=b`, `a in (b, c)`, `a notin (b)`, `a`, `!a`. */
function hasLabels(labels: Node | undefined, selector: string | undefined): boolean {
  if (selector === undefined || selector.trim() === "") return true;
  return [...selector.matchAll(/([^,()]|\([^()]*\))+/g)].every(([part]) => {
    const [, key = "", operator = "", values = ""] =
      /^\s*(!?[\w./-]+)\s*(?:(==?|!=|\bin\b|\bnotin\b)\s*(.*?))?\s*$/.exec(part) ?? [];
    const value = child(labels, key.replace(/^!/, ""));
    const text = value?.is === "scalar" && value.value !== null ? String(value.value) : undefined;
    const wanted = values
      .replace(/^\(|\)$/g, "")
      .split(",")
      .map((one) => one.trim());
    if (operator === "") return key.startsWith("!") ? text === undefined : text !== undefined;
    const isIn = text !== undefined && wanted.includes(text);
    return operator === "!=" || operator === "notin" ? !isIn : isIn;
  });
}
