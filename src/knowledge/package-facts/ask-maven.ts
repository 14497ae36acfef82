/** Asks a Maven repository for an artifact's versions and, for direct dependencies, for the POM of a version in use. */
import type { AskSource } from "./ask-source.ts";
import type { RegistryFeed } from "./facts-sources.ts";
import { feedSource } from "./feed-source.ts";
import { mavenAddresses, readMavenMetadata, readPom } from "./maven-facts.ts";

export function askMaven(feed: RegistryFeed): AskSource {
  return feedSource(feed, async ({ name, versions = [], isDirect = false }, get) => {
    const addresses = mavenAddresses(feed.address, name);
    if (!addresses) return { is: "told" };
    const answer = await get(addresses.metadata);
    if (answer.is === "unavailable") return undefined;
    if (answer.is !== "fetched") return { is: "told" };
    const facts = readMavenMetadata(answer.text);
    const [version] = isDirect ? versions : [];
    const found = version === undefined ? undefined : await get(addresses.pom(version));
    if (found?.is === "unavailable") return undefined;
    if (found?.is !== "fetched") return { is: "told", facts };
    const { licenses, ...rest } = readPom(found.text);
    const withLicenses = facts.versions.map((one) => (one.version === version ? { ...one, licenses } : one));
    const all = licenses.length > 0 ? { ...facts, versions: withLicenses } : facts;
    return { is: "told", facts: { ...all, ...rest }, detailed: versions };
  });
}
