/** The providers that can be asked, in words for whoever decides, and which of them an instance's administrators allow. */
import type { InstanceId } from "#model/ids.ts";
import type { RuleId } from "#model/rule.ts";
import type { LiveProvider } from "#scan/secrets/live/live-provider.ts";
import { liveProviders } from "#scan/secrets/live/providers.generated.ts";
import type { Db } from "#store/database.ts";
import { type LiveCheckSetting, listLiveCheckSettings } from "#store/secrets/live-check-settings.ts";

export interface LiveCheckSwitch {
  readonly provider: string;
  readonly title: string;
  readonly host: string;
  /** What is sent: `GET /user`. */
  readonly request: string;
  readonly trace: string;
  readonly rules: readonly RuleId[];
  /** Undefined: nobody is asked. */
  readonly setting: LiveCheckSetting | undefined;
}

export async function liveCheckSwitches(db: Db, instanceId: InstanceId): Promise<readonly LiveCheckSwitch[]> {
  const settings = await listLiveCheckSettings(db, instanceId);
  return liveProviders.map((provider) => switchOf(provider, settings));
}

function switchOf(
  { id: provider, title, host, trace, checks }: LiveProvider,
  settings: readonly LiveCheckSetting[],
): LiveCheckSwitch {
  const requests = checks.map(({ method = "GET", path }) => `${method} ${path.replace("{secret}", "…")}`);
  return {
    ...{ provider, title, host, trace },
    request: [...new Set(requests)].join(", "),
    rules: [...new Set(checks.flatMap(({ rules }) => rules))],
    setting: settings.find((one) => one.provider === provider),
  };
}
