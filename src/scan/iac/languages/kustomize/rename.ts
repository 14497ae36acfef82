/** Names with a prefix or suffix, another namespace, and the references that follow. */
import { type Block, child, type Node, textOf } from "../../../formats/node.ts";
import { isClusterWide } from "../kubernetes/cluster-wide.ts";
import { changeAt, scalarAt, walkNodes, withValue } from "./edit-node.ts";
import { become, type KustomizedObject, kindOf, nameOf } from "./kustomized-object.ts";

const neverRenamed = new Set(["CustomResourceDefinition", "APIService", "Namespace"]);

/** Puts texts around all names; the text in front or behind may be missing. */
export function renameAll(
  objects: readonly KustomizedObject[],
  prefix: Node | undefined,
  suffix: Node | undefined,
): readonly KustomizedObject[] {
  const [before, behind] = [textOf(prefix) ?? "", textOf(suffix) ?? ""];
  const decided = prefix ?? suffix;
  if (before + behind === "" || !decided) return objects;
  const changed = new Map<string, string>();
  const renamed = objects.map((object) => {
    const name = nameOf(object.body);
    if (name === "" || neverRenamed.has(kindOf(object.body))) return object;
    changed.set(`${kindOf(object.body)} ${name}`, `${before}${name}${behind}`);
    const body = changeAt(object.body, ["metadata", "name"], (node) =>
      scalarAt(`${before}${name}${behind}`, node?.at ?? object.at, decided.at),
    );
    return become(object, body as Block);
  });
  return renamed.map((object) => become(object, followNames(object.body, changed)));
}

/** The kind that a name is of, by the key it stands under and the block around it. */
function referenced(key: string, parent: Block | undefined, grandKey: string): string | undefined {
  switch (key) {
    case "secretName":
      return "Secret";
    case "serviceAccountName":
    case "serviceAccount":
      return "ServiceAccount";
    case "serviceName":
      return "Service";
    case "claimName":
      return "PersistentVolumeClaim";
    case "name":
      if (/^configMap(?:Ref|KeyRef)?$/.test(grandKey)) return "ConfigMap";
      if (/^(?:secret(?:Ref|KeyRef)?|secrets|imagePullSecrets)$/.test(grandKey)) return "Secret";
      if (grandKey === "service") return "Service";
      return /^(?:roleRef|subjects|scaleTargetRef)$/.test(grandKey)
        ? textOf(parent && child(parent, "kind"))
        : undefined;
    default:
      return undefined;
  }
}

function followNames(body: Block, changed: ReadonlyMap<string, string>): Block {
  return walkNodes(body, ({ node, path, parent }) => {
    if (node.is !== "scalar" || typeof node.value !== "string") return undefined;
    const kind = referenced(path.at(-1) ?? "", parent, path.at(-2) ?? "");
    const name = kind === undefined ? undefined : changed.get(`${kind} ${node.value}`);
    return name === undefined ? undefined : scalarAt(name, node.at, node.from);
  }) as Block;
}

/** Puts all that lives in a namespace into this one. */
export function moveAll(
  objects: readonly KustomizedObject[],
  namespace: Node | undefined,
): readonly KustomizedObject[] {
  const name = textOf(namespace);
  if (!namespace || name === undefined || name === "") return objects;
  const accounts = new Set(objects.flatMap(({ body }) => (kindOf(body) === "ServiceAccount" ? [nameOf(body)] : [])));
  return objects.map((object) => {
    let body: Node = object.body;
    if (kindOf(body) === "Namespace") {
      body = changeAt(body, ["metadata", "name"], (node) => scalarAt(name, node?.at ?? object.at, namespace.at));
    } else if (!isClusterWide(kindOf(body))) {
      body = changeAt(body, ["metadata", "namespace"], () => scalarAt(name, namespace.at), namespace.at);
    }
    if (/RoleBinding$/.test(kindOf(body))) body = moveSubjects(body, accounts, scalarAt(name, namespace.at));
    return become(object, body as Block);
  });
}

/** Accounts of the same kustomization, and the account default. */
function moveSubjects(body: Node, accounts: ReadonlySet<string>, namespace: Node): Node {
  return changeAt(body, ["subjects"], (subjects) =>
    subjects?.is !== "list"
      ? undefined
      : {
          ...subjects,
          items: subjects.items.map((subject) => {
            const name = textOf(child(subject, "name")) ?? "";
            const isOwn =
              textOf(child(subject, "kind")) === "ServiceAccount" && (accounts.has(name) || name === "default");
            return isOwn && subject.is === "block" ? withValue(subject, "namespace", namespace) : subject;
          }),
        },
  );
}
