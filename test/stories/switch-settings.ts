/** Every setting of the stand-in's switches beside the usual one. A switch that is added must be listed here, or nothing compiles. */
import { defaultSwitches, type Switches } from "../../emulator/switches.ts";

const settings = {
  deliveryTimeout: [1500],
  minimalFields: ["id-only"],
  createdWaitsForMerge: [true],
  deliveryHeaders: ["with-vss-headers"],
  maskedPassword: ["keeps"],
  // Just enough, and too few.
  maximumSubscriptions: [7, 3],
  titleEditRaisesUpdated: [true],
  pushCommitsLimit: [1],
  commitsOnDelete: ["null", "empty"],
  hookRefusalStatus: [400],
  rateLimitHeadersOnHooks: [false],
  disabledRepositoryStatus: [400, 403],
  renamedOrganizationRedirects: [false],
  expiredCredential: ["203", "302"],
  unauthorizedBody: ["count-zero"],
  bomInErrors: [true],
  entraChallengeHeader: [false],
  notificationHistoryDays: [7],
  portalCalls: ["full access", "nobody"],
  invertedPolicyValues: ["turned"],
  rateBudget: [{ limit: 60, window: 1 }],
} as const satisfies { readonly [Name in keyof Switches]: readonly [Switches[Name], ...Switches[Name][]] };

export interface Setting {
  readonly title: string;
  readonly switches: Partial<Switches>;
}

const together = (title: string, choose: (values: readonly unknown[]) => unknown): Setting => ({
  title,
  switches: Object.fromEntries(Object.entries(settings).map(([name, values]) => [name, choose(values)])),
});

/** Every setting occurs in one of these. */
export const manySettings: readonly Setting[] = [
  together("every first setting at once", ([value]) => value),
  together("every last setting at once", (values) => values.at(-1)),
];

/** Each alone: which one it was, when something goes wrong. */
export const singleSettings: readonly Setting[] = Object.entries(settings).flatMap(([name, values]) =>
  values.map((value) => ({ title: `${name}: ${JSON.stringify(value)}`, switches: { [name]: value } })),
);

/** What a setting is compared with. */
export const usual: Setting = { title: "as usual", switches: defaultSwitches };
