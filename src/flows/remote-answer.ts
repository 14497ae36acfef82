/** Where a flow expects that the outside world may say no and goes on without it, the no becomes a value here. All else is caught in worker.ts. */
import { RemoteError } from "#model/remote-error.ts";

export type RemoteAnswer<T> =
  | { readonly is: "answer"; readonly value: T }
  | { readonly is: "no"; readonly error: RemoteError };

export async function remoteAnswer<T>(call: () => Promise<T>): Promise<RemoteAnswer<T>> {
  try {
    return { is: "answer", value: await call() };
  } catch (error) {
    if (error instanceof RemoteError) return { is: "no", error };
    throw error;
  }
}
