/** Mounts and ports of a service in one form, whether written short (`./data:/data:ro`) or as a mapping. */
import { child, itemsOf, type Node, type Scalar, textOf } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";

export interface Mount {
  /** On the host: a path, or the name of a volume. */
  readonly source: string;
  readonly target: string;
  readonly options: readonly string[];
  readonly at: Place;
}

export interface PublishedPort {
  /** Undefined: every address of the host. */
  readonly address: string | undefined;
  /** The port in the container; a range counts by its first and last. */
  readonly first: number;
  readonly last: number;
  readonly at: Place;
}

export interface Read<T> {
  readonly items: readonly T[];
  /** One that could not be read, as it hangs on a variable. */
  readonly unknown?: Extract<Node, { is: "unknown" }> | undefined;
}

export function mountsOf(service: Node): Read<Mount> {
  return readAll(child(service, "volumes"), (item) =>
    item.is === "block" ? longMount(item) : shortMount(textIn(item), item.at),
  );
}

function shortMount(text: string, at: Place): Mount | undefined {
  // A drive letter's colon separates nothing: C:\data:/data.
  const parts = text.replace(/^([A-Za-z]):([\\/])/, "$1\u0000$2").split(":");
  if (parts.length < 2) return undefined;
  const [source = "", target = "", options = ""] = parts.map((part) => part.replace("\u0000", ":"));
  return { source, target, options: options.split(","), at };
}

function longMount(item: Node): Mount | undefined {
  const source = textOf(child(item, "source")) ?? textOf(child(item, "src"));
  const type = textOf(child(item, "type"));
  if (source === undefined || (type !== "bind" && type !== "volume" && type !== undefined && type !== "npipe"))
    return undefined;
  const target = textOf(child(item, "target")) ?? textOf(child(item, "destination")) ?? "";
  const propagation = textOf(child(child(item, "bind"), "propagation"));
  const isReadOnly = scalarOf(child(item, "read_only"))?.value === true;
  return {
    source,
    target,
    options: [...(isReadOnly ? ["ro"] : []), ...(propagation ? [propagation] : [])],
    at: item.at,
  };
}

export function portsOf(service: Node): Read<PublishedPort> {
  return readAll(child(service, "ports"), (item) =>
    item.is === "block" ? longPort(item) : shortPort(textIn(item), item.at),
  );
}

/** `[ADDRESS:][HOST:]CONTAINER[/PROTOCOL]`; a lone port is published too, on a free port of the host. */
function shortPort(text: string, at: Place): PublishedPort | undefined {
  const found = /^(?:(\[[^\]]*\]|[\d.]+|\$\{\w+\}|[\w.-]+):)?(?:([\d-]*|\$\{\w+\}):)?(\d+)(?:-(\d+))?(?:\/\w+)?$/.exec(
    text.trim(),
  );
  if (!found) return undefined;
  const [, before, host, first = "", last] = found;
  // With one colon what stands before it is the host's port, with two it is the address.
  const address = host === undefined ? undefined : before;
  return { address, first: Number(first), last: Number(last ?? first), at };
}

function longPort(item: Node): PublishedPort | undefined {
  const target = Number(scalarOf(child(item, "target"))?.value ?? Number.NaN);
  if (!Number.isInteger(target)) return undefined;
  return { address: textOf(child(item, "host_ip")), first: target, last: target, at: item.at };
}

function readAll<T>(list: Node | undefined, read: (item: Node) => T | undefined): Read<T> {
  const items: T[] = [];
  let unknown: Read<T>["unknown"];
  for (const item of itemsOf(list)) {
    const one = read(item);
    if (one !== undefined) items.push(one);
    else if (item.is === "unknown") unknown ??= item;
  }
  return { items, unknown };
}

function textIn(item: Node): string {
  return (item.is === "unknown" ? item.text : String(scalarOf(item)?.value ?? "")) ?? "";
}

function scalarOf(node: Node | undefined): Scalar | undefined {
  return node?.is === "scalar" ? node : undefined;
}
