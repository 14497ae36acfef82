/** A redirect with the cookies that go along. */
import type { Answer } from "../route.ts";

export function redirect(location: string, cookies: readonly string[] = []): Answer {
  return {
    status: 302,
    text: "",
    headers: { Location: location, "Cache-Control": "no-store" },
    ...(cookies.length > 0 ? { cookies } : {}),
  };
}
