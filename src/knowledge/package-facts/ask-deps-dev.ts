/** Asks deps.dev about a package, in detail about the versions that are in use and, for direct dependencies, about its project. */
import type { VersionFacts } from "#model/package-facts.ts";
import { type Loose, parseLoose } from "../loose-json.ts";
import type { AskSource } from "./ask-source.ts";
import {
  depsDevAddresses,
  isInDepsDev,
  projectAddress,
  readDepsDevDependents,
  readDepsDevPackage,
  readDepsDevProject,
  readDepsDevVersion,
} from "./deps-dev-facts.ts";
import { mostVersions, type PartFacts, type SourcePart } from "./source-part.ts";

export function askDepsDev(address: string): AskSource {
  const said = { place: address, source: new URL(address).host };
  return {
    place: address,
    isPublic: true,
    answers: ({ ecosystem }) => isInDepsDev(ecosystem),
    owns: () => false,
    ask: async ({ ecosystem, name, versions = [], isDirect = false }, client, now): Promise<SourcePart | undefined> => {
      const addresses = depsDevAddresses(address, ecosystem, name);
      let isWhole = true;
      const get = async (one: string): Promise<Loose | undefined> => {
        const answer = await client.ask({ address: one, accept: "application/json" });
        if (answer.is === "unavailable") isWhole = false;
        return answer.is === "fetched" ? parseLoose(answer.text) : undefined;
      };
      const found = await get(addresses.package);
      // What could not be asked is asked again the next time.
      if (!isWhole) return undefined;
      if (!found) return { ...said, checked: now };
      const { versions: all, main } = readDepsDevPackage(found);
      const detailed = [
        ...new Set([...versions.slice(0, mostVersions), ...(isDirect && main !== undefined ? [main] : [])]),
      ];
      const details = [];
      for (const version of detailed) {
        const answer = await get(addresses.version(version));
        if (answer) details.push(readDepsDevVersion(answer));
      }
      const facts: PartFacts = {
        versions: withDetails(
          all,
          details.flatMap(({ facts: one }) => one ?? []),
        ),
        ...repositoryOf(details.map(({ repository }) => repository)),
      };
      const project = isDirect ? details.find((one) => one.project !== undefined)?.project : undefined;
      const ofProject = project === undefined ? undefined : await get(projectAddress(address, project));
      const dependents = isDirect && main !== undefined ? await get(addresses.dependents(main)) : undefined;
      const more = {
        ...(ofProject && readDepsDevProject(ofProject)),
        ...(dependents && readDepsDevDependents(dependents)),
      };
      return isWhole ? { ...said, checked: now, detailed, facts: { ...facts, ...more } } : undefined;
    },
  };
}

/** The last one with a link; without any it is known that there is none. */
function repositoryOf(links: readonly (string | undefined)[]): Pick<PartFacts, "repository"> {
  const [last] = links.filter((link) => link !== undefined && link !== "").slice(-1);
  const repository = last ?? links.at(-1);
  return repository === undefined ? {} : { repository };
}

function withDetails(all: readonly VersionFacts[], details: readonly VersionFacts[]): readonly VersionFacts[] {
  const byVersion = new Map(details.map((one) => [one.version, one]));
  return all.map((one) => ({ ...one, ...byVersion.get(one.version) }));
}
