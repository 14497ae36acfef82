/** What each reader looks at, at most, and what that costs. A limit that is too small loses secrets in histories. */
import type { ReaderName } from "./readers.ts";

interface ReaderLimits {
  /** Bytes before the first of the anchor. */
  readonly before: number;
  /** Bytes after the last of the anchor. */
  readonly after: number;
  /** Of one confirmation, in bytes looked at; absent: few. What hangs on the file is told by the proposal (`Proposal.cost`). */
  readonly cost?: number;
}

/** `readAssignment`: a name of 48 on both sides, a nested value within 320, a literal of 512 and what ends it. */
const assignment: ReaderLimits = { before: 320, after: 1000 };

/** A name, a key with every character escaped, and what stands around both. */
const connection: ReaderLimits = { before: 300, after: 1030 };

/** Keys beside the name of a service: a window, the rest of a run, and the name in front of it. */
const named: ReaderLimits = { before: 165, after: 425, cost: 320 };

export const readerLimits: Readonly<Record<ReaderName, ReaderLimits>> = {
  "automation-webhook": { before: 0, after: 200 },
  "azure-key": connection,
  "azure-named-key": named,
  bearer: { before: 0, after: 300, cost: 400 },
  "basic-header": { before: 0, after: 4110 },
  "byte-list": { before: 250, after: 1500 },
  "cask-key": { before: 90, after: 90 },
  "command-line": { before: 200, after: 1200, cost: 600 },
  "credential-argument": { before: 80, after: 660, cost: 1000 },
  "configuration-key": connection,
  "database-password": { before: 300, after: 400 },
  "device-key": connection,
  "devops-jwt": { before: 3, after: 25_000 },
  "encoded-login": { before: 0, after: 4110 },
  "encoded-pat": { before: 210, after: 4110 },
  "der-text": { before: 70, after: 16_010 },
  "encoded-pem": { before: 0, after: 20_010 },
  "entra-jwt": { before: 3, after: 25_000 },
  "entra-secret": { before: 400, after: 550, cost: 400 },
  "feed-password": assignment,
  "function-code": { before: 600, after: 800, cost: 800 },
  "gallery-token": { before: 0, after: 210 },
  "go-dsn": { before: 120, after: 125 },
  "framework-key": assignment,
  "identifiable-key": { before: 620, after: 80, cost: 400 },
  "kubernetes-secret": { before: 64_000, after: 66_000, cost: 400 },
  "logging-command": { before: 0, after: 600 },
  "management-jwt": { before: 3, after: 25_000 },
  "named-hex-key": named,
  "network-device": { before: 200, after: 290 },
  "npm-password": { before: 1, after: 4110 },
  "pipeline-literal": assignment,
  "policy-password": assignment,
  "real-time-key": connection,
  "registry-password": named,
  "search-key": named,
  "secure-string": { before: 210, after: 400 },
  "service-account": { before: 2000, after: 6000, cost: 6000 },
  "signing-secret": { before: 320, after: 1500, cost: 500 },
  "sql-password": { before: 100, after: 1510, cost: 1500 },
  "teams-webhook": { before: 80, after: 300 },
  "unattend-password": { before: 0, after: 1010 },
  "used-variable": { before: 970, after: 170, cost: 900 },
  "user-info": { before: 6, after: 600 },
  "workflow-callback": { before: 600, after: 800, cost: 1500 },
  "wordpress-salt": assignment,
  "written-credential": { before: 320, after: 380, cost: 300 },
  "written-list": { before: 160, after: 3700, cost: 600 },
  "written-pairs": { before: 160, after: 3160, cost: 500 },
  "written-table": { before: 3010, after: 66_700, cost: 1500 },
  jwk: { before: 4000, after: 4000, cost: 3000 },
  jwt: { before: 3, after: 25_000 },
  mnemonic: { before: 0, after: 360, cost: 400 },
  netrc: { before: 0, after: 420 },
  password: assignment,
  pkcs12: { before: 6, after: 40_000, cost: 2000 },
  pem: { before: 0, after: 20_200 },
  placed: assignment,
  "gnupg-key": { before: 11, after: 20_000, cost: 20_000 },
  ssh2: { before: 0, after: 20_050, cost: 20_000 },
  putty: { before: 0, after: 20_200, cost: 20_000 },
  sas: { before: 600, after: 800 },
  secret: assignment,
};
