/**
 * Which api-version a call asks for. What we ask for is what the service has; a server is older, and what is released
 * today may have been under preview in its version, which it says, and which is then remembered.
 */
import type { RemoteError } from "#model/remote-error.ts";
import type { RemoteRequest } from "./organization-client.ts";

export interface ApiVersions {
  of(request: RemoteRequest): string;
  /** True if the refusal was for want of the preview flag, and `of` now adds it. */
  learn(request: RemoteRequest, refusal: RemoteError): boolean;
}

export function keepVersions(newest: string): ApiVersions {
  const previews = new Set<string>();
  return {
    of(request) {
      const version = lowered(request.apiVersion ?? "7.1", newest);
      return previews.has(familyOf(request)) && !version.includes("-preview") ? `${version}-preview` : version;
    },
    learn(request, { details }) {
      const family = familyOf(request);
      if (details.typeKey !== "VssInvalidPreviewVersionException" || previews.has(family)) return false;
      previews.add(family);
      return true;
    },
  };
}

/** `7.1-preview.1` to `6.0-preview.1`. */
function lowered(asked: string, newest: string): string {
  const [, number = "", flag = ""] = /^([\d.]+)(.*)$/.exec(asked) ?? [];
  return Number(number) > Number(newest) ? `${newest}${flag}` : asked;
}

/** The same for all things of one kind: their ids and names follow the words of the route. */
function familyOf({ host = "dev.azure.com", method = "GET", path }: RemoteRequest): string {
  const [, route = ""] = path.split("/_apis/");
  const words = route.split("/").filter((segment) => /^[a-z]{3,}$/i.test(segment));
  return `${host} ${method} ${words.join("/").toLowerCase()}`;
}
