/**
 * Statements of IAM policy documents, however they are written: JSON text, `jsonencode`, a heredoc with unknown parts, a
 * CloudFormation object, or the blocks of `data.aws_iam_policy_document`.
 */

import { readJson } from "../../formats/json/read-json.ts";
import { child, itemsOf, type Node, textOf } from "../../formats/node.ts";
import type { Place } from "../../formats/text-file.ts";
import type { Condition } from "../condition.ts";
import { locateFirst, type Path } from "../locate.ts";
import { failAt, passAt, unknownAt, type Verdict, worstOf } from "../verdict.ts";

export interface Statement {
  readonly effect: "Allow" | "Deny" | undefined;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** `*`, account numbers, ARNs, services; of every type. */
  readonly principals: readonly string[];
  readonly hasNotPrincipal: boolean;
  /** Of the principals, those behind an identity provider. */
  readonly federated: readonly string[];
  readonly hasCondition: boolean;
  readonly conditions: readonly StatementCondition[];
  /** Names of condition keys in lower case: `aws:sourcearn`. */
  readonly conditionKeys: readonly string[];
  /** Actions, resources or principals hold something that is not known. */
  readonly isOpen: boolean;
  readonly at: Place;
}

interface StatementCondition {
  /** In lower case. */
  readonly key: string;
  readonly values: readonly string[];
  /** Some values are not known. */
  readonly isOpen: boolean;
}

export interface StatementOptions {
  /** The result if there is no document. */
  readonly missing?: "pass" | "fail" | "none";
  /** What is wrong with a statement, for people. */
  readonly why: string;
}

/** No statement of the document at the path is as described. A document that cannot be read gives unknown. */
export function noStatement(
  path: Path,
  isWrong: (statement: Statement) => boolean,
  options: StatementOptions,
): Condition {
  return noWrongIn(path, (statements) => statements.find(isWrong), options);
}

/** As `noStatement`, where only all statements together tell whether one is wrong. */
export function noWrongIn(
  path: Path,
  findWrong: (statements: readonly Statement[]) => Statement | undefined,
  options: StatementOptions,
): Condition {
  return (node) => {
    const { missing = "pass" } = options;
    return worstOf(
      locateFirst(node, path).flatMap((one): readonly Verdict[] => {
        if (one.is === "unclear") return [unknownAt(one.at, one.reason)];
        if (one.is === "missing") return [{ is: missing, at: one.at }];
        return itemsOf(one.node).map((document) =>
          document.is === "scalar" && document.value === ""
            ? { is: missing, at: document.at }
            : judgeDocument(document, findWrong, options.why),
        );
      }),
    );
  };
}

function judgeDocument(
  document: Node,
  findWrong: (statements: readonly Statement[]) => Statement | undefined,
  why: string,
): Verdict {
  const statements = statementsOf(document);
  if (!statements) return unknownAt(document.at, document.is === "unknown" ? document.reason : "no policy document");
  const wrong = findWrong(statements);
  if (wrong) return failAt(wrong.at, why);
  return statements.some(({ isOpen }) => isOpen)
    ? unknownAt(document.at, "part of the policy is not known")
    : passAt(document.at);
}

const known = new WeakMap<Node, readonly Statement[]>();

/** Undefined if the document cannot be known. */
export function statementsOf(document: Node): readonly Statement[] | undefined {
  const before = known.get(document);
  if (before) return before;
  const statements = readStatements(document, true);
  if (statements) known.set(document, statements);
  return statements;
}

/** Blocks of Terraform include other documents; their texts have all statements. */
const includes = ["source_policy_documents", "override_policy_documents", "source_json", "override_json"] as const;

function readStatements(document: Node, withIncluded: boolean): readonly Statement[] | undefined {
  const read = documentOf(document);
  if (!read) return undefined;
  const written = memberOf(read.node, ["Statement", "statement"]);
  const statements = itemsOf(written).flatMap((node) =>
    node.is === "block" ? [statementOf(node, read.isText ? document.at : node.at)] : [],
  );
  const isOpen = written?.is === "unknown" || (written?.is === "list" && written.open !== undefined);
  if (isOpen) statements.push(unknownStatement(document.at));
  for (const name of withIncluded ? includes : []) {
    const included = memberOf(read.node, [name]);
    if (included?.is === "list" && included.open !== undefined) statements.push(unknownStatement(included.at));
    for (const one of itemsOf(included)) {
      statements.push(...(readStatements(one, false) ?? [unknownStatement(one.at)]));
    }
  }
  return statements;
}

function unknownStatement(at: Place): Statement {
  const nothing = { actions: [], notActions: [], resources: [], notResources: [], principals: [], federated: [] };
  const noCondition = { hasNotPrincipal: false, hasCondition: false, conditions: [], conditionKeys: [] };
  return { effect: undefined, ...nothing, ...noCondition, isOpen: true, at };
}

function documentOf(node: Node): { readonly node: Node; readonly isText: boolean } | undefined {
  if (node.is === "block") return { node, isText: false };
  if (node.is === "list") return undefined;
  if (node.content) return documentOf(node.content);
  const text = node.is === "unknown" ? node.text : typeof node.value === "string" ? node.value : undefined;
  if (text === undefined || !text.includes("{")) return undefined;
  const { node: parsed } = readJson({ path: node.at.file.path, text });
  return parsed?.is === "block" ? { node: parsed, isText: true } : undefined;
}

