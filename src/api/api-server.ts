/** What a routes.ts gets: the server with typed schemas, and the parts that routes work with. */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from "fastify";
import type { App } from "#flows/app.ts";
import type { Rule } from "#model/rule.ts";
import type { Span } from "#model/span.ts";
import type { Store } from "#store/open-store.ts";
import type { LiveHub } from "./live/live-hub.ts";
import type { Passwords } from "./passwords.ts";
import type { Permission } from "./permissions.ts";
import type { Sessions } from "./sessions.ts";
import type { Viewer } from "./viewer.ts";

export type ApiServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface Parts {
  readonly app: App;
  readonly store: Store;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly live: LiveHub;
  readonly version: string;
  /** The words of a rule; the api does not see the scan room. */
  readonly findRule: (id: string) => Rule | undefined;
  /** All there are, by id. */
  readonly rules: readonly Rule[];
  readonly links: RemoteLinks;
}

/** Web addresses in Azure DevOps; the api does not see the room that knows them. */
export interface RemoteLinks {
  line(repositoryWebUrl: string, commit: string, at: Span): string;
  commit(repositoryWebUrl: string, commit: string): string;
  thread(pullRequestWebUrl: string, threadId: number): string;
}

/** Routes of one resource; called once per server. */
export type Routes = (server: ApiServer, parts: Parts) => void;

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; null if nobody is signed in. */
    viewer: Viewer | null;
  }
  interface FastifyContextConfig {
    /** A route without one refuses to register. */
    permission?: Permission;
    /** An open page asks for it by itself, also where nobody is at it: the session lasts no longer for that. */
    isAskedByPages?: true;
  }
}

/** For routes that only signed-in people reach. */
export function viewerOf(request: FastifyRequest): Viewer {
  if (!request.viewer) throw new Error("a route for signed-in people was reached without a viewer");
  return request.viewer;
}
