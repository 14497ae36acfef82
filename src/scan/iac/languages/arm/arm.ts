/**
 * Azure Resource Manager templates: JSON with expressions, with the parameters, nested and linked templates that belong to
 * them. A template that another one links to is read with what it is given there; it stands alone only where nobody does.
 */
import type { Problem } from "#model/scan-result.ts";
import { addressOf } from "../../../formats/azure-template/resource-id.ts";
import { freshBudget } from "../../../formats/azure-template/template-functions.ts";
import { readJson } from "../../../formats/json/read-json.ts";
import { type Block, child, textOf } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import type { Language, Unit } from "../../language.ts";
import { problemAt } from "../../problem-at.ts";
import { noConnections, type ReadUnit, type Resource } from "../../resource.ts";
import { folderOf } from "../folder-path.ts";
import { connectionsOf, type Neighbour } from "./connections.ts";
import { givenValue, targetOf } from "./deployment.ts";
import { type Found, type Part, type Reading, type Room, readTemplate } from "./read-template.ts";
import { skipsOf } from "./skips.ts";
import { type Given, openTemplate } from "./template.ts";
import { isParametersFile, joinPath, linksOf, looksLikeTemplate, templatesFor, unitsOf } from "./template-file.ts";

export const arm: Language = {
  name: "arm",
  selects: (path) => /\.(?:json|jsonc|template)$/i.test(path),
  recognizes: (file) => looksLikeTemplate(file.text() ?? ""),
  links: linksOf,
  units: unitsOf,
  read,
};

interface Opened {
  readonly file: TextFile;
  readonly root: Block;
}

function read({ files }: Unit): ReadUnit {
  const problems: Problem[] = [];
  const opened: Opened[] = files.flatMap((source) => {
    const file: TextFile = { path: source.path, text: source.text() ?? "" };
    const { node, problems: broken } = readJson(file, { fold: true });
    problems.push(
      ...broken.map(({ code, message, place }) =>
        problemAt(place, code, `The template could not be read completely: ${message}.`),
      ),
    );
    return node?.is === "block" ? [{ file, root: node }] : [];
  });
  const templates = opened.filter(({ file, root }) => !holdsParameters(file.path, root));
  const reached = new Set<string>();
  const reported = new Set<string>();
  let open: string | undefined;
  const reading: Reading = {
    found: [],
    parts: [],
    linked: (path, from) => {
      const linked = findLinked(templates, path, from.file.path);
      if (linked) reached.add(linked.file.path);
      return linked?.root;
    },
    missing: (reason, at, report) => {
      open ??= reason;
      const told = `${at.file.path} ${reason}`;
      if (!report || reported.has(told)) return;
      reported.add(told);
      problems.push(problemAt(at, "incomplete", `Not everything of the template was read: ${reason}.`));
    },
  };
  const budget = freshBudget();
  const led = new Set(files.flatMap((file) => (isParametersFile(file.path) ? [] : linksOf(file))));
  const startAt = ({ file, root }: Opened) =>
    readTemplate(roomOf(root, parametersFor(file.path, opened), budget), reading);
  for (const template of templates) if (!led.has(template.file.path)) startAt(template);
  for (const template of templates)
    if (led.has(template.file.path) && !reached.has(template.file.path)) startAt(template);
  return { resources: [...resourcesOf(reading.found, () => open), ...partsOf(reading.parts)], problems };
}

interface Called extends Pick<Given, "budget" | "value"> {
  readonly calledFrom: readonly Place[];
}

const calledRoots = new WeakMap<TextFile, Block>();

/** The object in the file of a template; undefined for what is none. */
export function calledTemplate(file: TextFile): Block | undefined {
  const known = calledRoots.get(file);
  if (known) return known;
  const { node } = readJson(file, { fold: true });
  if (node?.is !== "block" || !looksLikeTemplate(file.text)) return undefined;
  calledRoots.set(file, node);
  return node;
}

/** What a template makes where something else than a template deploys it; what it links to is not followed from there. */
export function calledResources(root: Block, { budget, value, calledFrom }: Called): readonly Resource[] {
  let open: string | undefined;
  const outputs: Room["outputs"] = new Map();
  const reference = (address: string) => outputs.get(address.toLowerCase())?.();
  const template = openTemplate(root, { budget, target: targetOf(root), reference, value });
  const reading: Reading = {
    found: [],
    parts: [],
    linked: () => undefined,
    missing: (reason) => {
      open ??= reason;
    },
  };
  readTemplate({ template, calledFrom, outputs }, reading);
  return resourcesOf(reading.found, () => open);
}

