/** What an entry of a package-lock.json says of the new version: as npm writes it, from what the registry says. */
import type { PublishedVersion } from "#model/fix-plan.ts";
import { type JsonObject, objectOf } from "../../../packages/reading/json-fields.ts";

/** What an entry says of its place in the tree, and not of the package. */
const ofPlace = ["name", "dev", "optional", "devOptional", "peer", "extraneous"];

/** What npm copies from the package. */
const ofPackage = [
  ...["peerDependencies", "peerDependenciesMeta", "optionalDependencies", "bundleDependencies", "funding", "engines"],
  ...["os", "cpu", "libc", "license", "hasInstallScript", "hasShrinkwrap", "bin", "deprecated"],
] as const;

/** Undefined if it is not known where the archive lies. */
export function entryOf(
  old: JsonObject,
  { from, to }: { readonly from: string; readonly to: string },
  { integrity, resolved, dependencies = {}, entry }: PublishedVersion,
  name = "",
): JsonObject | undefined {
  const address = typeof old.resolved === "string" ? (nextAddress(old.resolved, from, to) ?? resolved) : undefined;
  if (typeof old.resolved === "string" && address === undefined) return undefined;
  const own: Record<string, unknown> = { version: to };
  if (address !== undefined) own.resolved = address;
  own.integrity = integrity;
  for (const key of ofPlace) if (old[key] !== undefined) own[key] = old[key];
  const facts = entry ?? old;
  for (const key of ofPackage) if (facts[key] !== undefined && !isEmpty(facts[key])) own[key] = facts[key];
  if (own.bin !== undefined && entry) own.bin = binsOf(own.bin, name);
  if (own.funding !== undefined && entry) own.funding = fundingOf(own.funding);
  // The registry repeats optional ones among the others, npm does not.
  const optional = objectOf(own.optionalDependencies) ?? {};
  const needed = Object.entries(dependencies).filter(([name]) => !Object.hasOwn(optional, name));
  if (needed.length > 0) own.dependencies = Object.fromEntries(needed);
  return inOrder(own);
}

/** By name, from the package's folder, as npm normalises them. */
function binsOf(bin: unknown, name: string): unknown {
  const all = typeof bin === "string" ? { [name.slice(name.indexOf("/") + 1)]: bin } : (objectOf(bin) ?? {});
  const paths = Object.entries(all).map(([key, path]) => [key, String(path).replace(/^(?:\.?\/)+/, "")] as const);
  return Object.fromEntries(paths);
}

/** Lists that a package has for nothing are not repeated. */
function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function fundingOf(funding: unknown): unknown {
  if (Array.isArray(funding)) return funding.map((one) => (typeof one === "string" ? { url: one } : one));
  return typeof funding === "string" ? { url: funding } : funding;
}

/** The same registry, or the mirror that the lock file names already. */
export function nextAddress(old: string, from: string, to: string): string | undefined {
  const end = `-${from}.tgz`;
  const at = old.lastIndexOf(end);
  return at > 0 && /^(?:#.*|\?.*)?$/.test(old.slice(at + end.length)) ? `${old.slice(0, at)}-${to}.tgz` : undefined;
}

/** Of a package that comes in with another one: from where that one comes. Undefined if its address is not of the usual form. */
export function newEntryOf(beside: JsonObject, name: string, version: string, published: PublishedVersion) {
  const address = besideAddress(beside, name, version);
  const { resolved: _, ...rest } = published;
  if (address === undefined) return undefined;
  return entryOf(address === "" ? {} : { resolved: address }, { from: version, to: version }, rest, name);
}

/** Empty where lock files say no addresses. */
function besideAddress({ resolved }: JsonObject, name: string, version: string): string | undefined {
  if (resolved === undefined) return "";
  const [, start] =
    typeof resolved === "string"
      ? (/^(https?:\/\/[^?#]*?)\/(?:@[^/@]+(?:\/|%2f))?[^/@]+\/-\/[^/?#]+\.tgz$/i.exec(resolved) ?? [])
      : [];
  return start === undefined ? undefined : `${start}/${name}/-/${name.slice(name.indexOf("/") + 1)}-${version}.tgz`;
}

const first = ["name", "version", "resolved", "integrity", "dependencies"];

/** Texts and lists before objects, then by name. */
export function inOrder(entry: Readonly<Record<string, unknown>>): JsonObject {
  const rank = (key: string): number => (first.includes(key) ? first.indexOf(key) : first.length);
  const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
  const members = Object.entries(entry).sort(
    ([a, one], [b, other]) => Number(isObject(one)) - Number(isObject(other)) || rank(a) - rank(b) || (a < b ? -1 : 1),
  );
  return Object.fromEntries(members);
}
