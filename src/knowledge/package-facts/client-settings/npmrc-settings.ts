/** Reads a user's `.npmrc` as npm does: one setting a line, variables of the environment, the last one counts. */
import { secretValue } from "#model/secret-value.ts";
import type { NpmSettings } from "../facts-sources.ts";

/** Others say how npm looks, or name files. */
const wanted =
  /^(?:registry|@[^:]+:registry|\/\/.+:(?:_authToken|_auth|username|_password)|proxy|https-proxy|noproxy|strict-ssl)$/;
const secret = /:(?:_authToken|_auth|_password)$|proxy$/;

export function readNpmrcSettings(text: string, environment: NodeJS.ProcessEnv): NpmSettings {
  const settings: Record<string, ReturnType<typeof secretValue> | string> = {};
  for (const line of text.split(/\r?\n/)) {
    const at = line.indexOf("=");
    const key = line.slice(0, at).trim();
    if (at < 1 || line.length > 10_000 || !wanted.test(key)) continue;
    const written = line.slice(at + 1).trim();
    const value = withVariables(/^(["'])(.*)\1$/.exec(written)?.[2] ?? written, environment);
    // What is not set in the environment is no setting.
    if (value === undefined || value === "") continue;
    if (key.endsWith("registry") && !URL.canParse(value)) continue;
    settings[key] = secret.test(key) ? secretValue(value) : value;
  }
  return settings;
}

function withVariables(text: string, environment: NodeJS.ProcessEnv): string | undefined {
  let isWhole = true;
  const value = text.replace(/\$\{(\w+)\??\}/g, (_, name: string) => {
    const found = environment[name];
    if (found === undefined) isWhole = false;
    return found ?? "";
  });
  return isWhole ? value : undefined;
}
