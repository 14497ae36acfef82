/** What a kustomization says of all objects: labels, annotations, images and numbers of replicas. */
import { type Block, child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import { blockAt, changeAt, scalarAt, walkNodes, withMember } from "./edit-node.ts";
import { become, type KustomizedObject, kindOf } from "./kustomized-object.ts";

type Objects = readonly KustomizedObject[];

function changed(objects: Objects, change: (body: Node) => Node): Objects {
  return objects.map((object) => {
    const body = change(object.body);
    return body === object.body ? object : become(object, body as Block);
  });
}

/** Adds the members of `pairs` where a path leads; `make` also where nothing is there yet. */
function addPairs(body: Node, path: readonly string[], pairs: Block, make: boolean): Node {
  return changeAt(
    body,
    path,
    (there) => {
      if (there !== undefined && there.is !== "block") return undefined;
      const target = there ?? (make ? blockAt(pairs.at, []) : undefined);
      return target && pairs.keys().reduce<Block>((block, key) => withPair(block, pairs, key), target);
    },
    make ? pairs.at : undefined,
  );
}

function withPair(block: Block, pairs: Block, key: string): Block {
  const member = pairs.get(key);
  return member ? withMember(block, key, member) : block;
}

const template = ["spec", "template", "metadata"] as const;
const jobTemplate = ["spec", "jobTemplate", "spec", "template", "metadata"] as const;

/** Where each kind has its pods' metadata. */
function templatePaths(kind: string): readonly (readonly string[])[] {
  if (kind === "CronJob") return [["spec", "jobTemplate", "metadata"], jobTemplate];
  return /^(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Job)$/.test(kind) ? [template] : [];
}

/** Where each kind has a selector of labels, and whether one is made where there is none. */
function selectorPaths(kind: string): readonly (readonly [path: readonly string[], make: boolean])[] {
  switch (kind) {
    case "Service":
    case "ReplicationController":
      return [[["spec", "selector"], kind === "Service" || kind === "ReplicationController"]];
    case "Deployment":
    case "StatefulSet":
    case "DaemonSet":
    case "ReplicaSet":
      return [[["spec", "selector", "matchLabels"], true]];
    case "Job":
    case "PodDisruptionBudget":
      return [[["spec", "selector", "matchLabels"], false]];
    case "NetworkPolicy":
      return [[["spec", "podSelector", "matchLabels"], false]];
    default:
      return [];
  }
}

interface LabelReach {
  readonly selectors: boolean;
  readonly templates: boolean;
}

function addLabels(objects: Objects, pairs: Node | undefined, reach: LabelReach): Objects {
  if (pairs?.is !== "block") return objects;
  return changed(objects, (body) => {
    const kind = kindOf(body);
    let node = addPairs(body, ["metadata", "labels"], pairs, true);
    if (reach.templates)
      for (const path of templatePaths(kind)) node = addPairs(node, [...path, "labels"], pairs, true);
    if (reach.selectors) for (const [path, make] of selectorPaths(kind)) node = addPairs(node, path, pairs, make);
    return node;
  });
}

/** `commonLabels`, then the list `labels`. */
export function labelAll(objects: Objects, kustomization: Node): Objects {
  let labelled = addLabels(objects, child(kustomization, "commonLabels"), { selectors: true, templates: true });
  for (const one of itemsOf(child(kustomization, "labels"))) {
    const selectors = isTrue(child(one, "includeSelectors"));
    const reach = { selectors, templates: selectors || isTrue(child(one, "includeTemplates")) };
    labelled = addLabels(labelled, child(one, "pairs"), reach);
  }
  return labelled;
}

function isTrue(node: Node | undefined): boolean {
  return node?.is === "scalar" && node.value === true;
}

export function annotateAll(objects: Objects, pairs: Node | undefined): Objects {
  if (pairs?.is !== "block") return objects;
  return changed(objects, (body) => {
    let node = addPairs(body, ["metadata", "annotations"], pairs, true);
    for (const path of templatePaths(kindOf(body))) node = addPairs(node, [...path, "annotations"], pairs, true);
    return node;
  });
}

export function setReplicas(objects: Objects, replicas: Node | undefined): Objects {
  return itemsOf(replicas).reduce<Objects>((all, one) => {
    const count = child(one, "count");
    const name = textOf(child(one, "name"));
    if (!count || name === undefined) return all;
    return all.map((object) => {
      const isScaled = /^(?:Deployment|StatefulSet|ReplicaSet|ReplicationController)$/.test(kindOf(object.body));
      if (!isScaled || !object.names.includes(name)) return object;
      return become(object, changeAt(object.body, ["spec", "replicas"], () => count, count.at) as Block);
    });
  }, objects);
}

interface ImageChange {
  readonly name: string;
  readonly change: (image: string) => string;
  readonly decided: Node;
}

export function setImages(objects: Objects, images: Node | undefined): Objects {
  const changes = itemsOf(images).flatMap(imageChange);
  if (changes.length === 0) return objects;
  return changed(objects, (body) =>
    walkNodes(body, ({ node, path }) => {
      const isImage =
        path.at(-1) === "image" && /^(?:containers|initContainers|ephemeralContainers)$/.test(path.at(-2) ?? "");
      if (!isImage || node.is !== "scalar" || typeof node.value !== "string") return undefined;
      const { value } = node;
      const wanted = changes.find(({ name }) => nameOfImage(value) === name);
      return wanted && scalarAt(wanted.change(value), node.at, wanted.decided.at);
    }),
  );
}

function nameOfImage(image: string): string {
  return image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
}

function imageChange(entry: Node): readonly ImageChange[] {
  const name = textOf(child(entry, "name"));
  const [newName, newTag, digest] = ["newName", "newTag", "digest"].map((key) => child(entry, key));
  const decided = digest ?? newTag ?? newName;
  if (name === undefined || !decided) return [];
  const plain = (node: Node | undefined) => {
    if (node?.is !== "scalar" || node.value === null) return undefined;
    return typeof node.value === "string" ? node.value : node.at.file.text.slice(node.at.start, node.at.end);
  };
  const change = (image: string): string => {
    const before = image.slice(nameOfImage(image).length);
    const tag =
      plain(digest) !== undefined ? `@${plain(digest)}` : plain(newTag) !== undefined ? `:${plain(newTag)}` : before;
    return `${plain(newName) ?? name}${tag}`;
  };
  return [{ name, change, decided }];
}
