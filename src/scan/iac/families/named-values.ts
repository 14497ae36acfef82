/** Settings given by name, as a map or a list of names and values: none with the name of a secret is written out. */
import { child, itemsOf, type Node } from "../../formats/node.ts";
import { type Condition, check, nodesAt } from "../condition.ts";
import { plainOf } from "../value-conditions.ts";
import { failAt, passAt } from "../verdict.ts";
import { isSecretName, isWrittenSecret } from "./secret-names.ts";

interface NamedValue {
  readonly name: string;
  readonly node: Node;
}

/** `{ DB_PASSWORD = "..." }` */
export function noSecretInMap(path: string): Condition {
  return noSecret(path, (node) =>
    node.is === "block"
      ? node.keys().flatMap((name) => itemsOf(child(node, name)).map((value) => ({ name, node: value })))
      : [],
  );
}

/** `[{ name: 'DB_PASSWORD', value: '...' }]` */
export function noSecretInList(path: string): Condition {
  return noSecret(path, (node) => {
    const name = plainOf(child(node, "name"));
    const value = child(node, "value");
    return value && typeof name === "string" ? [{ name, node: value }] : [];
  });
}

/** What is not known is not written out. */
function noSecret(path: string, namedIn: (node: Node) => readonly NamedValue[]): Condition {
  return check((_, node) => {
    const found = nodesAt(node, path)
      .flatMap(namedIn)
      .find(({ name, node: value }) => {
        const written = plainOf(value);
        return typeof written === "string" && isSecretName(name) && isWrittenSecret(written);
      });
    return found ? failAt(found.node.at, `the value of ${found.name} is written out`) : passAt(node.at);
  });
}
