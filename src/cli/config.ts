/** Settings from the environment. The only reader of process.env; a wrong value is said in one line. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { type SecretValue, secretValue } from "#model/secret-value.ts";
import { UsageError } from "./usage-error.ts";

export interface Config {
  /** Everything that Sallyport keeps on disk. */
  readonly dataFolder: string;
  /** The local copy of what the world knows; in the home folder of the user if absent. */
  readonly knowledgeFolder: string | undefined;
  /** A PostgreSQL server; the embedded one if absent. Holds a password. */
  readonly databaseUrl: SecretValue | undefined;
  readonly host: string;
  readonly port: number;
  /** A port that somebody asked for is not stepped over when it is taken. */
  readonly portIsAsked: boolean;
  /** Where people and Azure DevOps reach the server, without a slash at the end; what it listens on if absent. */
  readonly publicUrl: string | undefined;
  /** 32 bytes or more, base64; the file `master.key` of the data folder if absent. */
  readonly masterKey: SecretValue | undefined;
  /** One base address for all hosts of Azure DevOps: a stand-in. */
  readonly azureDevOpsUrl: string | undefined;
  /** An Azure DevOps Server in place of the service: its address up to what stands before its collections. */
  readonly azureDevOpsServerUrl: string | undefined;
  /** The newest api-version that the server knows. */
  readonly azureDevOpsServerVersion: string | undefined;
  /** `off`: Azure DevOps is never asked to deliver, whatever the public address. */
  readonly hooks: Hooks;
  /** Where App Service and Container Apps give out tokens of a managed identity: set by them, not by people. */
  readonly identityEndpoint: { readonly address: string; readonly header: SecretValue } | undefined;
  /** `off`: advisories are never fetched by the server; `sallyport advisories` still may. */
  readonly advisories: OnOrOff;
  /** `off`: no registry is asked about packages, so that no name of one leaves this machine. */
  readonly packageFacts: OnOrOff;
  /** `on`: webhooks may go to private addresses, and over plain http. */
  readonly privateWebhooks: OnOrOff;
  readonly logLevel: LogLevel;
  /** Threads that scan. */
  readonly threads: number;
}

const hookModes = ["auto", "off"] as const;
type Hooks = (typeof hookModes)[number];

const onOrOff = ["on", "off"] as const;
type OnOrOff = (typeof onOrOff)[number];

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
type LogLevel = (typeof logLevels)[number];

export type Environment = Readonly<Record<string, string | undefined>>;

export function readConfig(environment: Environment = process.env): Config {
  const text = (name: string) => environment[name]?.trim() || undefined;
  const remote = remoteOf(text);
  return {
    ...remote,
    dataFolder: resolve(text("SALLYPORT_DATA") ?? "var"),
    knowledgeFolder: knowledgeFolderOf(text),
    databaseUrl: secretOf(text("DATABASE_URL"), checkDatabaseUrl),
    host: text("SALLYPORT_HOST") ?? "127.0.0.1",
    port: wholeNumber("SALLYPORT_PORT", text("SALLYPORT_PORT"), { least: 0, most: 65_535 }) ?? 8700,
    portIsAsked: text("SALLYPORT_PORT") !== undefined,
    publicUrl: webAddress("SALLYPORT_PUBLIC_URL", text("SALLYPORT_PUBLIC_URL")),
    masterKey: secretOf(text("SALLYPORT_KEY"), checkMasterKey),
    hooks: oneOf("SALLYPORT_HOOKS", text("SALLYPORT_HOOKS"), hookModes) ?? "auto",
    identityEndpoint: identityEndpointOf(text),
    advisories: oneOf("SALLYPORT_ADVISORIES", text("SALLYPORT_ADVISORIES"), onOrOff) ?? "on",
    packageFacts: oneOf("SALLYPORT_PACKAGE_FACTS", text("SALLYPORT_PACKAGE_FACTS"), onOrOff) ?? "on",
    privateWebhooks: oneOf("SALLYPORT_PRIVATE_WEBHOOKS", text("SALLYPORT_PRIVATE_WEBHOOKS"), onOrOff) ?? "off",
    logLevel: oneOf("SALLYPORT_LOG", text("SALLYPORT_LOG"), logLevels) ?? "info",
    threads:
      wholeNumber("SALLYPORT_THREADS", text("SALLYPORT_THREADS"), { least: 1, most: 256 }) ??
      // Git and the database work beside the scan: on two cores a second thread made a first scan slower (9.6 s for 6.6 s).
      Math.max(1, availableParallelism() - 1),
  };
}

type Reader = (name: string) => string | undefined;

