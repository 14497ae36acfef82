/**
 * Reads a user's `NuGet.Config`: sources, which are switched off, which names come from which, and their logins. Passwords
 * that NuGet has encrypted for the user of a Windows machine cannot be read by others; such a source is asked without.
 */
import { secretValue } from "#model/secret-value.ts";
import type { RegistryFeed } from "../facts-sources.ts";
import { attributeOf, elementsOf, isOn, sectionOf, withoutComments } from "./config-xml.ts";

export function readNugetFeeds(xml: string, environment: NodeJS.ProcessEnv): readonly RegistryFeed[] {
  const text = withoutComments(xml);
  const switchedOff = new Set(
    elementsOf(sectionOf(text, "disabledPackageSources"), "add")
      .filter((element) => isOn(attributeOf(element, "value")))
      .map((element) => attributeOf(element, "key")?.toLowerCase()),
  );
  const mapping = sectionOf(text, "packageSourceMapping");
  const logins = sectionOf(text, "packageSourceCredentials");
  return elementsOf(sectionOf(text, "packageSources"), "add").flatMap((element): readonly RegistryFeed[] => {
    const [key, address] = [attributeOf(element, "key"), attributeOf(element, "value")];
    if (key === undefined || address === undefined || switchedOff.has(key.toLowerCase())) return [];
    // Folders, and feeds of the second version, whose answers are of another kind.
    if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol) || !/\.json$/i.test(address)) return [];
    const names = namesFor(mapping, key);
    // Where a mapping stands, a source without patterns gives nothing.
    if (mapping !== "" && !names) return [];
    const login = loginOf(logins, key, environment);
    const settled = names?.includes("*") ? undefined : names;
    return [
      { ecosystem: "NuGet", address, isPublic: false, ...(settled && { names: settled }), ...(login && { login }) },
    ];
  });
}

function namesFor(mapping: string, key: string): readonly string[] | undefined {
  for (const block of mapping.split(/<packageSource(?=\s)/i).slice(1)) {
    const [head = "", ...rest] = block.split(">");
    if (attributeOf(head, "key")?.toLowerCase() !== key.toLowerCase()) continue;
    return elementsOf(rest.join(">").split(/<\/packageSource\s*>/i)[0] ?? "", "package").flatMap(
      (element) => attributeOf(element, "pattern") ?? [],
    );
  }
  return undefined;
}

function loginOf(logins: string, key: string, environment: NodeJS.ProcessEnv): RegistryFeed["login"] {
  // Names of elements hold no blanks.
  const section = sectionOf(
    logins,
    key.replace(/[^\w.-]/g, (letter) => `_x${letter.charCodeAt(0).toString(16).padStart(4, "0")}_`),
  );
  const wordOf = (name: string): string | undefined => {
    const element = elementsOf(section, "add").find((one) => attributeOf(one, "key")?.toLowerCase() === name);
    const value = element === undefined ? undefined : attributeOf(element, "value");
    return value?.replace(/%(\w+)%/g, (whole, variable: string) => environment[variable] ?? whole);
  };
  const [user, password] = [wordOf("username"), wordOf("cleartextpassword")];
  return user === undefined || password === undefined ? undefined : { user, password: secretValue(password) };
}
