/** Name lookup that refuses addresses of private and special networks: a name server must not point a request inside. */
import type { LookupFunction } from "node:net";

export type Resolve = (name: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

export interface NameDoor {
  readonly resolve: Resolve;
  readonly refuses: (address: string) => boolean;
}

/** For the host that is asked; whatever else is looked up, a proxy, is the administrator's own. */
export function publicLookup(host: string, { resolve, refuses }: NameDoor): LookupFunction {
  return (name, _options, answer) => {
    resolve(name).then(
      (found) => {
        const refused = name === host && found.some(({ address }) => refuses(address));
        if (refused) answer(refusal(), []);
        else answer(null, [...found]);
      },
      (error: NodeJS.ErrnoException) => answer(error, []),
    );
  };
}

export const privateAddress = "EPRIVATE";

function refusal(): NodeJS.ErrnoException {
  return Object.assign(new Error("The name leads to a private address."), { code: privateAddress });
}
