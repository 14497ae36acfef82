/** The packages whose source the tables are counted over: permissively licensed, installed, of the lock file's versions. */
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const names = [
  "@mantine/core",
  "@reduxjs/toolkit",
  "@tanstack/react-router",
  "@types/node",
  "ajv",
  "autocannon",
  "azure-devops-node-api",
  "commander",
  "es-toolkit",
  "fastify",
  "jose",
  "knip",
  "kysely",
  "luxon",
  "oidc-provider",
  "openid-client",
  "pg",
  "pg-boss",
  "pino",
  "playwright-core",
  "react-dom",
  "recharts",
  "semver",
  "typebox",
  "typescript",
  "underscore",
  "vite",
  "yaml",
  "zod",
] as const;

const licences = new Set(["MIT", "ISC", "Apache-2.0", "BSD-3-Clause"]);
const largestFile = 400_000;

export interface SourcePackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

export function readPackages(root: string): readonly SourcePackage[] {
  return names.map((name) => {
    const folder = join(root, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      readonly version: string;
      readonly license: string;
    };
    if (!licences.has(license)) throw new Error(`${name} is licensed ${license}; only permissive licences count.`);
    const files = globSync("**/*.{js,cjs,mjs,ts,cts,mts,json,md,yml,yaml}", { cwd: folder })
      .filter((path) => !path.includes("node_modules/") && !/[.-]min\./.test(path))
      .toSorted()
      .filter((path) => statSync(join(folder, path)).size <= largestFile)
      .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
    return { name, version, licence: license, files };
  });
}
