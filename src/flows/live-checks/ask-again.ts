/** Somebody wants to know now whether a secret is live: only where its provider may be asked. */
import type { InstanceId } from "#model/ids.ts";
import { liveProviderOf } from "#scan/secrets/live/find-live-check.ts";
import { isLiveCheckEnabled } from "#store/secrets/live-check-settings.ts";
import { rulesOfSecret } from "#store/secrets/secret-checks.ts";
import type { App } from "../app.ts";
import { askToCheckSecrets } from "../jobs/ask.ts";

export type AskedAgain =
  | { readonly is: "asked" }
  | { readonly is: "not-found" }
  /** No provider can be asked about secrets of this kind. */
  | { readonly is: "nobody-to-ask" }
  | { readonly is: "not-allowed"; readonly provider: string };

export async function askAgain(
  app: Pick<App, "db" | "jobs">,
  secret: { readonly instance: InstanceId; readonly fingerprint: string },
): Promise<AskedAgain> {
  const { instance, fingerprint } = secret;
  const rules = await rulesOfSecret(app.db, instance, fingerprint);
  if (rules.length === 0) return { is: "not-found" };
  const [provider] = rules.flatMap((rule) => liveProviderOf(rule) ?? []);
  if (!provider) return { is: "nobody-to-ask" };
  if (!(await isLiveCheckEnabled(app.db, instance, provider.id))) {
    return { is: "not-allowed", provider: provider.title };
  }
  await askToCheckSecrets(app, app.db, { instance, fingerprint });
  return { is: "asked" };
}
