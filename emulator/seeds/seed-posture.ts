/**
 * Two organizations with the same shop: `wavecrest` guards nothing, `stonebridge` guards everything that rules on settings
 * ask for. What no setting can show (forks of others, clouds behind connections) neither of them has.
 */
import { addToken } from "../build-world.ts";
import { addAgentPool } from "../inventory/inventory.ts";
import type { PersonalAccessToken, World } from "../world.ts";
import { buildGround, type PostureGround } from "./posture/build-ground.ts";
import { guard } from "./posture/guard.ts";
import { leaveTraces, type PostureTraces } from "./posture/leave-traces.ts";
import { weaken } from "./posture/weaken.ts";
import { stableId } from "./stable-id.ts";

export interface PostureOrganization extends PostureGround, PostureTraces {
  /** Reads all that there is about the organization, as its administrator. */
  readonly token: PersonalAccessToken;
}

export interface PostureSeed {
  readonly weak: PostureOrganization;
  readonly strong: PostureOrganization;
}

/** Enough to read everything, and nothing that could change it. */
const readingScopes = [
  "agentpools",
  "auditlog",
  "build",
  "code",
  "extension",
  "graph",
  "identity",
  "memberentitlementmanagement",
  "packaging",
  "project",
  "release",
  "securefiles_read",
  "security_manage",
  "serviceendpoint",
  "taskgroups_read",
  "tokenadministration",
  "variablegroups_read",
];

export async function seedPosture(world: World): Promise<PostureSeed> {
  const weak = await seedWeak(world);
  const strong = await seedStrong(world);
  return { weak, strong };
}

async function finish(ground: PostureGround): Promise<PostureOrganization> {
  const { world, organization, administrator } = ground;
  const token = addToken(world, administrator, {
    displayName: "reader of settings",
    organization,
    scopes: readingScopes,
    expires: new Date(world.clock.now().getTime() + 30 * 86_400_000),
  });
  return { ...ground, ...(await leaveTraces(ground)), token };
}

async function seedWeak(world: World): Promise<PostureOrganization> {
  const ground = await buildGround(world, {
    posture: "weak",
    name: "wavecrest",
    addPool: (_, organization) =>
      addAgentPool(world, organization, {
        name: "Build machines",
        isHosted: false,
        autoProvision: true,
        autoUpdate: false,
        agents: [
          { name: "build-01", version: "2.195.0", userCapabilities: { DEPLOY_PASSWORD: agentSecret() } },
          { name: "build-02", version: "2.195.0", isOnline: false },
        ],
      }),
    connection: {
      scheme: "ServicePrincipal",
      data: {
        environment: "AzureCloud",
        scopeLevel: "Subscription",
        subscriptionId: stableId("wavecrest subscription"),
        subscriptionName: "Wavecrest Production",
      },
      parameters: {
        tenantid: stableId("wavecrest tenant"),
        serviceprincipalid: stableId("wavecrest principal"),
        authenticationType: "spnKey",
      },
      secretParameters: ["serviceprincipalkey"],
    },
  });
  await weaken(ground);
  return finish(ground);
}

/** Looks like a password and never was one. */
function agentSecret(): string {
  return ["Tr0ub4dor", "&", "3", stableId("agent secret").slice(0, 12)].join("");
}

async function seedStrong(world: World): Promise<PostureOrganization> {
  const subscription = stableId("stonebridge subscription");
  const group = `/subscriptions/${subscription}/resourceGroups/shop`;
  const ground = await buildGround(world, {
    posture: "strong",
    name: "stonebridge",
    vault: "stonebridge-production",
    addPool: (_, organization, payments) =>
      addAgentPool(world, organization, {
        name: "Build machines",
        isHosted: false,
        projects: [payments],
        elastic: {
          endpointId: stableId("stonebridge connection production"),
          projectId: payments.id,
          recycleAfterEachUse: true,
        },
        agents: ["build-01"],
      }),
    connection: {
      scheme: "WorkloadIdentityFederation",
      data: {
        environment: "AzureCloud",
        scopeLevel: "Subscription",
        subscriptionId: subscription,
        subscriptionName: "Stonebridge Production",
      },
      parameters: {
        tenantid: stableId("stonebridge tenant"),
        serviceprincipalid: stableId("stonebridge principal"),
        scope: group,
      },
      secretParameters: [],
    },
  });
  guard(ground);
  return finish(ground);
}

/** What is told about the seed to whoever shows it. */
export function tellPosture({ weak, strong }: PostureSeed) {
  return {
    organization: weak.organization.name,
    organizations: [weak, strong].map(({ organization }) => organization.name),
    token: weak.token.value,
    tokens: Object.fromEntries([weak, strong].map(({ organization, token }) => [organization.name, token.value])),
  };
}
