/** Asks npm registries through npm's own client: it knows which registry is for which scope, and whom to show which token. */
import npmFetch from "npm-registry-fetch";
import { parseLoose } from "../loose-json.ts";
import type { AskSource } from "./ask-source.ts";
import type { NpmSettings } from "./facts-sources.ts";
import { readPackument } from "./npm-facts.ts";
import { readPublished } from "./npm-published.ts";
import { conditionsOf, type Reply, textOf } from "./polite-client.ts";

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

function sourceOf(
  registry: string,
  options: Readonly<Record<string, unknown>>,
  isPublic: boolean,
  answers: (name: string) => boolean,
  owns: (name: string) => boolean = () => false,
): AskSource {
  const { host } = new URL(registry);
  const said = { place: registry, source: host };
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
      const headers = { accept: "application/json" };
      const answer = await client.turn(host, () =>
        send(pathOf(name), { ...options, spec: name, headers, signal: client.signal }),
      );
      const packument = answer.is === "fetched" ? parseLoose(answer.text) : undefined;
      const told = versions.map((version) => [version, packument && readPublished(packument, version)] as const);
      return new Map(told.flatMap(([version, one]) => (one ? [[version, one] as const] : [])));
    },
  };
}

function pathOf(name: string): string {
  return `/${name.startsWith("@") ? `@${encodeURIComponent(name.slice(1))}` : encodeURIComponent(name)}`;
}

async function send(path: string, options: Readonly<Record<string, unknown>>): Promise<Reply> {
  try {
    const { status, headers, body } = await npmFetch(path, options);
    return { status, header: (name) => headers.get(name), text: () => textOf(body) };
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
