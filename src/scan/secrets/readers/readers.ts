import type { Hit, Proposal, View } from "../text/view.ts";
import { readAzureKey, readConfigurationKey, readDeviceKey, readRealTimeKey } from "./azure/azure-connection.ts";
import { readEncodedPat, readGalleryToken } from "./azure/azure-devops-tokens.ts";
import { readNamedHexKey, readNamedKey, readRegistryPassword, readSearchKey } from "./azure/azure-named-keys.ts";
import {
  readAutomationWebhook,
  readFunctionCode,
  readSas,
  readTeamsWebhook,
  readWorkflowCallback,
} from "./azure/azure-urls.ts";
import { readCaskKey } from "./azure/cask-key.ts";
import { readEntraSecret } from "./azure/entra-secret.ts";
import { readIdentifiableKey } from "./azure/identifiable-key.ts";
import { readDevOpsJwt, readEntraJwt, readManagementJwt } from "./azure/microsoft-jwt.ts";
import { readCommandLine } from "./commands/command-line.ts";
import { readDatabasePassword } from "./connection-string.ts";
import { readBearer, readCredentialArgument } from "./credential-argument.ts";
import { readBasicHeader, readEncodedLogin, readNpmPassword } from "./encoded.ts";
import { readGoDsn } from "./go-dsn.ts";
import { readByteList } from "./keys/byte-list.ts";
import { readDerText } from "./keys/der-text.ts";
import { readFrameworkKey, readWordPressSalt } from "./keys/framework-key.ts";
import { readGnupgText } from "./keys/gnupg-key.ts";
import { readJwk } from "./keys/jwk.ts";
import { readJwt } from "./keys/jwt.ts";
import { readMnemonic } from "./keys/mnemonic.ts";
import { readEncodedPem, readPem, readPutty, readSsh2 } from "./keys/pem.ts";
import { readPkcs12 } from "./keys/pkcs12.ts";
import { readKubernetesSecret } from "./kubernetes-secret.ts";
import { readPassword, readSecret } from "./named-literal.ts";
import { readNetrc } from "./netrc.ts";
import { readNetworkDevice } from "./network-device.ts";
import { readLoggingCommand, readPipelineLiteral } from "./pipelines.ts";
import { readFeedPassword, readPlaced, readServiceAccount } from "./placed-literal.ts";
import { readSigningSecret } from "./signing-secret.ts";
import { readSqlPassword } from "./sql-password.ts";
import { readWrittenTable } from "./tables/written-table.ts";
import { readUserInfo } from "./url.ts";
import { readUsedVariable } from "./used-variable.ts";
import { readPolicyPassword, readSecureString, readUnattendPassword } from "./windows-passwords.ts";
import { readWrittenCredential } from "./writings/written-credential.ts";
import { readWrittenList } from "./writings/written-list.ts";
import { readWrittenPairs } from "./writings/written-pairs.ts";

interface ReaderLimits {
  /** Bytes before the first of the anchor. */
  readonly before: number;
  /** Bytes after the last of the anchor. */
  readonly after: number;
  /** Of one confirmation, in bytes looked at; absent: few. What hangs on the file is told by the proposal (`Proposal.cost`). */
  readonly cost?: number;
}

interface Reader extends ReaderLimits {
  readonly read: (view: View, hit: Hit) => Proposal;
}

/** `readAssignment`: a name of 48 on both sides, a nested value within 320, a literal of 512 and what ends it. */
const assignment: ReaderLimits = { before: 320, after: 1000 };

/** A name, a key with every character escaped, and what stands around both. */
const connection: ReaderLimits = { before: 300, after: 1030 };

/** Keys beside the name of a service: a window, the rest of a run, and the name in front of it. */
const named: ReaderLimits = { before: 165, after: 428, cost: 320 };

/**
 * The small parsers that a rule may name, what each looks at around its anchor, at most, and what that costs. A limit that is
 * too small loses secrets in histories.
 */
