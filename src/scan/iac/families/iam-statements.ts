/**
 * Statements of IAM policy documents, however they are written: JSON text, `jsonencode`, a heredoc with unknown parts, a
 * CloudFormation object, or the blocks of `data.aws_iam_policy_document`.
 */

import { readJson } from "../../formats/json/read-json.ts";
import { itemsOf, type Node } from "../../formats/node.ts";
import type { Place } from "../../formats/text-file.ts";
import type { Condition } from "../condition.ts";
import { locateFirst, type Path } from "../locate.ts";
import { type Deciding, decidedBy, failAt, passAt, unknownAt, type Verdict, worstOf } from "../verdict.ts";
import {
  areOpen,
  conditionsOf,
  federatedOf,
  memberOf,
  principalsOf,
  type StatementCondition,
  textsOf,
} from "./statement-texts.ts";

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
  /** Some of the conditions are not known, neither their keys. */
  readonly hasOpenConditions: boolean;
  /** The effect, or something of actions, resources or principals, is not known. */
  readonly isOpen: boolean;
  readonly at: Place;
  /** Where the text of the whole document stands, if it came from elsewhere. */
  readonly from?: Place | undefined;
  /** The values that were read. */
  readonly written: Readonly<Partial<Record<Part, Node | undefined>>>;
  /** Where one of them comes from, if that is elsewhere. */
  readonly originOf: (value: Node) => Place | undefined;
}

const partNames = ["actions", "notActions", "resources", "notResources", "principals"] as const;
type Part = (typeof partNames)[number];

export interface StatementOptions {
  /** The result if there is no document. */
  readonly missing?: "pass" | "fail" | "none";
  /** What is wrong with a statement, for people. */
  readonly why: string;
  /** It cannot be told whether the statement is wrong. */
  readonly isUnclear?: (statement: Statement) => boolean;
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
            : judgeDocument(document, findWrong, options),
        );
      }),
    );
  };
}

function judgeDocument(
  document: Node,
  findWrong: (statements: readonly Statement[]) => Statement | undefined,
  { why, isUnclear = () => false }: StatementOptions,
): Verdict {
  const statements = statementsOf(document);
  if (!statements) return unknownAt(document.at, document.is === "unknown" ? document.reason : "no policy document");
  const wrong = findWrong(statements);
  if (wrong) return decidedBy(failAt(wrong, why), decidingIn(wrong, statements, findWrong));
  return statements.some((one) => one.isOpen || isUnclear(one))
    ? unknownAt(document.at, "part of the policy is not known")
    : passAt(document.at);
}

/** The values from elsewhere without which nothing would be wrong. */
function decidingIn(
  wrong: Statement,
  statements: readonly Statement[],
  findWrong: (statements: readonly Statement[]) => Statement | undefined,
): readonly Deciding[] {
  const decides = (name: Part, texts: readonly string[]): boolean => {
    const without = { ...wrong, [name]: wrong[name].filter((text) => !texts.includes(text)) };
    return findWrong(statements.map((one) => (one === wrong ? without : one))) !== without;
  };
  return partNames.flatMap((name) =>
    valuesIn(wrong.written[name]).flatMap((node): readonly Deciding[] => {
      const from = wrong.originOf(node);
      return from && decides(name, textsOf(node).texts) ? [{ at: node.at, from }] : [];
    }),
  );
}

/** A list and its items; of principals also what stands under their types. */
function valuesIn(node: Node | undefined): readonly Node[] {
  if (!node) return [];
  const items = itemsOf(node);
  const inside = items.flatMap((item) =>
    item.is === "block" ? item.keys().flatMap((key) => itemsOf(item.get(key)?.value)) : [],
  );
  return [node, ...items, ...inside];
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
    node.is === "block"
      ? [read.isText ? writtenIn(document, statementOf(node)) : statementOf(node)]
      : node.is === "unknown"
        ? [unknownStatement(node.at)]
        : [],
  );
  if (written?.is === "list" && written.open !== undefined) statements.push(unknownStatement(document.at));
  for (const name of withIncluded ? includes : []) {
    const included = memberOf(read.node, [name]);
    if (included?.is === "list" && included.open !== undefined) statements.push(unknownStatement(included.at));
    for (const one of itemsOf(included)) {
      statements.push(...(readStatements(one, false) ?? [unknownStatement(one.at)]));
    }
  }
  return statements;
}

