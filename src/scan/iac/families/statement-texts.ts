/** The texts that statements of IAM policies hold, in documents of JSON and in the blocks of Terraform. */
import { child, itemsOf, type Node, textOf } from "../../formats/node.ts";

export interface StatementCondition {
  /** In lower case. */
  readonly key: string;
  readonly values: readonly string[];
  /** Some values are not known. */
  readonly isOpen: boolean;
}

export function memberOf(node: Node, names: readonly string[]): Node | undefined {
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
export function textsOf(node: Node | undefined): Texts {
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
export function principalsOf(node: Node | undefined): Texts {
  const all = itemsOf(node).map((item): Texts => {
    if (item.is !== "block") return textsOf(item);
    const identifiers = child(item, "identifiers");
    if (identifiers) return textsOf(identifiers);
    const members = item.keys().map((key) => textsOf(item.get(key)?.value));
    return { texts: members.flatMap(({ texts }) => texts), isOpen: members.some(({ isOpen }) => isOpen) };
  });
  return { texts: all.flatMap(({ texts }) => texts), isOpen: all.some(({ isOpen }) => isOpen) };
}

export function federatedOf(node: Node | undefined): readonly string[] {
  return itemsOf(node).flatMap((item) => {
    if (textOf(child(item, "type")) === "Federated") return textsOf(child(item, "identifiers")).texts;
    return textsOf(child(item, "Federated")).texts;
  });
}

/** `{ StringEquals = { key = values } }`, or blocks with variable and values. */
export function conditionsOf(node: Node | undefined): readonly StatementCondition[] {
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

/** Conditions, or the keys of some, are not known. */
export function areOpen(node: Node | undefined): boolean {
  if (node?.is === "list" && node.open !== undefined) return true;
  return itemsOf(node).some((item) => {
    if (item.is !== "block") return item.is === "unknown";
    const variable = child(item, "variable");
    if (variable) return textsOf(variable).isOpen || item.maybe === true;
    return item.keys().some((operator) => child(item, operator)?.is === "unknown");
  });
}
