/** What feeds of package managers have in common: their login, the names that they are for, conditions. */
import type { PublishedVersion } from "#model/fix-plan.ts";
import type { AskSource } from "./ask-source.ts";
import { matchesName, type RegistryFeed } from "./facts-sources.ts";
import type { Answer, PoliteClient, Question } from "./polite-client.ts";
import type { AskedPackage, PackageName, PartFacts, SourcePart, Validators } from "./source-part.ts";

export type Get = (address: string, more?: Pick<Question, "accept" | "known" | "encoding">) => Promise<Answer>;

/** Undefined: it could not be asked. No facts: it does not know the package. */
export type Told =
  | { readonly is: "unchanged" }
  | {
      readonly is: "told";
      readonly facts?: PartFacts;
      readonly validators?: Validators;
      readonly detailed?: readonly string[];
    }
  | undefined;

/** By version; those that it does not have, or tells too little of, are absent. */
export type TellPublished = (
  about: PackageName,
  versions: readonly string[],
  get: Get,
) => Promise<ReadonlyMap<string, PublishedVersion>>;

export function feedSource(
  feed: RegistryFeed,
  ask: (about: AskedPackage, get: Get, known: SourcePart | undefined) => Promise<Told>,
  published?: TellPublished,
): AskSource {
  const { ecosystem, address, names, isPublic, login, authorization: whole } = feed;
  const { host, origin, protocol } = new URL(address);
  const basic = login && (() => `Basic ${Buffer.from(login.reveal()).toString("base64")}`);
  const authorization = whole ? () => whole.reveal() : basic;
  const getBy =
    (client: PoliteClient): Get =>
    async (target, more) => {
      if (new URL(target).protocol !== protocol) return { is: "unavailable" };
      // A feed may name further addresses of its own, not those of others.
      const isOwn = authorization !== undefined && new URL(target).origin === origin;
      return client.ask({ address: target, ...more, ...(isOwn && { authorization: authorization() }) });
    };
  const isFor = (name: string) => names === undefined || names.some((pattern) => matchesName(pattern, name));
  return {
    place: address,
    isPublic,
    answers: (about) => about.ecosystem === ecosystem && isFor(about.name),
    owns: (about) => !isPublic && names !== undefined && about.ecosystem === ecosystem && isFor(about.name),
    ask: async (about, client, now, known): Promise<SourcePart | undefined> => {
      const told = await ask(about, getBy(client), known);
      if (!told) return undefined;
      if (told.is === "unchanged") return known && { ...known, checked: now };
      const { is: _, ...rest } = told;
      return { place: address, source: host, checked: now, ...rest };
    },
    ...(published && {
      published: async (about, versions, client) => published(about, versions, getBy(client)),
    }),
  };
}
