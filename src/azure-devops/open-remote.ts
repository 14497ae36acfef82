/** The door to Azure DevOps: clients that pace themselves per identity, and repeat only what may be repeated. */
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { Purpose } from "#model/purpose.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Addresses } from "./addresses.ts";
import { keepVersions } from "./api-versions.ts";
import { authorizationOf, type Credential, paceKeyOf } from "./credential.ts";
import type { AccountClient, OrganizationClient, RemoteAnswer, RemoteRequest } from "./organization-client.ts";
import { createPacer, type Pacer } from "./pacer.ts";
import { sendPaced } from "./send-paced.ts";
import { countSpend, type Spend } from "./spend.ts";

export interface Remote {
  readonly addresses: Addresses;
  readonly userAgent: string;
  /** `purpose` decides who stands back when the identity's budget runs short. */
  organization(name: string, credential: Credential, purpose?: Purpose): OrganizationClient;
  account(credential: Credential, purpose?: Purpose): AccountClient;
  /** What was spent since the last time that somebody asked. */
  takeSpend(): readonly Spend[];
  /** How the identities that were used within the last hour stand at this moment. */
  paces(): readonly Pace[];
}

/** One organization as one identity sees it. Limit and remaining are in the service's unit, absent until it tells them. */
export interface Pace {
  readonly organization: string;
  readonly limit?: number;
  readonly remaining?: number;
  readonly resetAt?: Date;
  readonly pausedUntil?: Date;
  /** Calls that wait for their turn. */
  readonly waiting: number;
}

export interface RemoteOptions {
  readonly addresses: Addresses;
  readonly log: Logger;
  readonly userAgent: string;
  readonly now: () => Date;
  /** Calls of one identity at a time. */
  readonly callsAtOnce?: number;
  /** Milliseconds that a call waits for its pace; a longer pause becomes an error that says when to come back. */
  readonly longestPause?: number;
  readonly timeLimit?: number;
  readonly bodyLimit?: number;
  /** How time passes; tests turn it. */
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

const attempts = 4;
const firstBackOff = 400;

/** Identities that nobody used for this long are forgotten. */
const idleTime = 60 * 60_000;

export function openRemote(options: RemoteOptions): Remote {
  const wait =
    options.wait ??
    ((milliseconds: number, signal?: AbortSignal) => pause(milliseconds, undefined, signal ? { signal } : {}));
  const { callsAtOnce = 6, longestPause = 30_000, now, log, addresses } = options;
  const { userAgent, timeLimit = 60_000, bodyLimit = 64 * 1024 * 1024 } = options;
  const spend = countSpend();
  const versions = keepVersions(addresses.newestVersion);
  const identities = keepIdentities(() => createPacer({ callsAtOnce, longestPause, now, wait }), now);

  function open(organization: string | undefined, credential: Credential, purpose: Purpose): AccountClient {
    const key = paceKeyOf(credential);
    const about = { addresses, userAgent, timeLimit, bodyLimit, log, now, spend, versions, credential, purpose };
    return {
      addresses,
      signIn: credential.is,
      authorization: () => authorizationOf(credential),
      request(request) {
        const sender = {
          ...about,
          ...(organization === undefined ? {} : { organization }),
          pacer: identities.use(key, organization),
        };
        return repeat(request, () => sendPaced(sender, request), wait);
      },
    };
  }

  return {
    addresses,
    userAgent,
    organization: (name, credential, purpose = "sync") => ({
      ...open(name, credential, purpose),
      organization: name,
    }),
    account: (credential, purpose = "sync") => open(undefined, credential, purpose),
    takeSpend: () => spend.take(),
    paces: () => identities.paces(),
  };
}

interface Identity {
  readonly pacer: Pacer;
  readonly organizations: Set<string>;
  usedAt: number;
}

function keepIdentities(create: () => Pacer, now: () => Date) {
  const identities = new Map<string, Identity>();
  return {
    use(key: string, organization: string | undefined): Pacer {
      const identity = identities.get(key) ?? { pacer: create(), organizations: new Set(), usedAt: 0 };
      identities.set(key, identity);
      identity.usedAt = now().getTime();
      if (organization !== undefined) identity.organizations.add(organization);
      return identity.pacer;
    },
    paces(): readonly Pace[] {
      for (const [key, { pacer, usedAt }] of identities) {
        const { waiting, running } = pacer.state();
        if (waiting + running === 0 && usedAt < now().getTime() - idleTime) identities.delete(key);
      }
      return [...identities.values()].flatMap(({ pacer, organizations }) => {
        const { running: _, ...state } = pacer.state();
        return [...organizations].map((organization) => ({ organization, ...state }));
      });
    },
  };
}

/** A refused 429 was not carried out, whatever it was. Anything else is repeated only if a second one does no harm. */
async function repeat(
  request: RemoteRequest,
  call: () => Promise<RemoteAnswer>,
  wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>,
): Promise<RemoteAnswer> {
  const mayRepeat = request.isRepeatable ?? !["POST", "PATCH"].includes(request.method ?? "GET");
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (request.signal?.aborted) throw new RemoteError("timed-out", "The call was cancelled.", { cause: error });
      if (!(error instanceof RemoteError) || attempt === attempts) throw error;
      const isPaced = error.code === "rate-limited" && error.details.status === 429;
      if (!isPaced && !(mayRepeat && isPassing(error, attempt))) throw error;
      // The pacer waits as long as the service asked; without such a wish, jitter keeps a crowd apart.
      if (!isPaced && error.retryAfter === undefined) {
        await wait(firstBackOff * 2 ** (attempt - 1) * (0.5 + Math.random() / 2), request.signal);
      }
    }
  }
}

/** What may go well the next time. A minute of silence is waited for only twice. */
function isPassing({ code, details }: RemoteError, attempt: number): boolean {
  if (code === "unreachable") return true;
  if (code === "timed-out") return attempt === 1;
  return code === "unavailable" && [502, 503, 504].includes(Number(details.status));
}
