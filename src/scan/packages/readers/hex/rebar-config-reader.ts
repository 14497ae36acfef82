/** `rebar.config` without a `rebar.lock` beside it. */
import type { TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { brokenAt, notLocked, readByHand } from "../../reading/manifest-text.ts";
import { readRebarConfig } from "./rebar-config.ts";

const format = "rebar.config";

const rebarConfigReader: PackageReader = {
  format,
  ecosystem: "Hex",
  matches: (path) => fileNameOf(path) === format,
  alone: "unless-claimed",
  read: (file) => readByHand(file, read),
};

export const readers: readonly PackageReader[] = [rebarConfigReader];

function read(file: TextFile): PackagesRead {
  const { packages, brokenAt: at } = readRebarConfig(file);
  const problems =
    at === undefined ? [] : [brokenAt(file, format, { at, expected: "an Erlang term with a full stop" })];
  if (packages.length === 0) return { manifests: [], problems };
  return {
    manifests: [{ path: file.path, format, ecosystem: "Hex", isLocked: false, packages }],
    problems: [...problems, notLocked(file, "rebar.lock")],
  };
}
