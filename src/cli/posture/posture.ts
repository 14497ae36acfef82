/**
 * `sallyport posture`: reads the settings of an organization and the code of its pipelines with a personal access token, and
 * says what they let somebody do. It writes nothing there and keeps nothing here. 0 nothing at the threshold, 1 something.
 */
import { addressesFrom } from "#azure-devops/addresses.ts";
import { identify } from "#azure-devops/identify.ts";
import { organizationAddress } from "#azure-devops/links.ts";
import { openRemote } from "#azure-devops/open-remote.ts";
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { listProjects } from "#azure-devops/projects.ts";
import { collectFacts } from "#flows/posture/collect-facts.ts";
import { judgeFacts } from "#flows/posture/judge-facts.ts";
import { previewSources } from "#flows/posture/preview-sources.ts";
import { readSources } from "#flows/posture/read-sources.ts";
import type { PostureResult } from "#model/posture/posture-result.ts";
import { RemoteError } from "#model/remote-error.ts";
import { isAtLeast, type Severity } from "#model/severity.ts";
import { lookAtValue } from "#scan/posture/look-at-value.ts";
import { defaultPostureSettings } from "#scan/posture/posture-settings.ts";
import { readConfig, readOrganizationToken } from "../config.ts";
import { writeToFile, writeToStdout } from "../scan/scan-output.ts";
import { createLog } from "../serve/create-log.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";
import { type PostureReport, renderPosture } from "./render-posture.ts";

export interface PostureOptions {
  readonly project?: readonly string[];
  readonly format: "table" | "json" | "csv";
  readonly output?: string;
  readonly failOn: Severity | "never";
  readonly tokenFromEnv?: string;
  /** Calls that only Azure DevOps' own pages make. */
  readonly undocumented?: boolean;
  /** A call for each pipeline. */
  readonly preview?: boolean;
  readonly includePassed?: boolean;
  readonly quiet?: boolean;
}

export async function runPosture(organization: string, options: PostureOptions): Promise<number> {
  const report = await reportOf(nameOf(organization), options);
  const isTerminal = options.output === undefined && process.stdout.isTTY;
  const text = renderPosture(report, { ...options, colour: isTerminal && process.stdout.hasColors() });
  await (options.output === undefined ? writeToStdout(text) : writeToFile(options.output, text));
  const { failOn } = options;
  const isFailed = ({ answer }: PostureResult) =>
    answer.is === "fail" && failOn !== "never" && isAtLeast(answer.severity, failOn);
  return report.judgement.results.some(isFailed) ? 1 : 0;
}

/** `contoso`, or the address of its pages. */
function nameOf(written: string): string {
  const [, fromAddress] = /^https?:\/\/(?:dev\.azure\.com\/)?([^/.]+)/.exec(written) ?? [];
  return decodeURIComponent(fromAddress ?? written);
}

async function reportOf(name: string, options: PostureOptions): Promise<PostureReport> {
  const say = (words: string) => {
    if (options.quiet !== true) process.stderr.write(`${words}\n`);
  };
  const now = () => new Date();
  const { signal } = new AbortController();
  try {
    const client = openClient(name, options);
    const { organization, account } = await identify(client);
    const projects = chosenProjects(await listProjects(client), options.project);
    say(`reading the settings of ${projects.length} projects of ${name} as ${account.name}`);
    const context = { fingerprintKey: new Uint8Array(32) };
    const { facts, calls } = await collectFacts(client, {
      ...{ organization: { ...organization, url: organizationAddress(client) }, projects, now, signal },
      usesPortal: options.undocumented === true,
      lookAt: (variable, value) => lookAtValue(variable, value, context),
    });
    say("reading the code of its pipelines");
    const read = await readSources(client, facts, { signal });
    const sources = options.preview === true ? await previewSources(client, facts, { sources: read, signal }) : read;
    const judgement = judgeFacts({
      ...{ facts, sources, settings: defaultPostureSettings, now: now(), ownAccountId: account.id },
    });
    return { facts, calls, judgement, at: now() };
  } catch (error) {
    if (error instanceof RemoteError) throw new UsageError(`${name}: ${error.message}`);
    throw error;
  }
}

function openClient(name: string, { tokenFromEnv }: PostureOptions): OrganizationClient {
  const config = readConfig();
  const addresses = addressesFrom({
    url: config.azureDevOpsUrl,
    serverUrl: config.azureDevOpsServerUrl,
    serverVersion: config.azureDevOpsServerVersion,
  });
  const log = createLog({ logLevel: config.logLevel === "info" ? "warn" : config.logLevel });
  const remote = openRemote({ addresses, log, userAgent: `Sallyport/${version}`, now: () => new Date() });
  return remote.organization(name, { is: "pat", value: readOrganizationToken(tokenFromEnv) }, "posture");
}

type Listed = Awaited<ReturnType<typeof listProjects>>;

function chosenProjects(all: Listed, names: readonly string[] | undefined): Listed {
  if (!names) return all;
  const missing = names.filter((name) => !all.some((one) => one.name.toLowerCase() === name.toLowerCase()));
  if (missing.length > 0) {
    throw new UsageError(
      `this token sees no project ${missing.join(", ")}; it sees ${all.map((one) => one.name).join(", ")}`,
    );
  }
  return all.filter((one) => names.some((name) => name.toLowerCase() === one.name.toLowerCase()));
}
