/**
 * Which indexes a project's settings name, and whether they settle which packages come from where: each of Poetry, uv, PDM and
 * Pipenv has a rule of its own for several of them (the pages on sources and indexes in their documentations).
 */
import type { Feed } from "#model/package-manifest.ts";
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import { spanOf } from "../../../formats/text-file.ts";
import { membersOf, wordIn, wordsIn } from "../../reading/node-fields.ts";

export function pyprojectFeeds(root: Node): readonly Feed[] {
  const tool = child(root, "tool");
  return [...poetryFeeds(child(tool, "poetry")), ...uvFeeds(child(tool, "uv")), ...pdmFeeds(child(tool, "pdm"))];
}

interface Source {
  readonly node: Node;
  readonly name: string | undefined;
  readonly feed: Feed | undefined;
}

function sourcesIn(list: Node | undefined): readonly Source[] {
  return itemsOf(list).map((node) => {
    const name = wordIn(child(node, "name"));
    return { node, name, feed: feedAt(child(node, "url"), name) };
  });
}

function feedAt(node: Node | undefined, name?: string): Feed | undefined {
  const written = wordIn(node);
  // Folders are asked over no network.
  if (!node || written === undefined || !/^(?:https?:|\$)/i.test(written)) return undefined;
  const address = written.replace(/^([a-z+]{1,20}:\/\/)[^/@]*@/i, "$1");
  return { ...(name !== undefined && { name }), address, at: spanOf(node.at) };
}

function isTrue(node: Node | undefined): boolean {
  return node?.is === "scalar" && node.value === true;
}

/** Primary sources take the place of the public index; supplemental ones are asked after all others, explicit ones for what names them. */
function poetryFeeds(poetry: Node | undefined): readonly Feed[] {
  const sources = sourcesIn(child(poetry, "source")).map((source) => ({
    ...source,
    priority: priorityOf(source.node),
  }));
  const hasPrimary = sources.some(({ priority, feed }) => priority === "primary" && feed);
  // The public index is named without an address.
  const namesPublic = sources.some(({ feed, name }) => !feed && name?.toLowerCase() === "pypi");
  const tables = [poetry, ...membersOf(child(poetry, "group")).map(({ value }) => value)].flatMap((table) => [
    child(table, "dependencies"),
    child(table, "dev-dependencies"),
  ]);
  const pins = pinsIn(tables, "source");
  return sources.flatMap(({ feed, name, priority }): readonly Feed[] => {
    if (!feed) return [];
    const own = pinned(feed, pins, name);
    if (priority === "explicit") return [{ ...own, scopes: namesFrom(tables, "source", name), isMapped: true }];
    return [{ ...own, isBesideOthers: !hasPrimary || namesPublic }];
  });
}

/** The packages whose entry says that they come from a source of this name. */
function namesFrom(tables: readonly (Node | undefined)[], key: string, name: string | undefined): readonly string[] {
  if (name === undefined) return [];
  return tables.flatMap(membersOf).flatMap(({ name: own, value }) => {
    const entries = value.is === "list" ? itemsOf(value) : [value];
    return entries.some((entry) => wordIn(child(entry, key)) === name) ? [own] : [];
  });
}

/** By the name of a source, the packages that are taken from it wherever they are asked for: an entry may hold for some machines only. */
function pinsIn(tables: readonly (Node | undefined)[], key: string): ReadonlyMap<string, readonly string[]> {
  const pins = new Map<string, string | undefined>();
  for (const { name, value } of tables.flatMap(membersOf)) {
    const [entry, ...others] = value.is === "list" ? itemsOf(value) : [value];
    const isForAll = others.length === 0 && !limits.some((limit) => child(entry, limit));
    const source = isForAll ? wordIn(child(entry, key)) : undefined;
    pins.set(name, pins.has(name) && pins.get(name) !== source ? undefined : source);
  }
  const names = new Map<string, string[]>();
  for (const [name, source] of pins) {
    if (source === undefined) continue;
    const same = names.get(source);
    if (same) same.push(name);
    else names.set(source, [name]);
  }
  return names;
}

