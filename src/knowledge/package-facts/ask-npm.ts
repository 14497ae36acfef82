/** Asks npm registries through npm's own client: it knows which registry is for which scope, and whom to show which token. */
import { createHash } from "node:crypto";
import npmFetch from "npm-registry-fetch";
import { looseObject, parseLoose } from "../loose-json.ts";
import type { AskSource } from "./ask-source.ts";
import type { NpmSettings } from "./facts-sources.ts";
import { readPackument } from "./npm-facts.ts";
import { readPublished } from "./npm-published.ts";
import { conditionsOf, type PoliteClient, type Reply, textOf } from "./polite-client.ts";
import { yarnChecksum } from "./yarn-archive.ts";

export function npmSources(settings: NpmSettings): readonly AskSource[] {
  const options = { ...revealed(settings), retry: { retries: 0 }, timeout: 60_000 };
  const main = npmFetch.pickRegistry("a", options);
  const isMainPublic = main === npmFetch.pickRegistry("a", {});
  const scopes = Object.keys(settings).flatMap((key) => /^(@[^:]+):registry$/.exec(key)?.[1] ?? []);
  const ownOf = (name: string) => scopes.find((scope) => name.startsWith(`${scope}/`));
  const isOwn = (name: string) => {
    const scope = ownOf(name);
    return scope !== undefined && npmFetch.pickRegistry(name, options) !== npmFetch.pickRegistry("a", {});
  };
  const others = scopes.map((scope) => ({ scope, registry: npmFetch.pickRegistry(`${scope}/a`, options) }));
  // Who names registries for some scopes only has not said that the default one is to be asked as well.
  const asksMain = settings.registry !== undefined || scopes.length === 0;
  return [
    ...(asksMain ? [sourceOf(main, options, isMainPublic, (name) => ownOf(name) === undefined)] : []),
    ...others.map(({ scope, registry }) =>
      sourceOf(registry, options, !isOwn(`${scope}/a`), (name) => ownOf(name) === scope, isOwn),
    ),
  ];
}

// oxlint-disable-next-line max-lines-per-function -- each question that it answers, by the same settings
function sourceOf(
  registry: string,
  options: Readonly<Record<string, unknown>>,
  isPublic: boolean,
  answers: (name: string) => boolean,
  owns: (name: string) => boolean = () => false,
): AskSource {
  const { host } = new URL(registry);
  const said = { place: registry, source: host };
  const packumentOf = async (name: string, client: PoliteClient) => {
    const headers = { accept: "application/json" };
    const asked = { ...options, spec: name, headers, signal: client.signal };
    const answer = await client.turn(host, () => send(pathOf(name), asked));
    return answer.is === "fetched" ? parseLoose(answer.text) : undefined;
  };
  return {
    place: registry,
    isPublic,
    answers: ({ ecosystem, name }) => ecosystem === "npm" && answers(name),
    owns: ({ ecosystem, name }) => ecosystem === "npm" && answers(name) && owns(name),
    ask: async ({ name }, client, now, known) => {
      const path = pathOf(name);
      const headers = { accept: "application/json", ...conditionsOf(known?.validators) };
      const answer = await client.turn(host, () =>
        send(path, { ...options, spec: name, headers, signal: client.signal }),
      );
      if (answer.is === "unavailable") return undefined;
      if (answer.is === "unchanged") return known && { ...known, checked: now };
      const packument = answer.is === "fetched" ? parseLoose(answer.text) : undefined;
      if (answer.is !== "fetched" || !packument) return { ...said, checked: now };
      return { ...said, checked: now, validators: answer.validators, facts: readPackument(packument) };
    },
    published: async ({ name }, versions, client) => {
      const packument = await packumentOf(name, client);
      const told = versions.map((version) => [version, packument && readPublished(packument, version)] as const);
      return new Map(told.flatMap(([version, one]) => (one ? [[version, one] as const] : [])));
    },
    versions: async ({ name }, client) => {
      const packument = await packumentOf(name, client);
      return packument && Object.keys(looseObject(packument.versions));
    },
    yarnChecksums: async ({ name }, versions, client) => {
      const packument = await packumentOf(name, client);
      const archiveAt = (address: string) =>
        client.turn(host, () => send(address, { ...options, spec: name, signal: client.signal }, "latin1"));
      const sums = new Map<string, string>();
      for (const version of versions) {
        const one = packument && readPublished(packument, version);
        // What lies elsewhere is not asked for: that place was not chosen for the name.
        if (one?.resolved === undefined || hostOf(one.resolved) !== host) continue;
        const answer = await archiveAt(one.resolved);
        const archive = answer.is === "fetched" ? Buffer.from(answer.text, "latin1") : undefined;
        const sum = archive && isWhole(archive, one.integrity ?? "") ? await yarnChecksum(archive, name) : undefined;
        if (sum !== undefined) sums.set(version, sum);
      }
      return sums;
    },
  };
}

function pathOf(name: string): string {
  return `/${name.startsWith("@") ? `@${encodeURIComponent(name.slice(1))}` : encodeURIComponent(name)}`;
}

function hostOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).host : undefined;
}

/** Of one sum: registries tell no more. */
function isWhole(archive: Buffer, integrity: string): boolean {
  const [, algorithm = "", sum = ""] = /^(sha256|sha384|sha512)-([A-Za-z0-9+/]+={0,2})$/.exec(integrity) ?? [];
  return algorithm !== "" && createHash(algorithm).update(archive).digest("base64") === sum;
}

async function send(path: string, options: Readonly<Record<string, unknown>>, encoding?: "latin1"): Promise<Reply> {
  try {
    const { status, headers, body } = await npmFetch(path, options);
    return { status, header: (name) => headers.get(name), text: () => textOf(body, encoding) };
  } catch (error) {
    // It throws for each status that is none of success.
    const { statusCode, headers } = error as { readonly statusCode?: unknown; readonly headers?: HeaderLists };
    if (typeof statusCode !== "number") throw error;
    return { status: statusCode, header: (name) => headers?.[name]?.[0] ?? null, text: async () => "" };
  }
}

type HeaderLists = Readonly<Record<string, readonly string[]>>;

/** Only what npm's client knows; `strict-ssl` and the like have other names there. */
function revealed(settings: NpmSettings): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      names[key] ?? key,
      typeof value !== "string" ? value.reveal() : key === "strict-ssl" ? value !== "false" : value,
    ]),
  );
}

const names: Readonly<Record<string, string>> = {
  "strict-ssl": "strictSSL",
  "https-proxy": "httpsProxy",
  noproxy: "noProxy",
};