function roomOf(root: Block, parameters: Block | undefined, budget: ReturnType<typeof freshBudget>): Room {
  const outputs: Room["outputs"] = new Map();
  const template = openTemplate(root, {
    budget,
    target: targetOf(root),
    reference: (address) => outputs.get(address.toLowerCase())?.(),
    value: (name) => {
      const given = child(parameters, name);
      return given && givenValue(given);
    },
  });
  return { template, calledFrom: [], outputs };
}

function holdsParameters(path: string, root: Block): boolean {
  if (/deploymentparameters\.json/i.test(textOf(child(root, "$schema")) ?? "")) return true;
  return isParametersFile(path) && !root.get("resources");
}

/** The values of the file that has the template's name; of several others only if there is no choice. */
function parametersFor(path: string, opened: readonly Opened[]): Block | undefined {
  const files = opened.filter(
    ({ file, root }) =>
      holdsParameters(file.path, root) &&
      templatesFor(file.path).includes(path) &&
      folderOf(file.path) === folderOf(path),
  );
  const stem = path.replace(/\.jsonc?$/i, "").toLowerCase();
  const named = files.find(({ file }) =>
    /^[._-](?:parameters|params?)\.jsonc?$/i.test(file.path.toLowerCase().slice(stem.length)),
  );
  const chosen = named ?? (files.length === 1 ? files[0] : undefined);
  const parameters = chosen && child(chosen.root, "parameters");
  return parameters?.is === "block" ? parameters : undefined;
}

/** Relative to the file with the link; the path of an address with an unknown start also by its end alone. */
function findLinked(templates: readonly Opened[], path: string, from: string): Opened | undefined {
  const relative = joinPath(folderOf(from), path);
  const end = `/${joinPath("", path)}`;
  const others = templates.filter(({ file }) => file.path !== from);
  return (
    others.find(({ file }) => file.path === relative) ??
    others.find(({ file }) => `/${file.path}`.endsWith(end) || end.endsWith(`/${file.path}`))
  );
}

function resourcesOf(found: readonly Found[], open: () => string | undefined): readonly Resource[] {
  const neighbours = new Map<Found, Neighbour>();
  const addresses = new Map<string, number>();
  const resources = new Map<Found, Resource>();
  const connect = () => connections;
  for (const one of found) {
    const inside = one.inside && neighbours.get(one.inside);
    const { full, symbol, template } = one;
    const resource: Resource = {
      dialect: "arm",
      language: "arm",
      types: full.types,
      address: uniqueIn(addresses, addressOf(full.types[0], full.name)),
      at: one.at,
      body: one.body,
      calledFrom: one.calledFrom,
      skips: skipsOf(child(one.body, "metadata")),
      connected: (types) => {
        const own = neighbours.get(one);
        return own ? connect()(own, types) : noConnections;
      },
    };
    resources.set(one, resource);
    neighbours.set(one, { resource: () => resource, full, inside, symbol, template });
  }
  const connections = connectionsOf([...neighbours.values()], open);
  return [...resources.values()];
}

function uniqueIn(addresses: Map<string, number>, address: string): string {
  const before = addresses.get(address) ?? 0;
  addresses.set(address, before + 1);
  return before === 0 ? address : `${address}[${before}]`;
}

/** Declarations of a template that several others use are told once. */
function partsOf(parts: readonly Part[]): readonly Resource[] {
  const addresses = new Map<string, number>();
  const seen = new Set<string>();
  return parts.flatMap(({ is, name, at, body, calledFrom }): readonly Resource[] => {
    const place = `${is} ${at.file.path} ${at.start}`;
    if (seen.has(place)) return [];
    seen.add(place);
    const address = uniqueIn(addresses, is === "template" ? at.file.path : `${is}.${name}`);
    const skips = skipsOf(child(body, "metadata"));
    return [
      {
        dialect: "arm",
        language: "arm",
        types: [is],
        address,
        at,
        body,
        calledFrom,
        skips,
        connected: () => noConnections,
      },
    ];
  });
}
