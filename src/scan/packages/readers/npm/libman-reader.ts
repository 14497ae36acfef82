/**
 * `libman.json`, with which ASP.NET projects take scripts and styles for browsers from networks of npm's packages (unpkg,
 * jsDelivr) or from cdnjs, which has names of its own for some of them.
 */
import type { Manifest, PackageSource, PackageUse } from "#model/package-manifest.ts";
import { readJson } from "../../../formats/json/read-json.ts";
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { nothingRead, type PackageReader, type PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { notLocked, problemAt, problemOfFormat, readByHand } from "../../reading/manifest-text.ts";
import { unquoted, wordIn } from "../../reading/node-fields.ts";
import { packageUse } from "../../reading/package-use.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "libman.json",
    ecosystem: "npm",
    matches: (path) => fileNameOf(path) === "libman.json",
    alone: "always",
    read: (file) => readByHand(file, read),
  },
];

/** Names at cdnjs, and what npm calls the same library. All others that are here are called alike. */
const namesAtCdnjs: ReadonlyMap<string, string> = new Map(
  `twitter-bootstrap bootstrap, jquery-validate jquery-validation, jqueryui jquery-ui, angular.js angular, lodash.js lodash,
moment.js moment, handlebars.js handlebars, underscore.js underscore, backbone.js backbone, Chart.js chart.js, three.js three,
datatables datatables.net, microsoft-signalr @microsoft/signalr, aspnet-signalr @aspnet/signalr, require.js requirejs,
mustache.js mustache, ember.js ember-source, pdf.js pdfjs-dist, toastr.js toastr, socket.io socket.io-client`
    .split(",")
    .map((row): readonly [string, string] => {
      const [there = "", here = ""] = row.trim().split(" ");
      return [there, here];
    }),
);

function read(file: TextFile): PackagesRead {
  const { node, problems } = readJson(file);
  const libraries = itemsOf(child(node, "libraries"));
  const usual = wordIn(child(node, "defaultProvider")) ?? "cdnjs";
  const packages = libraries.flatMap((one) => useOf(one, usual) ?? []);
  const nameless = libraries.find((one) => useOf(one, usual) === undefined);
  const message = 'A "library" such as "jquery@3.7.1" was expected here; this entry is left out, the others are read.';
  const found = [...problems.map(problemOfFormat), ...(nameless ? [problemAt(nameless.at, "syntax", message)] : [])];
  if (packages.length === 0) return { ...nothingRead, problems: found };
  const isLocked = packages.every(({ version, source }) => version !== undefined || source);
  const manifest: Manifest = { path: file.path, format: "libman.json", ecosystem: "npm", isLocked, packages };
  return { manifests: [manifest], problems: isLocked ? found : [...found, notLocked(file, "exact versions")] };
}

/** `jquery@3.7.1`, `@microsoft/signalr@8.0.0`; of a file system a path or an address. */
function useOf(entry: Node, usual: string): PackageUse | undefined {
  const library = child(entry, "library");
  const written = wordIn(library);
  if (!library || written === undefined) return undefined;
  const provider = wordIn(child(entry, "provider")) ?? usual;
  const at = spanOf(entry.at);
  const about = { ecosystem: "npm", at, relation: "direct", groups: [provider] } as const;
  if (provider === "filesystem") return packageUse({ ...about, name: written, source: fromOutside(written) });
  const mark = written.indexOf("@", 1);
  const [name, asked] = mark < 0 ? [written, ""] : [written.slice(0, mark), written.slice(mark + 1)];
  const version = /^\d[\w.+-]*$/.test(asked) ? asked : undefined;
  const place = unquoted(library.at);
  const isPlain = version !== undefined && place.end - place.start === written.length;
  // jsDelivr serves repositories, too.
  const repository = /^[\w-]+\/[\w.-]+$/.test(name) ? name : undefined;
  return packageUse({
    ...about,
    name: provider === "cdnjs" ? (namesAtCdnjs.get(name) ?? name) : name,
    version,
    requirement: version === undefined && asked !== "" ? asked : undefined,
    versionAt: isPlain ? spanOf({ ...place, start: place.end - version.length }) : undefined,
    source: repository === undefined ? undefined : { is: "git", url: `https://github.com/${repository}` },
  });
}

function fromOutside(written: string): PackageSource {
  return /^https?:/i.test(written) ? { is: "archive", url: written } : { is: "path", path: written };
}