/** Of a text the places are those in the text. It may be filled into a template: then parts of it come from elsewhere. */
function writtenIn(document: Node, statement: Statement): Statement {
  const { at, from } = document;
  const pieces = (document.is === "scalar" || document.is === "unknown" ? document.pieces : undefined) ?? [];
  const isWhole = pieces.length === 0 && from?.file.text.slice(from.start, from.end).includes("Statement");
  const originOf = ({ is, at: { start, end } }: Node): Place | undefined =>
    pieces.find((piece) =>
      is === "scalar" ? piece.start < end && start < piece.end : piece.start <= start && end <= piece.end,
    )?.from;
  return { ...statement, at, originOf, ...(isWhole && { from }) };
}

function unknownStatement(at: Place): Statement {
  const nothing = { actions: [], notActions: [], resources: [], notResources: [], principals: [], federated: [] };
  const noCondition = {
    hasNotPrincipal: false,
    hasCondition: false,
    conditions: [],
    conditionKeys: [],
    hasOpenConditions: true,
    written: {},
    originOf,
  };
  return { effect: undefined, ...nothing, ...noCondition, isOpen: true, at };
}

function documentOf(node: Node): { readonly node: Node; readonly isText: boolean } | undefined {
  if (node.is === "block") return { node, isText: false };
  if (node.is === "list") return undefined;
  if (node.content) return documentOf(node.content);
  const text = node.is === "unknown" ? node.text : typeof node.value === "string" ? node.value : undefined;
  if (text === undefined || !text.includes("{")) return undefined;
  // A file that was read as it is has places of its own.
  const file = node.from?.file.text === text ? node.from.file : undefined;
  const { node: parsed } = readJson(file ?? { path: node.at.file.path, text });
  return parsed?.is === "block" ? { node: parsed, isText: file === undefined } : undefined;
}

function statementOf(node: Node): Statement {
  const effect = effectOf(memberOf(node, ["Effect", "effect"]));
  const written = {
    actions: memberOf(node, ["Action", "actions"]),
    notActions: memberOf(node, ["NotAction", "not_actions"]),
    resources: memberOf(node, ["Resource", "resources"]),
    notResources: memberOf(node, ["NotResource", "not_resources"]),
    principals: memberOf(node, ["Principal", "principals"]),
  };
  const parts = {
    actions: textsOf(written.actions),
    notActions: textsOf(written.notActions),
    resources: textsOf(written.resources),
    notResources: textsOf(written.notResources),
    principals: principalsOf(written.principals),
  };
  const condition = memberOf(node, ["Condition", "condition"]);
  const conditions = conditionsOf(condition);
  return {
    effect,
    actions: parts.actions.texts,
    notActions: parts.notActions.texts,
    resources: parts.resources.texts,
    notResources: parts.notResources.texts,
    principals: parts.principals.texts,
    hasNotPrincipal: memberOf(node, ["NotPrincipal", "not_principals"]) !== undefined,
    federated: federatedOf(written.principals),
    hasCondition: condition !== undefined,
    conditions,
    conditionKeys: conditions.map(({ key }) => key),
    hasOpenConditions: areOpen(condition),
    isOpen: effect === undefined || Object.values(parts).some(({ isOpen }) => isOpen),
    at: node.at,
    written,
    originOf,
  };
}

/** In the blocks of Terraform it may be left out. Undefined if it is not known, or none. */
function effectOf(node: Node | undefined): Statement["effect"] {
  if (node === undefined) return "Allow";
  const [text] = textsOf(node).texts;
  return text === "Allow" || text === "Deny" ? text : undefined;
}

function originOf({ from }: Node): Place | undefined {
  return from;
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
