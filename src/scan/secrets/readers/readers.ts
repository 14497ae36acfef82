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

/** The small parsers that a rule may name. Each reads around its anchor, within the limits of reader-limits.ts. */
export const readers = {
  "automation-webhook": readAutomationWebhook,
  "azure-key": readAzureKey,
  "azure-named-key": readNamedKey,
  bearer: readBearer,
  "basic-header": readBasicHeader,
  "byte-list": readByteList,
  "cask-key": readCaskKey,
  "command-line": readCommandLine,
  "credential-argument": readCredentialArgument,
  "configuration-key": readConfigurationKey,
  "database-password": readDatabasePassword,
  "device-key": readDeviceKey,
  "devops-jwt": readDevOpsJwt,
  "encoded-login": readEncodedLogin,
  "encoded-pat": readEncodedPat,
  "encoded-pem": readEncodedPem,
  "der-text": readDerText,
  "entra-jwt": readEntraJwt,
  "entra-secret": readEntraSecret,
  "feed-password": readFeedPassword,
  "function-code": readFunctionCode,
  "gallery-token": readGalleryToken,
  "go-dsn": readGoDsn,
  "identifiable-key": readIdentifiableKey,
  "kubernetes-secret": readKubernetesSecret,
  "logging-command": readLoggingCommand,
  "management-jwt": readManagementJwt,
  "named-hex-key": readNamedHexKey,
  "npm-password": readNpmPassword,
  "pipeline-literal": readPipelineLiteral,
  "policy-password": readPolicyPassword,
  "real-time-key": readRealTimeKey,
  "registry-password": readRegistryPassword,
  "search-key": readSearchKey,
  "secure-string": readSecureString,
  "service-account": readServiceAccount,
  "teams-webhook": readTeamsWebhook,
  "signing-secret": readSigningSecret,
  "sql-password": readSqlPassword,
  "unattend-password": readUnattendPassword,
  "used-variable": readUsedVariable,
  "user-info": readUserInfo,
  "workflow-callback": readWorkflowCallback,
  "framework-key": readFrameworkKey,
  "wordpress-salt": readWordPressSalt,
  "written-credential": readWrittenCredential,
  "written-list": readWrittenList,
  "written-pairs": readWrittenPairs,
  "written-table": readWrittenTable,
  jwk: readJwk,
  jwt: readJwt,
  mnemonic: readMnemonic,
  netrc: readNetrc,
  "network-device": readNetworkDevice,
  password: readPassword,
  pem: readPem,
  pkcs12: readPkcs12,
  placed: readPlaced,
  putty: readPutty,
  ssh2: readSsh2,
  "gnupg-key": readGnupgText,
  sas: readSas,
  secret: readSecret,
} as const satisfies Record<string, (view: View, hit: Hit) => Proposal>;

export type ReaderName = keyof typeof readers;
