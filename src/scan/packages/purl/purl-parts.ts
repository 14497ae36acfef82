/** How names of ecosystems are divided among the parts of a package URL, and how they are put together again. */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { Purl } from "./purl-text.ts";

type Parts = Pick<Purl, "namespace" | "name" | "subpath" | "qualifiers">;

interface Division {
  readonly type: string;
  divide(this: void, name: string): Parts;
  join(this: void, purl: Purl): string;
}

const whole = (type: string): Division => ({
  type,
  divide: (name) => ({ name }),
  join: ({ namespace, name }) => (namespace === undefined ? name : `${namespace}/${name}`),
});

/** All but the last segment is the namespace. */
const bySlash = (type: string): Division => ({
  ...whole(type),
  divide: (name) => divideAt(name, name.lastIndexOf("/")),
});

function divideAt(name: string, at: number): Parts {
  return at <= 0 ? { name } : { namespace: name.slice(0, at), name: name.slice(at + 1) };
}

const maven: Division = {
  type: "maven",
  divide: (name) => divideAt(name, name.indexOf(":")),
  join: ({ namespace, name }) => (namespace === undefined ? name : `${namespace}:${name}`),
};

/** `owner/repository/path/within`. */
const actions: Division = {
  type: "githubactions",
  divide: (name) => {
    const [owner = "", repository, ...path] = name.split("/");
    if (repository === undefined) return { name };
    return { namespace: owner, name: repository, subpath: path.join("/") };
  },
  join: ({ namespace, name, subpath }) => [namespace, name, subpath].filter(Boolean).join("/"),
};

/** A pod's part is a subpath: `ShareKit/Twitter`. */
const pods: Division = {
  type: "cocoapods",
  divide: (name) => {
    const [pod = "", ...path] = name.split("/");
    return { name: pod, subpath: path.join("/") };
  },
  join: ({ name, subpath }) => (subpath === undefined ? name : `${name}/${subpath}`),
};

/** A first segment with a dot or a port is a registry. */
const images: Division = {
  type: "docker",
  divide: (name) => {
    const [, host, rest = name] = /^([^/]*[.:][^/]*|localhost)\/(.+)$/.exec(name) ?? [];
    return {
      ...divideAt(rest, rest.lastIndexOf("/")),
      ...(host === undefined ? {} : { qualifiers: { repository_url: host } }),
    };
  },
  join: ({ type, namespace, name, qualifiers }) => {
    const repository = qualifiers?.repository_url ?? "";
    // Of `pkg:oci` it is the whole address, of `pkg:docker` the host.
    if (type === "oci" && repository.toLowerCase().endsWith(`/${name.toLowerCase()}`)) return repository;
    return [repository, namespace, name].filter(Boolean).join("/");
  },
};

const tasks: Division = {
  type: "generic",
  divide: (name) => ({ namespace: "azure-pipelines", name }),
  join: ({ name }) => name,
};

const runtimes: Division = {
  type: "generic",
  divide: (name) => ({ namespace: "dotnet", name }),
  join: ({ name }) => name,
};

const divisions: Readonly<Record<Ecosystem, Division>> = {
  NuGet: whole("nuget"),
  npm: bySlash("npm"),
  PyPI: whole("pypi"),
  Maven: maven,
  Go: bySlash("golang"),
  "crates.io": whole("cargo"),
  RubyGems: whole("gem"),
  Packagist: bySlash("composer"),
  Pub: whole("pub"),
  Hex: bySlash("hex"),
  SwiftURL: bySlash("swift"),
  ConanCenter: whole("conan"),
  CRAN: whole("cran"),
  Hackage: whole("hackage"),
  Julia: whole("julia"),
  opam: whole("opam"),
  "GitHub Actions": actions,
  ".NET": runtimes,
  CocoaPods: pods,
  CPAN: bySlash("cpan"),
  "Azure Pipelines": tasks,
  Docker: images,
  Deno: bySlash("jsr"),
  Conda: whole("conda"),
  Generic: bySlash("generic"),
};

export function divisionOf(ecosystem: Ecosystem): Division {
  return divisions[ecosystem];
}

/** Types that several ecosystems share, or that others use for what we know under another one. */
const otherTypes: Readonly<Record<string, Ecosystem>> = { github: "GitHub Actions", oci: "Docker", generic: "Generic" };

const byType = new Map<string, Ecosystem>([
  ...Object.entries(divisions).map(([ecosystem, { type }]): [string, Ecosystem] => [type, ecosystem as Ecosystem]),
  ...Object.entries(otherTypes),
]);

export function ecosystemOf({ type, namespace }: Purl): Ecosystem | undefined {
  if (type === "generic" && namespace === "azure-pipelines") return "Azure Pipelines";
  if (type === "generic" && namespace === "dotnet") return ".NET";
  return byType.get(type);
}