function pinned(feed: Feed, pins: ReadonlyMap<string, readonly string[]>, name: string | undefined): Feed {
  const names = pins.get(name ?? "");
  return names ? { ...feed, names } : feed;
}

/** What makes an entry hold for some machines, or some groups, only. */
const limits = ["marker", "markers", "platform", "python", "extra", "group", "sys_platform", "os_name"];

function priorityOf(source: Node): string {
  const written = wordIn(child(source, "priority"))?.toLowerCase();
  if (written !== undefined) return written === "default" ? "primary" : written;
  return isTrue(child(source, "secondary")) ? "secondary" : "primary";
}

/** uv takes all versions of a package from the first index that has it, unless its strategy is another one. */
export function uvFeeds(settings: Node | undefined): readonly Feed[] {
  const pip = child(settings, "pip");
  const strategy = wordIn(child(settings, "index-strategy")) ?? wordIn(child(pip, "index-strategy"));
  const isOpen = strategy?.startsWith("unsafe") === true;
  const indexes = sourcesIn(child(settings, "index"));
  const replacing = [child(settings, "index-url"), child(pip, "index-url")].flatMap((node) => feedAt(node) ?? []);
  const extra = [child(settings, "extra-index-url"), child(pip, "extra-index-url")]
    .flatMap((list) => [...itemsOf(list)])
    .flatMap((node) => feedAt(node) ?? []);
  const hasDefault = replacing.length > 0 || indexes.some(({ node }) => isTrue(child(node, "default")));
  const settled = (feed: Feed, isSettled: boolean): Feed =>
    isSettled ? { ...feed, isMapped: true } : { ...feed, isBesideOthers: !hasDefault };
  const sources = [child(settings, "sources")];
  const pins = pinsIn(sources, "index");
  return [
    ...indexes.flatMap(({ node, name, feed }): readonly Feed[] => {
      if (!feed) return [];
      const own = pinned(feed, pins, name);
      if (!isTrue(child(node, "explicit"))) return [settled(own, !isOpen)];
      return [{ ...own, scopes: namesFrom(sources, "index", name), isMapped: true }];
    }),
    ...[...replacing, ...extra].map((feed) => settled(feed, !isOpen)),
  ];
}

/** PDM asks all sources and the public index, which a source of that name replaces; patterns settle what comes from where. */
function pdmFeeds(pdm: Node | undefined): readonly Feed[] {
  const sources = sourcesIn(child(pdm, "source")).filter(({ node }) => wordIn(child(node, "type")) !== "find_links");
  const isOrdered = isTrue(child(child(pdm, "resolution"), "respect-source-order"));
  const isReplaced = sources.some(({ name }) => name?.toLowerCase() === "pypi");
  return sources.flatMap(({ node, feed }) => {
    const scopes = wordsIn(child(node, "include_packages"));
    if (!feed) return [];
    if (scopes.length > 0) return [{ ...feed, scopes, names: scopes, isMapped: true }];
    return [isOrdered ? { ...feed, isMapped: true } : { ...feed, isBesideOthers: !isReplaced }];
  });
}

/** Pipenv takes a package from the source that it names, else from the first one, unless it is told to search all of them. */
export function pipfileFeeds(root: Node): readonly Feed[] {
  const searchesAll = isTrue(child(child(root, "pipenv"), "install_search_all_sources"));
  const tables = membersOf(root).flatMap(({ name, value }) => (name === "source" ? [] : [value]));
  const pins = pinsIn(tables, "index");
  return sourcesIn(child(root, "source")).flatMap(({ feed, name }, position): readonly Feed[] => {
    if (!feed) return [];
    const own = pinned(feed, pins, name);
    if (searchesAll) return [own];
    return [{ ...own, ...(position > 0 && { scopes: namesFrom(tables, "index", name) }), isMapped: true }];
  });
}
