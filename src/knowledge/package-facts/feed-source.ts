/** What feeds of NuGet, Python and Maven have in common: their login, the names that they are for, conditions. */
import type { AskSource } from "./ask-source.ts";
import { matchesName, type RegistryFeed } from "./facts-sources.ts";
import type { Answer, Question } from "./polite-client.ts";
import type { AskedPackage, PartFacts, SourcePart, Validators } from "./source-part.ts";

export type Get = (address: string, more?: Pick<Question, "accept" | "known">) => Promise<Answer>;

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

export function feedSource(
  feed: RegistryFeed,
  ask: (about: AskedPackage, get: Get, known: SourcePart | undefined) => Promise<Told>,
): AskSource {
  const { ecosystem, address, names, isPublic, login } = feed;
  const { host, origin, protocol } = new URL(address);
  const isFor = (name: string) => names === undefined || names.some((pattern) => matchesName(pattern, name));
  const authorization = login && (() => `Basic ${Buffer.from(login.reveal()).toString("base64")}`);
  return {
    place: address,
    isPublic,
    answers: (about) => about.ecosystem === ecosystem && isFor(about.name),
    owns: (about) => !isPublic && names !== undefined && about.ecosystem === ecosystem && isFor(about.name),
    ask: async (about, client, now, known): Promise<SourcePart | undefined> => {
      const get: Get = async (target, more) => {
        if (new URL(target).protocol !== protocol) return { is: "unavailable" };
        // A feed may name further addresses of its own, not those of others.
        const isOwn = authorization !== undefined && new URL(target).origin === origin;
        return client.ask({ address: target, ...more, ...(isOwn && { authorization: authorization() }) });
      };
      const told = await ask(about, get, known);
      if (!told) return undefined;
      if (told.is === "unchanged") return known && { ...known, checked: now };
      const { is: _, ...rest } = told;
      return { place: address, source: host, checked: now, ...rest };
    },
  };
}