function statementOf(node: Node, at: Place): Statement {
  const effect = textsOf(memberOf(node, ["Effect", "effect"])).texts[0];
  const parts = {
    actions: textsOf(memberOf(node, ["Action", "actions"])),
    notActions: textsOf(memberOf(node, ["NotAction", "not_actions"])),
    resources: textsOf(memberOf(node, ["Resource", "resources"])),
    notResources: textsOf(memberOf(node, ["NotResource", "not_resources"])),
    principals: principalsOf(memberOf(node, ["Principal", "principals"])),
  };
  const condition = memberOf(node, ["Condition", "condition"]);
  const conditions = conditionsOf(condition);
  return {
    // In the blocks of Terraform the effect may be left out.
    effect: effect === "Deny" ? "Deny" : effect === "Allow" || effect === undefined ? "Allow" : undefined,
    actions: parts.actions.texts,
    notActions: parts.notActions.texts,
    resources: parts.resources.texts,
    notResources: parts.notResources.texts,
    principals: parts.principals.texts,
    hasNotPrincipal: memberOf(node, ["NotPrincipal", "not_principals"]) !== undefined,
    federated: federatedOf(memberOf(node, ["Principal", "principals"])),
    hasCondition: condition !== undefined,
    conditions,
    conditionKeys: conditions.map(({ key }) => key),
    isOpen: Object.values(parts).some(({ isOpen }) => isOpen),
    at,
  };
}

function memberOf(node: Node, names: readonly string[]): Node | undefined {
  for (const name of names) {
    const found = child(node, name);
    if (found && !(found.is === "scalar" && found.value === null) && !(found.is === "list" && found.items.length === 0))
      return found;
  }
  return undefined;
}

interface Texts {
  readonly texts: readonly string[];
  readonly isOpen: boolean;
}

/** What is known of an unknown text is kept with its `${...}`; only what is not known at all leaves the statement open. */
function textsOf(node: Node | undefined): Texts {
  const texts: string[] = [];
  let isOpen = false;
  for (const item of itemsOf(node)) {
    if (item.is === "scalar" && item.value !== null) texts.push(String(item.value));
    else if (item.is === "unknown" && item.text !== undefined) texts.push(item.text);
    // A reference to a resource is a certain one, never all of them.
    else if (item.is === "unknown" && item.refs.length > 0) texts.push(`\${${item.refs[0]}}`);
    else if (item.is === "unknown") isOpen = true;
    else if (item.is === "list") texts.push(...textsOf(item).texts);
  }
  return { texts, isOpen: isOpen || (node?.is === "list" && node.open !== undefined) };
}

/** `"*"`, `{ AWS: [...] }`, or blocks with identifiers. */
function principalsOf(node: Node | undefined): Texts {
  const all = itemsOf(node).map((item): Texts => {
    if (item.is !== "block") return textsOf(item);
    const identifiers = child(item, "identifiers");
    if (identifiers) return textsOf(identifiers);
    const members = item.keys().map((key) => textsOf(item.get(key)?.value));
    return { texts: members.flatMap(({ texts }) => texts), isOpen: members.some(({ isOpen }) => isOpen) };
  });
  return { texts: all.flatMap(({ texts }) => texts), isOpen: all.some(({ isOpen }) => isOpen) };
}

function federatedOf(node: Node | undefined): readonly string[] {
  return itemsOf(node).flatMap((item) => {
    if (textOf(child(item, "type")) === "Federated") return textsOf(child(item, "identifiers")).texts;
    return textsOf(child(item, "Federated")).texts;
  });
}

/** `{ StringEquals = { key = values } }`, or blocks with variable and values. */
function conditionsOf(node: Node | undefined): readonly StatementCondition[] {
  return itemsOf(node).flatMap((item): readonly StatementCondition[] => {
    if (item.is !== "block") return [];
    const variable = child(item, "variable");
    if (variable) {
      const { texts: values, isOpen } = textsOf(child(item, "values"));
      return textsOf(variable).texts.map((text) => ({ key: text.toLowerCase(), values, isOpen }));
    }
    return item.keys().flatMap((operator) => {
      const keys = child(item, operator);
      if (keys?.is !== "block") return [];
      return keys.keys().map((key) => {
        const { texts: values, isOpen } = textsOf(child(keys, key));
        return { key: key.toLowerCase(), values, isOpen };
      });
    });
  });
}

/** Does an action pattern (`s3:*`, `iam:Pass*`) cover an action? Without regard to case; in time of their lengths. */
export function coversAction(pattern: string, action: string): boolean {
  const [wanted, name] = [pattern.toLowerCase(), action.toLowerCase()];
  let [at, star, after] = [0, -1, 0];
  let position = 0;
  while (position < name.length) {
    if (wanted[at] === "*") {
      star = at;
      at += 1;
      after = position;
    } else if (at < wanted.length && (wanted[at] === "?" || wanted[at] === name[position])) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      // The star takes one letter more.
      at = star + 1;
      after += 1;
      position = after;
    } else return false;
  }
  while (wanted[at] === "*") at += 1;
  return at === wanted.length;
}

/** Anyone: the star alone, or in place of the account. */
export function isAnyone(statement: Statement): boolean {
  return statement.principals.some((principal) => principal === "*" || /^arn:[^:]*:iam::\*:/.test(principal));
}

/** Allowed to anyone, and no condition narrows it: public. */
export function isPublic(statement: Statement): boolean {
  return allows(statement) && isAnyone(statement) && !statement.hasCondition;
}

export function allows(statement: Statement): boolean {
  return statement.effect === "Allow";
}