function remoteOf(text: Reader): Pick<Config, "azureDevOpsUrl" | "azureDevOpsServerUrl" | "azureDevOpsServerVersion"> {
  const azureDevOpsUrl = webAddress("SALLYPORT_AZURE_DEVOPS_URL", text("SALLYPORT_AZURE_DEVOPS_URL"));
  const azureDevOpsServerUrl = webAddress(
    "SALLYPORT_AZURE_DEVOPS_SERVER_URL",
    text("SALLYPORT_AZURE_DEVOPS_SERVER_URL"),
  );
  const azureDevOpsServerVersion = text("SALLYPORT_AZURE_DEVOPS_SERVER_VERSION");
  if (azureDevOpsUrl !== undefined && azureDevOpsServerUrl !== undefined) {
    throw new UsageError(
      "SALLYPORT_AZURE_DEVOPS_SERVER_URL and SALLYPORT_AZURE_DEVOPS_URL exclude each other: a server, or a stand-in of the service",
    );
  }
  if (azureDevOpsServerVersion !== undefined && !/^\d{1,2}\.\d$/.test(azureDevOpsServerVersion)) {
    throw new UsageError(
      `SALLYPORT_AZURE_DEVOPS_SERVER_VERSION must be an api-version like 6.0, not "${azureDevOpsServerVersion}"`,
    );
  }
  return { azureDevOpsUrl, azureDevOpsServerUrl, azureDevOpsServerVersion };
}

/** With the data folder, where somebody has chosen one: a server's copy lies beside everything else that it keeps. */
function knowledgeFolderOf(text: Reader): string | undefined {
  const [own, data] = [text("SALLYPORT_KNOWLEDGE"), text("SALLYPORT_DATA")];
  if (own !== undefined) return resolve(own);
  return data === undefined ? undefined : resolve(data, "knowledge");
}

/** The platform sets both or none. */
function identityEndpointOf(text: Reader): Config["identityEndpoint"] {
  const address = webAddress("IDENTITY_ENDPOINT", text("IDENTITY_ENDPOINT"));
  const header = text("IDENTITY_HEADER");
  return address === undefined || header === undefined ? undefined : { address, header: secretValue(header) };
}

/** How a command reaches a server. */
export interface Client {
  readonly server: string;
  readonly token: SecretValue;
}

/** A token is no argument of a command: those can be read by whoever lists processes. */
/** Of whoever signs in to the organization; never an option, because options are seen by everybody on the machine. */
export function readOrganizationToken(named?: string, environment: Environment = process.env): SecretValue {
  const name = named ?? "AZURE_DEVOPS_EXT_PAT";
  const token = environment[name]?.trim();
  if (!token) throw new UsageError(`set ${name} to a personal access token of the organization`);
  return secretValue(token);
}

export function readClient(
  given: { readonly server?: string | undefined; readonly tokenFrom?: string | undefined },
  environment: Environment = process.env,
): Client {
  const server = webAddress(
    given.server === undefined ? "SALLYPORT_SERVER" : "--server",
    given.server ?? (environment.SALLYPORT_SERVER?.trim() || undefined),
  );
  if (server === undefined) throw new UsageError("which server? Give --server, or set SALLYPORT_SERVER");
  const name = given.tokenFrom ?? "SALLYPORT_TOKEN";
  const token = environment[name]?.trim();
  if (!token) throw new UsageError(`set ${name} to an API token, made under Settings > API tokens`);
  return { server, token: secretValue(token) };
}

/** The environment of a process that Sallyport starts, with some variables set. */
export function environmentWith(
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> {
  return { ...process.env, ...variables };
}

function wholeNumber(
  name: string,
  text: string | undefined,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(`${name} must be a whole number from ${least} to ${most}, not "${text}"`);
}

function oneOf<T extends string>(name: string, text: string | undefined, words: readonly T[]): T | undefined {
  if (text === undefined) return undefined;
  const word = words.find((one) => one === text.toLowerCase());
  if (word) return word;
  throw new UsageError(`${name} must be one of ${words.join(", ")}, not "${text}"`);
}

function webAddress(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash;
  if (!isPlain || !["http:", "https:"].includes(url.protocol)) {
    throw new UsageError(`${name} must be an address like https://sallyport.example.com, without user or query`);
  }
  return url.href.replace(/\/+$/, "");
}

/** Values that are secrets are not repeated in the error. */
function secretOf(text: string | undefined, check: (text: string) => void): SecretValue | undefined {
  if (text === undefined) return undefined;
  check(text);
  return secretValue(text);
}

function checkDatabaseUrl(text: string): void {
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return;
  throw new UsageError("DATABASE_URL must be an address like postgres://user:password@host:5432/database");
}

function checkMasterKey(text: string): void {
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(text) && Buffer.from(text, "base64").length >= 32) return;
  throw new UsageError("SALLYPORT_KEY must be at least 32 random bytes in base64 (openssl rand -base64 32)");
}
