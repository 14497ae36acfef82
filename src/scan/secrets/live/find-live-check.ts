/** Which provider is asked about a secret of a rule, and how. Undefined: none can be, or not about this kind. */
import type { RuleId } from "#model/rule.ts";
import type { LiveCheck, LiveProvider } from "./live-provider.ts";
import { liveProviders } from "./providers.generated.ts";

export interface FoundCheck {
  readonly provider: LiveProvider;
  readonly check: LiveCheck;
}

export function findLiveCheck(rule: RuleId, value: string): FoundCheck | undefined {
  for (const provider of liveProviders) {
    const check = provider.checks.find(
      ({ rules, begins }) => rules.includes(rule) && (begins ?? [""]).some((one) => value.startsWith(one)),
    );
    if (check) return { provider, check };
  }
  return undefined;
}

export function findLiveProvider(id: string): LiveProvider | undefined {
  return liveProviders.find((provider) => provider.id === id);
}

export function liveProviderOf(rule: RuleId): LiveProvider | undefined {
  return liveProviders.find(({ checks }) => checks.some(({ rules }) => rules.includes(rule)));
}
