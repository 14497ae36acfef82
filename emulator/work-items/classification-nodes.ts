/** Routes of areas and iterations. */
import { numberQuery } from "../pull-requests/request-body.ts";
import { type Call, list, type Route } from "../route.ts";
import { organizationUrl, requireProject } from "../shapes.ts";
import type { ProjectState, World } from "../world.ts";
import { workItemRefusal } from "./find-work-item.ts";

type Structure = "area" | "iteration";

interface Node {
  readonly name: string;
  /** Without the root: `Team A\\Sub`. */
  readonly path: string;
  readonly children: Node[];
}

function treeOf(project: ProjectState, structure: Structure): Node {
  const root: Node = { name: project.name, path: "", children: [] };
  for (const path of (structure === "area" ? project.areas : project.iterations) ?? []) {
    let at = root;
    for (const name of path.split("\\")) {
      let next = at.children.find((one) => one.name === name);
      if (!next) {
        next = { name, path: at.path === "" ? name : `${at.path}\\${name}`, children: [] };
        at.children.push(next);
      }
      at = next;
    }
  }
  return root;
}

function shape(call: Call, world: World, structure: Structure, node: Node, depth: number): Record<string, unknown> {
  const project = requireProject(call, world);
  const group = structure === "area" ? "Areas" : "Iterations";
  const below = node.path === "" ? "" : `\\${node.path}`;
  return {
    id: 1,
    identifier: project.id,
    name: node.name,
    structureType: structure,
    hasChildren: node.children.length > 0,
    ...(depth > 0 && node.children.length > 0
      ? { children: node.children.map((child) => shape(call, world, structure, child, depth - 1)) }
      : {}),
    path: `\\${project.name}\\${structure === "area" ? "Area" : "Iteration"}${below}`,
    url: `${organizationUrl(world, call.organization)}/${project.id}/_apis/wit/classificationNodes/${group}${below.replaceAll("\\", "/")}`,
  };
}

function listRoots(call: Call, world: World) {
  const project = requireProject(call, world);
  const depth = numberQuery(call, "$depth", 0);
  const structures: readonly Structure[] = ["area", "iteration"];
  return list(structures.map((one) => shape(call, world, one, treeOf(project, one), depth)));
}

function getNode(call: Call, world: World) {
  const project = requireProject(call, world);
  const structure = /^areas$/i.test(call.params.group ?? "") ? "area" : "iteration";
  let node: Node | undefined = treeOf(project, structure);
  for (const name of (call.params.path ?? "").split("/").filter(Boolean)) {
    node = node?.children.find((one) => one.name.toLowerCase() === name.toLowerCase());
  }
  if (node) return { body: shape(call, world, structure, node, numberQuery(call, "$depth", 0)) };
  throw workItemRefusal(
    404,
    "ClassificationNodeNotFoundException",
    `VS402371: Classification node name or classification node ID is not recognized: ${call.params.path}.`,
  );
}

const at = "/{organization}/{project}/_apis/wit/classificationNodes";

export const routes: readonly Route[] = [
  { method: "GET", path: at, scopes: ["work"], handle: listRoots },
  { method: "GET", path: `${at}/{group}`, scopes: ["work"], handle: getNode },
  { method: "GET", path: `${at}/{group}/{path*}`, scopes: ["work"], handle: getNode },
];
