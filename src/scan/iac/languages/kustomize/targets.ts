/** Which objects a patch or a replacement is for. Names are patterns that must match whole; they are matched in linear time. */

import { matchAll } from "../../../formats/hcl/functions/regex/match-regex.ts";
import { child, type Node, textOf } from "../../../formats/node.ts";
import { compileRegex } from "../../../formats/patterns/compile-regex.ts";
import { groupOf, type KustomizedObject, kindOf, nameOf, versionOf } from "./kustomized-object.ts";

/** A selector of fields, all of which must fit. */
export function isSelected(object: KustomizedObject, selector: Node | undefined): boolean {
  if (selector?.is !== "block") return false;
  const { body } = object;
  const fits = (key: string, values: readonly string[]): boolean => {
    const wanted = child(selector, key);
    if (wanted?.is !== "scalar" || wanted.value === null || wanted.value === "") return true;
    return values.some((value) => matchesWhole(String(wanted.value), value));
  };
  return (
    fits("group", [groupOf(body)]) &&
    fits("version", [versionOf(body)]) &&
    fits("kind", [kindOf(body)]) &&
    fits("name", object.names) &&
    fits("namespace", object.namespaces) &&
    hasLabels(child(child(body, "metadata"), "labels"), textOf(child(selector, "labelSelector"))) &&
    hasLabels(child(child(body, "metadata"), "annotations"), textOf(child(selector, "annotationSelector")))
  );
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

function matchesWhole(pattern: string, text: string): boolean {
  if (pattern === text) return true;
  if (/^[\w-]*$/.test(pattern)) return false;
  const program = compileRegex(`^(?:${pattern})$`);
  if ("refused" in program) return false;
  const found = matchAll(program, text);
  return Array.isArray(found) && found.length > 0;
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
