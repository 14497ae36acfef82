/**
 * `--validate`: asks providers whether they take the secrets that a scan found. Values are read from the files once more,
 * live in memory until they are sent, and are written nowhere; hosts are named before anything is sent.
 */
import { type AskedAbout, openLiveAsker } from "#flows/live-checks/open-live-asker.ts";
import type { Finding, LiveAnswer } from "#model/finding.ts";
import { findLiveProvider, liveProviderOf } from "#scan/secrets/live/find-live-check.ts";
import type { LiveProvider } from "#scan/secrets/live/live-provider.ts";
import { liveProviders } from "#scan/secrets/live/providers.generated.ts";
import { type AskableSecret, secretValues } from "#scan/secrets/live/secret-values.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import type { TreeFile } from "#scan/tree-keys.ts";
import { environmentWith } from "../config.ts";
import { UsageError } from "../usage-error.ts";
import type { ScanSource } from "./sources/scan-source.ts";

export interface SecretPlaces {
  readonly source: Pick<ScanSource, "read">;
  readonly secretFiles: ReadonlyMap<string, TreeFile>;
  readonly fingerprintKey: Uint8Array;
}

/** The findings, those that a provider could be asked about with its answer. */
export async function validateSecrets(
  findings: readonly Finding[],
  asked: true | string,
  places: SecretPlaces,
): Promise<readonly Finding[]> {
  const providers = asked === true ? liveProviders : asked.split(",").map((id) => providerOf(id.trim()));
  const isAsked = ({ rule }: Finding) => providers.some((provider) => provider === liveProviderOf(rule));
  const wanted = new Set(findings.filter(isAsked).map(({ fingerprint }) => fingerprint));
  if (wanted.size === 0) {
    console.error("sallyport: nothing was found that these providers could be asked about");
    return findings;
  }
  const secrets = await readSecrets(wanted, places);
  const hosts = [...new Set(secrets.map(({ provider }) => provider.host))].sort();
  const count = `${secrets.length} ${secrets.length === 1 ? "secret" : "secrets"}`;
  if (hosts.length > 0) console.error(`sallyport: asking ${hosts.join(", ")} about ${count}`);
  const answers = await askAll(secrets);
  return findings.map((finding) => {
    const live = answers.get(finding.fingerprint);
    return live === undefined ? finding : { ...finding, live };
  });
}

function providerOf(id: string): LiveProvider {
  const provider = findLiveProvider(id);
  if (provider) return provider;
  const known = liveProviders.map((one) => one.id).join(", ");
  throw new UsageError(
    `--validate knows no provider "${id}" (a path goes before it: scan PATH --validate). Providers: ${known}`,
  );
}

async function readSecrets(
  wanted: ReadonlySet<string>,
  { source, secretFiles, fingerprintKey }: SecretPlaces,
): Promise<readonly AskableSecret[]> {
  const files = new Map<string, TreeFile>();
  for (const fingerprint of wanted) {
    const file = secretFiles.get(fingerprint);
    if (file) files.set(`${file.objectId}\0${file.path}`, file);
  }
  const secrets = new Map<string, AskableSecret>();
  for await (const { path, objectId, bytes } of source.read([...files.values()])) {
    for (const secret of secretValues(sourceFileOf(path, objectId, bytes), { fingerprintKey, wanted })) {
      if (!secrets.has(secret.fingerprint)) secrets.set(secret.fingerprint, secret);
    }
  }
  return [...secrets.values()];
}

/** Hosts are asked side by side, each about one secret after the other. */
async function askAll(
  secrets: readonly (AskedAbout & { readonly fingerprint: string })[],
): Promise<ReadonlyMap<string, LiveAnswer>> {
  const now = () => new Date();
  const asker = openLiveAsker(environmentWith({}), now);
  const answers = new Map<string, LiveAnswer>();
  const ofHosts = Map.groupBy(secrets, ({ provider }) => provider.host);
  await Promise.all(
    [...ofHosts.values()].map(async (ofHost) => {
      for (const secret of ofHost) {
        const { verdict, reason } = await asker.ask(secret);
        answers.set(secret.fingerprint, { verdict, reason, at: now().toISOString() });
      }
    }),
  );
  return answers;
}
