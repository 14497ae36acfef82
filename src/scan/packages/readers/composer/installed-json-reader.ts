/** `vendor/composer/installed.json`: what Composer has installed, in the forms of its versions 1 and 2. */
import type { PackageReader } from "../../package-reader.ts";
import { wordsOf } from "../../reading/json-fields.ts";
import { type JsonSlice, jsonValue, slicesOf } from "../../reading/json-slices.ts";
import { linked } from "../../reading/linked-packages.ts";
import { brokenAt, readAsText } from "../../reading/manifest-text.ts";
import { lockedPackages } from "./locked-packages.ts";

const format = "installed.json";

const installedReader: PackageReader = {
  format,
  ecosystem: "Packagist",
  matches: (path) => /(?:^|\/)composer\/installed\.json$/.test(path),
  alone: "unless-claimed",
  read: (file) =>
    readAsText(file, (text) => {
      const { slices, trouble } = slicesOf(text.text);
      const isList = text.text.trimStart().startsWith("[");
      const whole: JsonSlice = { key: "", at: 0, start: 0, end: text.text.length };
      const list = isList ? whole : slices.find(({ key }) => key === "packages");
      const names = slices.find(({ key }) => key === "dev-package-names");
      const development = new Set(wordsOf(names && jsonValue(text.text.slice(names.start, names.end))));
      const mistake = trouble ?? (list ? undefined : { at: 0, expected: "a list of packages" });
      const broken = mistake ? [brokenAt(text, format, mistake)] : [];
      if (!list) return { manifests: [], problems: broken };
      const about = { isDevelopment: (name: string) => development.has(name), relationOf: () => "unknown" as const };
      const { drafts, problems } = lockedPackages(text, list, about);
      const packages = linked(drafts);
      const manifest = { path: file.path, format, ecosystem: "Packagist", isLocked: true, packages } as const;
      return { manifests: [manifest], problems: [...broken, ...problems] };
    }),
};

export const readers: readonly PackageReader[] = [installedReader];
