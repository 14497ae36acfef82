/**
 * Walks through a template and what it deploys: resources with their loops and conditions, resources inside them, nested
 * and linked templates. Bodies are not looked into; they are computed when a policy asks.
 */

import type { ExpressionScope } from "../../../formats/azure-template/evaluate-expression.ts";
import { resolvedBlock, resolveNode, roundsOf, unrolled } from "../../../formats/azure-template/resolve-node.ts";
import { addressOf } from "../../../formats/azure-template/resource-id.ts";
import { objectOf, scalarOf, truthOf, writtenOut } from "../../../formats/azure-template/values.ts";
import { type Block, child, type Member, type Node, textOf } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { deployedTemplate } from "./deployment.ts";
import { type FullName, fullNameOf } from "./resource-name.ts";
import { declarationsOf, type Template } from "./template.ts";

/** A resource as it was found. */
export interface Found {
  readonly full: FullName;
  readonly at: Place;
  readonly body: Block;
  readonly calledFrom: readonly Place[];
  readonly inside?: Found | undefined;
  readonly symbol?: string | undefined;
  readonly template: Block;
}

/** An object of a template that is no resource but that policies ask about: a parameter, an output, the template. */
export interface Part {
  readonly is: "parameter" | "output" | "template";
  readonly name: string;
  readonly at: Place;
  readonly body: Block;
  readonly calledFrom: readonly Place[];
}

export interface Reading {
  readonly found: Found[];
  readonly parts: Part[];
  /** Finds a template of the repository for a link in a file. */
  readonly linked: (path: string, from: Place) => Block | undefined;
  /** What was not found, in words, with the place of the link. */
  readonly missing: (reason: string, at: Place, report: boolean) => void;
}

/** What is being read: the template and the way to it. */
export interface Room {
  readonly template: Template;
  readonly calledFrom: readonly Place[];
  /** What `reference()` gives for deployments, by address and by name. */
  readonly outputs: Map<string, () => Node>;
}

/** Bounds on hostile templates: far more than any subscription can hold. */
const mostResources = 10_000;
const deepestDeployment = 12;

export function readTemplate(room: Room, reading: Reading): void {
  addParts(room, reading);
  const resources = child(room.template.root, "resources");
  if (resources) readResources(resources, { room, scope: room.template.scope }, reading);
}

interface Around {
  readonly room: Room;
  readonly scope: ExpressionScope;
  readonly inside?: Found | undefined;
}

/** A list of resources, or an object that gives each a name of its own. */
function readResources(resources: Node, around: Around, reading: Reading): void {
  const entries = resources.is === "scalar" ? resolveNode(resources, around.scope) : resources;
  if (entries.is === "unknown") reading.missing(entries.reason, entries.at, false);
  if (entries.is === "list") for (const entry of entries.items) readResource(entry, undefined, around, reading);
  if (entries.is !== "block") return;
  for (const symbol of entries.keys()) {
    const entry = entries.get(symbol)?.value;
    if (entry) readResource(entry, symbol, around, reading);
  }
}

function readResource(entry: Node, symbol: string | undefined, around: Around, reading: Reading): void {
  const { scope } = around;
  const raw = entry.is === "scalar" ? resolveNode(entry, scope) : entry;
  if (raw.is !== "block" || truthOf(raw.get("existing")?.value) === true) return;
  const loop = raw.get("copy")?.value;
  if (loop?.is !== "block") {
    readInstance(raw, symbol, around, reading);
    return;
  }
  const name = textOf(loop.get("name")?.value) ?? "";
  for (const round of roundsOf(loop, name, scope).scopes)
    readInstance(raw, symbol, { ...around, scope: round }, reading);
}

function readInstance(raw: Block, symbol: string | undefined, around: Around, reading: Reading): void {
  if (reading.found.length >= mostResources) {
    reading.missing(`a template with more than ${mostResources} resources`, raw.at, true);
    return;
  }
  const { room, scope, inside } = around;
  const body = resolvedBlock(raw, scope);
  if (raw.get("condition") && truthOf(body.get("condition")?.value) === false) return;
  const type = textOf(body.get("type")?.value);
  if (type === undefined) return;
  const name = body.get("name")?.value;
  const found: Found = {
    full: fullNameOf(type, (name && writtenOut(name)) ?? "", inside?.full),
    at: raw.at,
    body,
    calledFrom: room.calledFrom,
    inside,
    symbol,
    template: room.template.root,
  };
  reading.found.push(found);
  const children = raw.get("resources")?.value;
  if (children) readResources(children, { room, scope, inside: found }, reading);
  if (found.full.types[0].toLowerCase() === "microsoft.resources/deployments")
    readDeployment(found, raw, around, reading);
}

/** A template that this one deploys. What it gives out can be asked for with `reference()`. */
function readDeployment(found: Found, raw: Block, { room, scope }: Around, reading: Reading): void {
  if (room.calledFrom.length >= deepestDeployment) {
    reading.missing("deployments are nested too deeply", found.at, true);
    return;
  }
  const inner = deployedTemplate({ raw, body: found.body, scope, room, reading });
  if (!inner) return;
  const outputs = child(inner.template.root, "outputs");
  const give = () => (outputs ? resolveNode(outputs, inner.template.scope) : objectOf(found.at, []));
  const answer = () => objectOf(found.at, [["outputs", give()]], "known only when it is deployed: reference");
  const names = [addressOf(found.full.types[0], found.full.name), found.full.name, found.symbol];
  for (const key of names) if (key) room.outputs.set(key.toLowerCase(), answer);
  readTemplate({ ...inner, calledFrom: [...room.calledFrom, found.at] }, reading);
}

function addParts({ template, calledFrom }: Room, reading: Reading): void {
  const { root } = template;
  reading.parts.push({ is: "template", name: "template", at: root.at, body: root, calledFrom });
  for (const [section, is] of [
    ["parameters", "parameter"],
    ["outputs", "output"],
  ] as const) {
    const written = child(root, section);
    if (written?.is !== "block") continue;
    for (const name of written.keys()) {
      const member = written.get(name);
      if (member?.value.is !== "block") continue;
      const body = declared(member.value, name, member.key, template);
      if (truthOf(body.get("condition")?.value) === false) continue;
      reading.parts.push({ is, name, at: member.whole, body, calledFrom });
    }
  }
}

/** The declaration with the name that stands before it, the type of its definition, and the list that a loop makes. */
function declared(written: Block, name: string, key: Place, { root, scope }: Template): Block {
  const body = resolvedBlock(written, scope);
  const own = new Map<string, Member>([["name", { key, whole: key, value: scalarOf(key, name) }]]);
  const typed = declarationsOf(root, written).find((one) => one.get("type"));
  const type = typed?.get("type");
  if (type) own.set("type", type);
  const copy = written.get("copy");
  if (copy?.value.is === "block") own.set("value", { ...copy, value: unrolled(copy.value, name, scope) });
  return {
    is: "block",
    at: body.at,
    keys: () => [...new Set([...own.keys(), ...body.keys()])],
    get: (asked) => own.get(asked.toLowerCase()) ?? body.get(asked),
  };
}
