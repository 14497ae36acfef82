/**
 * Compose files: a resource for each service and one for the file. Variables are worked out with their defaults, anchors
 * and `extends` are followed; files of variables are not read, as they are where the containers are started.
 */

import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import { type Block, child } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import type { Language, LinkedFile, Unit, UnitPlan } from "../../language.ts";
import { problemAt } from "../../problem-at.ts";
import { noConnections, type ReadUnit, type Resource } from "../../resource.ts";
import { folderOf, resolvePath } from "../folder-path.ts";
import { extendedBy, mergedService } from "./merged-service.ts";
import { substituted } from "./substituted.ts";

export const compose: Language = {
  name: "compose",
  selects: (path) => /(?:^|\/)(?:[^/]+[._-])?(?:docker[._-]?)?compose(?:[._-][^/]*)?\.ya?ml$/i.test(path),
  recognizes: (file) => /^["']?services["']?\s*:/m.test(file.text() ?? ""),
  links: linkedPaths,
  units: unitsWithLinks,
  read: readUnit,
};

/** Services that go on from others in turn; and files that are pulled in. */
const longestChain = 16;
const mostFiles = 32;

function parse(file: SourceFile): {
  readonly text: TextFile;
  readonly root: Block | undefined;
  readonly problems: readonly Problem[];
} {
  const text: TextFile = { path: file.path, text: file.text() ?? "" };
  const { documents, problems } = readYaml(text);
  const root = documents[0]?.node;
  const block = root?.is === "block" ? (substituted(root) as Block) : undefined;
  return {
    text,
    root: block,
    problems: problems.map(({ code, message, place }) =>
      problemAt(place, code, `This compose file could not be read whole: ${message}.`),
    ),
  };
}

function linkedPaths(file: SourceFile): readonly string[] {
  if (!/\bextends\b/.test(file.text() ?? "")) return [];
  const services = child(parse(file).root, "services");
  const names = services?.is === "block" ? services.keys() : [];
  const paths = names.flatMap((name) => {
    const service = child(services, name);
    const target = service && extendedBy(service)?.file;
    const path = target === undefined ? undefined : pathFrom(file.path, target);
    return path === undefined ? [] : [path];
  });
  return [...new Set(paths)];
}

/** Undefined if it leads out of the repository. */
function pathFrom(path: string, target: string): string | undefined {
  if (target.startsWith("/") || target.includes("$")) return undefined;
  return resolvePath(folderOf(path), target);
}

function unitsWithLinks(files: readonly LinkedFile[]): readonly UnitPlan[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return files.map(({ path }) => {
    const paths = new Set([path]);
    for (const one of paths) {
      for (const link of byPath.get(one)?.links ?? []) if (byPath.has(link) && paths.size < mostFiles) paths.add(link);
    }
    return { root: path, paths: [...paths] };
  });
}

function readUnit({ root, files }: Unit): ReadUnit {
  const source = files.find(({ path }) => path === root) ?? files[0];
  if (!source) return { resources: [], problems: [] };
  const parsed = new Map<string, Block | undefined>();
  const { text, root: body, problems } = parse(source);
  parsed.set(source.path, body);
  const rootOf = (path: string): Block | undefined => {
    if (!parsed.has(path)) {
      const file = files.find((one) => one.path === path);
      parsed.set(path, file && parse(file).root);
    }
    return parsed.get(path);
  };
  const services = child(body, "services");
  if (!body || services?.is !== "block") return { resources: [], problems };
  const resources = services.keys().flatMap((name): readonly Resource[] => {
    const member = services.get(name);
    if (member?.value.is !== "block") return [];
    const service = serviceIn(rootOf, source.path, name, 0);
    if (!service) return [];
    return [resourceOf("service", `services.${name}`, { ...member.whole, start: member.key.start }, service)];
  });
  const whole = { file: text, start: body.at.start, end: body.at.end };
  return { resources: [resourceOf("file", source.path, whole, body), ...resources], problems };
}

/** A service with what it extends. What is not there leaves it open. */
function serviceIn(
  rootOf: (path: string) => Block | undefined,
  path: string,
  name: string,
  depth: number,
): Block | undefined {
  const own = child(child(rootOf(path), "services"), name);
  if (own?.is !== "block") return undefined;
  const isPart = !own.get("image") && !own.get("build") && !own.get("provider");
  const extended = extendedBy(own);
  if (!extended) {
    return mergedService(isPart ? { ...own, open: "another file completes this service" } : own, undefined);
  }
  const other = extended.file === undefined ? path : pathFrom(path, extended.file);
  const base =
    other !== undefined && depth < longestChain ? serviceIn(rootOf, other, extended.service, depth + 1) : undefined;
  return mergedService(
    base ? own : { ...own, open: `the service ${extended.service} that it extends cannot be seen` },
    base,
  );
}

function resourceOf(type: string, address: string, at: Place, body: Block): Resource {
  return {
    dialect: "compose",
    language: "compose",
    types: [type],
    address,
    at,
    body,
    calledFrom: [],
    skips: [],
    connected: () => noConnections,
  };
}
