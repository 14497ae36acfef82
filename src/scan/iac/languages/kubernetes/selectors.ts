/** Does a label selector choose these labels? Undefined where a part of either is not known. */
import { child, itemsOf, type Node } from "../../../formats/node.ts";

export type Answer = boolean | undefined;

/** A selector with `matchLabels` and `matchExpressions`; an empty one chooses everything. */
export function selectorMatches(selector: Node | undefined, labels: Node | undefined): Answer {
  if (selector?.is === "unknown") return undefined;
  if (selector?.is !== "block") return false;
  const expressions = itemsOf(child(selector, "matchExpressions")).filter(isThere);
  return every([
    labelsMatch(child(selector, "matchLabels"), labels),
    ...expressions.map((one) => expressionMatches(one, labels)),
  ]);
}

/** A plain map of labels that all must be there. */
export function labelsMatch(wanted: Node | undefined, labels: Node | undefined): Answer {
  if (wanted === undefined || !isThere(wanted)) return true;
  if (wanted.is !== "block") return undefined;
  return every(wanted.keys().map((key) => sameText(wanted.get(key)?.value, labels, key)));
}

function expressionMatches(expression: Node, labels: Node | undefined): Answer {
  const key = plain(child(expression, "key"));
  const operator = plain(child(expression, "operator"));
  if (key === undefined || operator === undefined) return undefined;
  const found = labelOf(labels, key);
  if (found === undefined) return undefined;
  if (operator === "Exists") return found !== false;
  if (operator === "DoesNotExist") return found === false;
  const values = itemsOf(child(expression, "values")).map(plain);
  if (values.includes(undefined)) return undefined;
  const within = found !== false && values.includes(found);
  return operator === "In" ? within : operator === "NotIn" ? !within : undefined;
}

function sameText(wanted: Node | undefined, labels: Node | undefined, key: string): Answer {
  const found = labelOf(labels, key);
  const text = plain(wanted);
  if (found === false) return false;
  return found === undefined || text === undefined ? undefined : found === text;
}

/** The text of a label, false if it is not there, undefined if that is not known. */
function labelOf(labels: Node | undefined, key: string): string | false | undefined {
  if (labels === undefined || !isThere(labels)) return false;
  if (labels.is !== "block") return undefined;
  const member = labels.get(key);
  if (!member) return labels.open === undefined ? false : undefined;
  return plain(member.value);
}

function plain(node: Node | undefined): string | undefined {
  return node?.is === "scalar" && node.value !== null ? String(node.value) : undefined;
}

function isThere(node: Node): boolean {
  return !(node.is === "scalar" && node.value === null);
}

export function every(answers: readonly Answer[]): Answer {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}
