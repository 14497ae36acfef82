/**
 * The login for a NuGet source: from a variable of its own, from `NuGet.Config`, or as pipelines of Azure DevOps hand it to
 * their credential provider. A password that NuGet has encrypted for one user of a Windows machine is not read.
 */
import { looseList, looseObject, looseText, parseLoose } from "#knowledge/loose-json.ts";
import type { SecretValue } from "#model/secret-value.ts";
import type { Environment } from "../config.ts";
import { loginOf } from "./feed-address.ts";
import type { Say } from "./user-place.ts";

export interface NugetSourceLogin {
  readonly name: string;
  readonly address: string;
  /** What stands under its name in `packageSourceCredentials`, by setting in small letters. */
  readonly written: ReadonlyMap<string, string>;
  readonly environment: Environment;
}

export function nugetLogin(source: NugetSourceLogin, say: Say): SecretValue | undefined {
  const { name, address, written, environment } = source;
  const ofVariable = fromVariable(environment[`NuGetPackageSourceCredentials_${name}`]);
  if (ofVariable) return ofVariable;
  const [user, password] = [written.get("username"), written.get("cleartextpassword")];
  if (user !== undefined && password !== undefined) return loginOf(user, password);
  const ofPipeline = fromPipeline(environment.VSS_NUGET_EXTERNAL_FEED_ENDPOINTS, address);
  if (!ofPipeline && written.has("password")) {
    say(
      `The password of the NuGet source "${name}" is encrypted for NuGet alone, so it is asked without: ClearTextPassword="%VARIABLE%" can be read`,
    );
  }
  return ofPipeline;
}

/** `Username=...;Password=...;ValidAuthenticationTypes=...` */
function fromVariable(text: string | undefined): SecretValue | undefined {
  const [, user, rest] = /^Username=([^;]*);\s*Password=(.*)$/is.exec(text ?? "") ?? [];
  if (user === undefined || rest === undefined) return undefined;
  const end = rest.toLowerCase().lastIndexOf(";validauthenticationtypes=");
  return loginOf(user, end < 0 ? rest : rest.slice(0, end));
}

function fromPipeline(text: string | undefined, address: string): SecretValue | undefined {
  const all = looseList(parseLoose(text ?? "")?.endpointCredentials).map(looseObject);
  const found = all.find(({ endpoint }) => {
    const written = looseText(endpoint);
    return written !== undefined && URL.canParse(written) && new URL(written).href === address;
  });
  const password = looseText(found?.password);
  return password === undefined ? undefined : loginOf(looseText(found?.username) ?? "any", password);
}
