/** Reads the operations of a folder of OpenAPI 2.0 descriptions. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Operation {
  /** File name without version: `git`. */
  readonly area: string;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly version: string;
  readonly pattern: RegExp;
  readonly parameters: readonly string[];
  /** 2xx codes of the description. */
  readonly statuses: readonly number[];
  readonly schema: unknown;
  /** Names of the query parameters without which a call is refused. */
  readonly requiredQuery: readonly string[];
}

export interface Description {
  readonly area: string;
  readonly operations: readonly Operation[];
  readonly definitions: Readonly<Record<string, unknown>>;
}

type Json = Record<string, unknown>;

export function readDescriptions(folder: string): Description[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => readDescription(name.replace(/\.7\.\d\.json$/, ""), join(folder, name)));
}

function readDescription(area: string, file: string): Description {
  const document = JSON.parse(readFileSync(file, "utf8")) as Json;
  const shared = (document.parameters ?? {}) as Record<string, Json>;
  const paths = { ...(document.paths as Json), ...(document["x-ms-paths"] as Json | undefined) };
  const operations: Operation[] = [];
  for (const [address, item] of Object.entries(paths)) {
    for (const [method, value] of Object.entries(item as Json)) {
      const operation = value as Json;
      if (!operation?.operationId) continue;
      const parameters = ((operation.parameters ?? []) as Json[]).map((one) =>
        typeof one.$ref === "string" ? (shared[one.$ref.split("/").at(-1) ?? ""] ?? {}) : one,
      );
      operations.push(
        readOperation(area, String(document.host), method, address.split("?")[0] ?? "", operation, parameters),
      );
    }
  }
  return { area, operations, definitions: document.definitions as Json };
}

function readOperation(
  area: string,
  host: string,
  method: string,
  path: string,
  operation: Json,
  parameters: readonly Json[],
): Operation {
  const version = parameters.find((one) => one.name === "api-version");
  const responses = Object.entries(operation.responses as Record<string, Json>).filter(([code]) =>
    code.startsWith("2"),
  );
  return {
    area,
    host,
    method: method.toUpperCase(),
    path,
    version:
      /'(\d+\.\d+[\w.-]*)'/.exec(typeof version?.description === "string" ? version.description : "")?.[1] ?? "7.1",
    pattern: pathPattern(path),
    parameters: [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""),
    statuses: responses.map(([code]) => Number(code)),
    schema: responses[0]?.[1].schema,
    requiredQuery: parameters
      .filter((one) => one.in === "query" && one.required === true && one.name !== "api-version")
      .map((one) => String(one.name)),
  };
}

/** Matches addresses of the operation; the project and team segments may be left out, as the service allows. */
function pathPattern(path: string): RegExp {
  const source = path
    .replace(/^\//, "")
    .split("/")
    .map((segment) => {
      if (segment === "{project}" || segment === "{team}") return "(?:/[^/]+)?";
      return `/${segment.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "[^/]+")}`;
    })
    .join("");
  return new RegExp(`^${source}/?$`, "i");
}
