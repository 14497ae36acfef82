/** What extends an organization: installed extensions with what they may do, and the tasks that pipelines can use. */
import type { ExtensionFact, TaskFact } from "#model/posture/organization-settings.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { collect, wholeList } from "../pages.ts";
import { inner, isWire, optionalNumber, optionalText, requiredText, type Wire } from "../read-wire.ts";
import { isoDate } from "./iso-date.ts";

export async function readExtensions(client: OrganizationClient): Promise<readonly ExtensionFact[]> {
  const request = {
    host: "extmgmt.dev.azure.com",
    path: path`/_apis/extensionmanagement/installedextensions`,
    query: { includeDisabledExtensions: "true" },
    apiVersion: "7.1-preview.1",
  } as const;
  return collect(wholeList(client, request, "extensions"), readExtension);
}

function readExtension(wire: Wire): ExtensionFact {
  const where = "extensions";
  const publisherId = requiredText(wire, "publisherId", where);
  const extensionId = requiredText(wire, "extensionId", where);
  const lastPublished = isoDate(wire, "lastPublished");
  const types = objects(wire.contributions).flatMap((one) => optionalText(one, "type") ?? []);
  return {
    publisherId,
    publisherName: optionalText(wire, "publisherName") ?? publisherId,
    extensionId,
    name: optionalText(wire, "extensionName") ?? extensionId,
    version: optionalText(wire, "version") ?? "",
    flags: flagsOf(wire.flags),
    scopes: texts(wire.scopes),
    ...(lastPublished === undefined ? {} : { lastPublished }),
    contributionTypes: [...new Set(types)],
    isDisabled: flagsOf(inner(wire, "installState").flags).some((flag) => /^(?:disabled|uninstalled)$/i.test(flag)),
  };
}

/** `builtIn, trusted` in one text, or a list. */
function flagsOf(flags: unknown): readonly string[] {
  const all = typeof flags === "string" ? flags.split(",") : texts(flags);
  return all.map((flag) => flag.trim()).filter((flag) => flag !== "" && flag.toLowerCase() !== "none");
}

/** Each major version is listed as a task of its own; here they are one. */
export async function readTasks(client: OrganizationClient): Promise<readonly TaskFact[]> {
  const where = "tasks";
  const request = { path: path`/_apis/distributedtask/tasks` };
  const versions = new Map<string, Wire[]>();
  for await (const wire of wholeList(client, request, where)) {
    const id = requiredText(wire, "id", where).toLowerCase();
    versions.set(id, [...(versions.get(id) ?? []), wire]);
  }
  return [...versions].map(([id, all]) => readTask(id, all));
}

function readTask(id: string, versions: readonly Wire[]): TaskFact {
  const sorted = versions.toSorted((one, other) => compareVersions(versionOf(one), versionOf(other)));
  const newest = sorted.at(-1) ?? {};
  const extension = extensionOf(newest);
  return {
    id,
    name: optionalText(newest, "name") ?? id,
    versions: sorted.map((wire) => versionOf(wire).join(".")),
    isDeprecated: newest.deprecated === true,
    ...(extension === undefined ? {} : { extension }),
    connectionInputs: [...new Set(versions.flatMap(connectionInputsOf))],
  };
}

function versionOf(wire: Wire): readonly number[] {
  const version = inner(wire, "version");
  return ["major", "minor", "patch"].map((part) => optionalNumber(version, part) ?? 0);
}

function compareVersions(one: readonly number[], other: readonly number[]): number {
  return one.map((part, at) => part - (other[at] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** `publisher.extension.contribution`; what Azure DevOps brings itself names no contribution. */
function extensionOf(wire: Wire): string | undefined {
  const [publisher, extension, contribution] = optionalText(wire, "contributionIdentifier")?.split(".") ?? [];
  return wire.serverOwned === true || !publisher || !extension || !contribution
    ? undefined
    : `${publisher}.${extension}`;
}

function connectionInputsOf(wire: Wire): readonly string[] {
  return objects(wire.inputs).flatMap((input) => {
    if (!/^connectedservice:/i.test(optionalText(input, "type") ?? "")) return [];
    return [optionalText(input, "name") ?? "", ...texts(input.aliases)].flatMap((name) => name.toLowerCase() || []);
  });
}

function objects(value: unknown): readonly Wire[] {
  return Array.isArray(value) ? value.filter(isWire) : [];
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string" && one !== "") : [];
}
