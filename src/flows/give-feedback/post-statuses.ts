/** One status for each kind of scan, then the roll-up: whoever requires only one of them is answered, and the last line says it all. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { PullRequestStatusState } from "#model/pull-request.ts";
import { type ScannerName, scannerNames } from "#model/scanner-name.ts";
import { packageJudges } from "#scan/packages/package-judges.ts";
import { fileScanners, treeScannerDoors } from "#scan/scan.ts";
import type { PullRequestRow } from "#store/pull-requests/pull-requests.ts";
import type { App } from "../app.ts";
import { postKindStatuses, postOwnStatus } from "./pull-request-status.ts";

const running = new Set<string>([...fileScanners, ...treeScannerDoors].map(({ name }) => name));

/** The kinds of scan that every pull request gets. */
const scanKinds: readonly ScannerName[] = scannerNames.filter(
  (name) => running.has(name) || packageJudges.some((judge) => judge === name),
);

export interface Told {
  readonly state: PullRequestStatusState;
  readonly description: string;
}

export async function postStatuses(
  app: App,
  about: {
    readonly client: OrganizationClient;
    readonly pullRequest: PullRequestRow;
    readonly iteration: number;
    readonly ofKind: (kind: ScannerName) => Told;
    readonly ofAll: Told;
  },
): Promise<void> {
  const { client, pullRequest, iteration, ofKind, ofAll } = about;
  const { repositoryId, number } = pullRequest;
  const here = { repositoryId, number, iteration };
  const kinds = scanKinds.map((kind) => ({ kind, ...ofKind(kind) }));
  await postKindStatuses(app, client, here, kinds);
  await postOwnStatus(app, client, { ...here, ...ofAll });
}
