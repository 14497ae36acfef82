/** What the text behind a package's name asks for: a range of a registry's versions, or something from elsewhere. */
import type { PackageSource } from "#model/package-manifest.ts";

export type NpmSpec =
  | {
      readonly is: "registry";
      /** Set by an alias: the package that is meant, whatever it is called here. */
      readonly name?: string;
      readonly range: string;
      /** Where the range begins in the text. */
      readonly rangeAt: number;
      /** The registry of `jsr:`. */
      readonly isJsr?: boolean;
    }
  | { readonly is: "elsewhere"; readonly source: PackageSource }
  /** Decided by another file of the workspace: `workspace:*`, `catalog:`. */
  | { readonly is: "workspace" | "catalog"; readonly range: string };

const hosts: Readonly<Record<string, string>> = {
  "github:": "https://github.com/",
  "gitlab:": "https://gitlab.com/",
  "bitbucket:": "https://bitbucket.org/",
  "gist:": "https://gist.github.com/",
};

const startOfRange = /^(?:$|[\^~<>=*]|v?\d+(?:[.\s-]|$))/;
const protocol = /^[A-Za-z][\w+.-]*:/;
const gitAddress = /^(?:git(?:\+\w+)?:|ssh:|[\w.-]+@[\w.-]+:)|\.git(?:#|$)/;
const repositoryPage =
  /^https?:\/\/(?:[^/@]*@)?(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)\/[^/#]+\/[^/#]+\/?(?:#|$)/;
const codeload = /^https:\/\/codeload\.github\.com\/([^/]+\/[^/]+)\/(?:legacy\.)?(?:tar\.gz|zip)\/([^/?#]+)/;

export function npmSpecOf(spec: string): NpmSpec {
  if (!spec.includes(":") && !spec.includes("/")) {
    if (spec === "." || spec === "..") return pathTo(spec);
    return { is: "registry", range: spec, rangeAt: 0 };
  }
  if (spec.startsWith("npm:")) return registrySpec(spec, 4);
  if (spec.startsWith("jsr:")) return { ...registrySpec(spec, 4), isJsr: true };
  if (spec.startsWith("workspace:")) return { is: "workspace", range: spec };
  if (spec.startsWith("catalog:")) return { is: "catalog", range: spec };
  if (spec.startsWith("patch:")) return patchedSpec(spec);
  const local = /^(?:file|link|portal):/.exec(spec);
  if (local) return pathTo(spec.slice(local[0].length));
  if (/^(?:\.{0,2}|~)\//.test(spec)) return pathTo(spec);
  return { is: "elsewhere", source: remoteSource(spec) };
}

/** Of an address that a lock file resolved, or of a spec that is no range. */
export function remoteSource(address: string): PackageSource {
  const [, repository, commit] = codeload.exec(address) ?? [];
  if (repository !== undefined && commit !== undefined) return gitSource(`https://github.com/${repository}#${commit}`);
  const host = hosts[protocol.exec(address)?.[0] ?? ""];
  if (host !== undefined) return gitSource(host + address.slice(address.indexOf(":") + 1));
  if (gitAddress.test(address) || repositoryPage.test(address)) return gitSource(address);
  if (!protocol.test(address) && address.includes("/")) return gitSource(`https://github.com/${address}`);
  return { is: "archive", url: withoutCredentials(address) };
}

export function gitSource(address: string): PackageSource {
  const hash = address.indexOf("#");
  const url = withoutCredentials(hash < 0 ? address : address.slice(0, hash));
  const [, commit] = /^(?:commit[=:])?([0-9a-f]{7,64})$/i.exec(hash < 0 ? "" : address.slice(hash + 1)) ?? [];
  return { is: "git", url, ...(commit === undefined ? {} : { commit }) };
}

/** `name@rest` divided; the name alone has no rest. */
export function divideAtName(text: string): readonly [name: string, rest: string] {
  const at = text.indexOf("@", 1);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function registrySpec(spec: string, from: number): Extract<NpmSpec, { is: "registry" }> {
  const rest = spec.slice(from);
  if (startOfRange.test(rest)) return { is: "registry", range: rest, rangeAt: from };
  const [name, range] = divideAtName(rest);
  if (name === "latest" || name === "next") return { is: "registry", range: rest, rangeAt: from };
  return { is: "registry", name, range, rangeAt: from + Math.min(rest.length, name.length + 1) };
}

/** Yarn's `patch:name@npm%3A1.2.3#file.patch`: the package is the same, with changes of the project's own. */
function patchedSpec(spec: string): NpmSpec {
  const hash = spec.indexOf("#");
  const [name, inner] = divideAtName(spec.slice("patch:".length, hash < 0 ? undefined : hash));
  const plain = inner.replace(/^npm(?:%3A|:)/i, "");
  // Where the range begins stays unsaid: an escaped text is not edited.
  return { is: "registry", name, range: plain, rangeAt: spec.length };
}

function pathTo(path: string): NpmSpec {
  const end = path.search(/(?:#|::)/);
  return { is: "elsewhere", source: { is: "path", path: end < 0 ? path : path.slice(0, end) } };
}

function withoutCredentials(url: string): string {
  return url.replace(/^([\w+.-]+:\/\/)(?!git@)[^/@]*@/, "$1");
}
