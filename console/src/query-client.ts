/** How the console asks: when it tries again, and what happens when a session has ended. */
import { QueryCache, QueryClient } from "@tanstack/react-query";
import { ask } from "./api.ts";
import { RequestError } from "./request.ts";

export function createConsoleQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        const signedOut = error instanceof RequestError && error.status === 401 && query.queryKey[0] !== "session";
        if (signedOut) void client.invalidateQueries({ queryKey: ask.session().queryKey });
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A refusal stays one; only the way to the server and the server's own trouble may pass.
        retry: (failures, error) => failures < 3 && (!(error instanceof RequestError) || isPassing(error.status)),
      },
    },
  });
  return client;
}

function isPassing(status: number): boolean {
  return status === 0 || status === 502 || status === 503 || status === 504;
}
