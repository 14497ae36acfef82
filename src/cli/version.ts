import { readFileSync } from "node:fs";
import { ownFolder } from "./own-folder.ts";

const packageJson = JSON.parse(readFileSync(new URL("package.json", ownFolder), "utf8")) as {
  readonly version: string;
};

export const { version } = packageJson;
