/** Reads Maven's `settings.xml`: a mirror of everything, or the repositories of its profiles, with their servers' logins. */
import { secretValue } from "#model/secret-value.ts";
import type { RegistryFeed } from "../facts-sources.ts";
import { sectionOf, sectionsOf, withoutComments, wordIn } from "./config-xml.ts";

export function readMavenFeeds(xml: string, environment: NodeJS.ProcessEnv): readonly RegistryFeed[] {
  const text = withoutComments(xml);
  const mirrors = sectionsOf(sectionOf(text, "mirrors"), "mirror");
  // It takes the place of all others.
  const forAll = mirrors.filter((mirror) =>
    /^(?:\*|external:\*|central)(?:,|$)/.test(wordIn(mirror, "mirrorOf") ?? ""),
  );
  const repositories = sectionsOf(text, "repositories").flatMap((section) => sectionsOf(section, "repository"));
  const servers = sectionsOf(sectionOf(text, "servers"), "server");
  return (forAll.length > 0 ? forAll : repositories).flatMap((one): readonly RegistryFeed[] => {
    const [id, address] = [wordIn(one, "id"), wordIn(one, "url")];
    if (address === undefined || !URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) return [];
    const server = servers.find((candidate) => wordIn(candidate, "id") === id);
    const login = server === undefined ? undefined : loginOf(server, environment);
    return [{ ecosystem: "Maven", address, isPublic: false, ...(login && { login }) }];
  });
}

function loginOf(server: string, environment: NodeJS.ProcessEnv): RegistryFeed["login"] {
  const wordOf = (name: string) => withVariables(wordIn(server, name), environment);
  const [user, password] = [wordOf("username"), wordOf("password")];
  // In braces stands what Maven has encrypted for itself.
  if (user === undefined || password === undefined || /^\{.*\}$/.test(password)) return undefined;
  return { user, password: secretValue(password) };
}

function withVariables(text: string | undefined, environment: NodeJS.ProcessEnv): string | undefined {
  return text?.replace(/\$\{env\.(\w+)\}/g, (whole, name: string) => environment[name] ?? whole);
}
