/** Resource files of OTP applications (`*.app`, `*.app.src`): the application itself and its version. */
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { readByHand } from "../../reading/manifest-text.ts";
import { manifestOf, packageUse } from "../../reading/package-use.ts";
import { itemsIn, pairIn, termAt, textIn } from "./beam-terms.ts";

const format = "OTP .app";

const otpAppReader: PackageReader = {
  format,
  ecosystem: "Hex",
  matches: (path) => /\.app(?:\.src)?$/.test(path),
  alone: "always",
  read: (file) => readByHand(file, readApp),
};

export const readers: readonly PackageReader[] = [otpAppReader];

function readApp(file: TextFile): PackagesRead {
  const [kind, name, about] = itemsIn(termAt(file.text, 0, "%"));
  const application = textIn(name);
  // Other programs use the ending too.
  if (textIn(kind) !== "application" || application === undefined) return { manifests: [], problems: [] };
  const written = pairIn(about, "vsn");
  // `git` and variables stand for what a build fills in.
  const version = written?.is === "text" && /\d/.test(written.value) ? written.value : undefined;
  const use = packageUse({
    ecosystem: "Hex",
    name: application,
    version,
    requirement: version === undefined ? textIn(written) : undefined,
    at: spanOf({ file, start: 0, end: file.text.trimEnd().length }),
    versionAt: written && version !== undefined ? spanOf({ file, start: written.start, end: written.end }) : undefined,
    relation: "root",
    licenses: itemsIn(pairIn(about, "licenses")).flatMap((one) => textIn(one) ?? []),
  });
  const root = { name: application, version };
  return {
    manifests: [manifestOf({ path: file.path, format, ecosystem: "Hex", root, isLocked: false, packages: [use] })],
    problems: [],
  };
}
