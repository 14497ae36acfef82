/** What a person does who does not wait for the first look at settings: asks for it, and waits until it is there. */
import { setTimeout as pause } from "node:timers/promises";
import type { PostureList } from "#api/posture/contract.ts";
import type { ApiClient } from "./api-client.ts";

/** How many attack paths it found. */
export async function lookAtSettings(api: ApiClient, patience = 60_000): Promise<number> {
  const { rows } = await api.get<PostureList>("/api/posture");
  for (const { id } of rows) await api.post(`/api/organizations/${id}/posture/refresh`);
  for (const end = performance.now() + patience; performance.now() < end; await pause(200)) {
    const { rows: now } = await api.get<PostureList>("/api/posture");
    if (now.every(({ lastRun }) => lastRun !== null)) return now.reduce((sum, one) => sum + one.attackPaths, 0);
  }
  throw new Error("the settings of the organization were not looked at in time");
}