const byName = {
  "automation-webhook": { read: readAutomationWebhook, before: 0, after: 200 },
  "azure-key": { read: readAzureKey, ...connection },
  "azure-named-key": { read: readNamedKey, ...named },
  bearer: { read: readBearer, before: 0, after: 300, cost: 400 },
  "basic-header": { read: readBasicHeader, before: 40, after: 4110 },
  "byte-list": { read: readByteList, before: 250, after: 1500 },
  "cask-key": { read: readCaskKey, before: 90, after: 90 },
  "command-line": { read: readCommandLine, before: 200, after: 1200, cost: 600 },
  "credential-argument": { read: readCredentialArgument, before: 80, after: 660, cost: 1000 },
  "configuration-key": { read: readConfigurationKey, ...connection },
  "database-password": { read: readDatabasePassword, before: 300, after: 400 },
  "device-key": { read: readDeviceKey, ...connection },
  "devops-jwt": { read: readDevOpsJwt, before: 3, after: 25_000 },
  "der-text": { read: readDerText, before: 70, after: 16_010 },
  "encoded-login": { read: readEncodedLogin, before: 0, after: 4110 },
  "encoded-pat": { read: readEncodedPat, before: 210, after: 4110 },
  "encoded-pem": { read: readEncodedPem, before: 0, after: 20_010 },
  "entra-jwt": { read: readEntraJwt, before: 3, after: 25_000 },
  "entra-secret": { read: readEntraSecret, before: 400, after: 550, cost: 400 },
  "feed-password": { read: readFeedPassword, ...assignment },
  "function-code": { read: readFunctionCode, before: 600, after: 800, cost: 800 },
  "gallery-token": { read: readGalleryToken, before: 0, after: 210 },
  "go-dsn": { read: readGoDsn, before: 120, after: 125 },
  "identifiable-key": { read: readIdentifiableKey, before: 620, after: 80, cost: 400 },
  "kubernetes-secret": { read: readKubernetesSecret, before: 64_000, after: 66_000, cost: 400 },
  "logging-command": { read: readLoggingCommand, before: 0, after: 600 },
  "management-jwt": { read: readManagementJwt, before: 3, after: 25_000 },
  "named-hex-key": { read: readNamedHexKey, ...named },
  "npm-password": { read: readNpmPassword, before: 1, after: 4110 },
  "pipeline-literal": { read: readPipelineLiteral, ...assignment },
  "policy-password": { read: readPolicyPassword, ...assignment },
  "real-time-key": { read: readRealTimeKey, ...connection },
  "registry-password": { read: readRegistryPassword, ...named },
  "search-key": { read: readSearchKey, ...named },
  "secure-string": { read: readSecureString, before: 210, after: 400 },
  "service-account": { read: readServiceAccount, before: 2000, after: 6000, cost: 6000 },
  "teams-webhook": { read: readTeamsWebhook, before: 80, after: 300 },
  "signing-secret": { read: readSigningSecret, before: 320, after: 1500, cost: 500 },
  "sql-password": { read: readSqlPassword, before: 100, after: 1510, cost: 1500 },
  "unattend-password": { read: readUnattendPassword, before: 0, after: 1010 },
  "used-variable": { read: readUsedVariable, before: 970, after: 170, cost: 900 },
  "user-info": { read: readUserInfo, before: 12, after: 600 },
  "workflow-callback": { read: readWorkflowCallback, before: 600, after: 800, cost: 1500 },
  "framework-key": { read: readFrameworkKey, ...assignment },
  "wordpress-salt": { read: readWordPressSalt, ...assignment },
  "written-credential": { read: readWrittenCredential, before: 320, after: 380, cost: 300 },
  "written-list": { read: readWrittenList, before: 160, after: 3700, cost: 600 },
  "written-pairs": { read: readWrittenPairs, before: 160, after: 3160, cost: 500 },
  "written-table": { read: readWrittenTable, before: 3010, after: 66_700, cost: 1500 },
  jwk: { read: readJwk, before: 4000, after: 4000, cost: 3000 },
  jwt: { read: readJwt, before: 3, after: 25_000 },
  mnemonic: { read: readMnemonic, before: 0, after: 360, cost: 400 },
  netrc: { read: readNetrc, before: 0, after: 420 },
  "network-device": { read: readNetworkDevice, before: 200, after: 290 },
  password: { read: readPassword, ...assignment },
  pem: { read: readPem, before: 0, after: 20_200 },
  pkcs12: { read: readPkcs12, before: 6, after: 40_000, cost: 2000 },
  placed: { read: readPlaced, ...assignment },
  putty: { read: readPutty, before: 0, after: 20_200, cost: 20_000 },
  ssh2: { read: readSsh2, before: 0, after: 20_050, cost: 20_000 },
  "gnupg-key": { read: readGnupgText, before: 11, after: 20_000, cost: 20_000 },
  sas: { read: readSas, before: 600, after: 800 },
  secret: { read: readSecret, ...assignment },
} as const satisfies Record<string, Reader>;

export type ReaderName = keyof typeof byName;

export const readers: Readonly<Record<ReaderName, Reader>> = byName;
