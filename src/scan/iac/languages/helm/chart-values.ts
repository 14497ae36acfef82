/** The values that each chart of a tree is rendered with: its own defaults under what its parents set. */

import {
  at,
  type Dict,
  isUnknown,
  nil,
  type Unknowns,
  type Value,
  valueOfNode,
} from "../../../formats/go-template/value.ts";
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import type { Chart } from "./read-chart.ts";

export interface ValuedChart {
  readonly chart: Chart;
  readonly values: Dict;
  /** Those that conditions and tags leave switched on. */
  readonly parts: readonly ValuedChart[];
}

export function chartValues(chart: Chart, given: Dict, unknowns: Unknowns): ValuedChart {
  const own = valueOfNode(chart.values, unknowns);
  const values = given;
  if (own.is === "dict") fill(values, own);
  const parts: ValuedChart[] = [];
  for (const { chart: part, dependency } of chart.parts) {
    const before = at(values, part.name);
    const inner: Dict = before?.is === "dict" ? before : { is: "dict", entries: new Map() };
    passGlobals(values, inner);
    const valued = chartValues(part, inner, unknowns);
    values.entries.set(part.name, { value: inner });
    if (dependency && !isEnabled(dependency, part.name, values)) continue;
    importValues(dependency, values, inner);
    parts.push(valued);
  }
  return { chart, values, parts };
}

/** Adds what is missing; a null takes a default away. */
function fill(target: Dict, defaults: Dict, depth = 0): void {
  for (const [key, entry] of defaults.entries) {
    const own = at(target, key);
    if (own === undefined) target.entries.set(key, entry);
    else if (own.is === "nil") target.entries.delete(key);
    else if (own.is === "dict" && entry.value.is === "dict" && depth < 100) fill(own, entry.value, depth + 1);
  }
}

function passGlobals(parent: Dict, inner: Dict): void {
  const passed = at(parent, "global");
  const own = at(inner, "global");
  const globals: Dict = { is: "dict", entries: new Map() };
  if (passed?.is === "dict") fill(globals, passed);
  if (own?.is === "dict") fill(globals, own);
  inner.entries.set("global", { value: globals });
}

/** The first condition that leads to a boolean decides, else the tags. */
function isEnabled(dependency: Node, name: string, values: Dict): boolean {
  for (const path of (textOf(child(dependency, "condition")) ?? "").split(",")) {
    const value = path.trim() === "" ? undefined : valueAt(values, path.trim());
    if (isUnknown(value)) return true;
    if (value?.is === "bool") return value.value;
  }
  const tags = itemsOf(child(dependency, "tags")).flatMap((tag) => {
    const value = valueAt(values, `tags.${textOf(tag) ?? name}`);
    return value?.is === "bool" ? [value.value] : [];
  });
  return tags.length === 0 || tags.includes(true);
}

function valueAt(values: Dict, path: string): Value | undefined {
  let value: Value | undefined = values;
  for (const key of path.split(".")) value = value?.is === "dict" ? at(value, key) : undefined;
  return value;
}

/** Values of a subchart that its parent takes over: `exports.NAME`, or a path to a path. */
function importValues(dependency: Node | undefined, parent: Dict, inner: Dict): void {
  for (const one of itemsOf(child(dependency, "import-values"))) {
    const name = textOf(one);
    const from = name === undefined ? textOf(child(one, "child")) : `exports.${name}`;
    const to = name === undefined ? textOf(child(one, "parent")) : ".";
    const taken = from === undefined ? nil : valueAt(inner, from);
    if (taken?.is !== "dict" || to === undefined) continue;
    const wrapped = to === "." ? taken : to.split(".").reduceRight((made, key) => wrap(key, made), taken);
    fill(parent, copyOf(wrapped));
  }
}

function wrap(key: string, value: Dict): Dict {
  return { is: "dict", entries: new Map([[key, { value }]]) };
}

/** Blocks of their own, so that what one chart sets does not show in the other. */
function copyOf(value: Dict, depth = 0): Dict {
  const entries = [...value.entries].map(([key, entry]) => {
    const copied = entry.value.is === "dict" && depth < 100 ? copyOf(entry.value, depth + 1) : entry.value;
    return [key, { ...entry, value: copied }] as const;
  });
  return { ...value, entries: new Map(entries) };
}
