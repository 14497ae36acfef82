/** Finds the operation of a request: patterns are compared without regard to case, `{x?}` may be absent, `{x*}` takes the rest. */
import type { Host, Route } from "../route.ts";

export interface Router {
  /** Among the routes of the hosts, in their order. */
  find(method: string, hosts: readonly Host[], path: string): RouteMatch;
}

type RouteMatch =
  | { readonly is: "found"; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly is: "wrong method"; readonly allowed: readonly string[] }
  | { readonly is: "unknown" };

interface Compiled {
  readonly route: Route;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  /** Optional segments that stand in the pattern: of two matches the one with fewer wins. */
  readonly vagueness: number;
}

function escapePattern(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function compile(route: Route): Compiled {
  const names: string[] = [];
  let source = "";
  for (const segment of route.path.split("/").slice(1)) {
    const placeholder = /^([^{]*)\{(\w+)([?*]?)\}$/.exec(segment);
    if (!placeholder) {
      source += `/${escapePattern(segment)}`;
      continue;
    }
    const [, prefix = "", name = "", mark] = placeholder;
    names.push(name);
    if (mark === "*") source += "(?:/(.*))?";
    else source += mark === "?" ? "(?:/([^/]+))?" : `/${escapePattern(prefix)}([^/]+)`;
  }
  return {
    route,
    pattern: new RegExp(`^${source}/?$`, "i"),
    names,
    vagueness: names.length,
  };
}

/** The word after `_apis`, by which routes are sorted into drawers. */
function drawerOf(host: Host, path: string): string {
  return `${host} ${/\/_apis\/([^/]+)/i.exec(path)?.[1]?.toLowerCase() ?? ""}`;
}

export function createRouter(routes: readonly Route[]): Router {
  const drawers = new Map<string, Compiled[]>();
  for (const route of routes) {
    const key = drawerOf(route.host ?? "dev.azure.com", route.path);
    const name = /\/_apis\/\{/.test(route.path) ? `${route.host ?? "dev.azure.com"} *` : key;
    drawers.set(name, [...(drawers.get(name) ?? []), compile(route)]);
  }
  for (const drawer of drawers.values()) drawer.sort((left, right) => left.vagueness - right.vagueness);
  return {
    find(method, hosts, path) {
      const decoded = decodeLiterals(path);
      const others = new Map<string, RouteMatch>();
      const candidates = hosts.flatMap((host) => [
        ...(drawers.get(drawerOf(host, decoded)) ?? []),
        ...(drawers.get(`${host} *`) ?? []),
      ]);
      for (const { route, pattern, names } of candidates) {
        const match = pattern.exec(decoded);
        if (!match) continue;
        const params = decodeParams(names, match.slice(1));
        if (!params || params.project?.startsWith("_")) continue;
        const found: RouteMatch = { is: "found", route, params };
        if (route.method === method) return found;
        // the table of a whole area answers OPTIONS on paths that lead nowhere else
        if (route.method !== "OPTIONS" && !others.has(route.method)) others.set(route.method, found);
      }
      const get = method === "HEAD" ? others.get("GET") : undefined;
      if (get) return get;
      return others.size > 0 ? { is: "wrong method", allowed: [...others.keys()] } : { is: "unknown" };
    },
  };
}

/** `%24` is the one encoded character that literal parts of routes contain. */
function decodeLiterals(path: string): string {
  return path.replace(/%24/g, "$");
}

function decodeParams(
  names: readonly string[],
  values: readonly (string | undefined)[],
): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const value = values[index];
    if (value === undefined) continue;
    try {
      params[name] = decodeURIComponent(value);
    } catch {
      return undefined;
    }
  }
  return params;
}
