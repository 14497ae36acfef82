/** `go.sum` without a `go.mod`: every version whose files were fetched, and those of which only `go.mod` was read. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf } from "../../../formats/text-file.ts";
import type { PackageReader } from "../../package-reader.ts";
import { problemAt, readAsText } from "../../reading/manifest-text.ts";
import { goSum } from "./go-sum.ts";

const format = "go.sum";

const goSumReader: PackageReader = {
  format,
  ecosystem: "Go",
  matches: (path) => /(?:^|\/)(?:go|[\w-]*tools?)\.sum$/.test(path),
  alone: "unless-claimed",
  read: (file) =>
    readAsText(file, (text) => {
      const { entries, trouble } = goSum(text);
      const packages = entries.map(
        ({ name, version, integrity, at }): PackageUse => ({
          ecosystem: "Go",
          name,
          version,
          at: spanOf(at),
          relation: "unknown",
          isDevelopment: integrity === undefined,
          ...(integrity === undefined ? { groups: ["go.mod only"] } : { integrity }),
        }),
      );
      const message = 'Here a line "module version hash" was expected. Lines of that form were read, this one was not.';
      const problems = trouble ? [problemAt(trouble, "syntax", message)] : [];
      return { manifests: [{ path: file.path, format, ecosystem: "Go", isLocked: true, packages }], problems };
    }),
};

export const readers: readonly PackageReader[] = [goSumReader];
