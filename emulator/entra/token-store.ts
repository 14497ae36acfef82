/** What the provider of one tenant remembers: codes, grants, refresh tokens, running sign-ins. They expire on the emulator's clock. */
import type { Adapter, AdapterPayload } from "oidc-provider";
import type { World } from "../world.ts";
import type { TenantState } from "./tenants.ts";

export interface StoredToken {
  readonly payload: AdapterPayload;
  /** Milliseconds of the emulator's clock. */
  readonly expires: number;
  /** Its place among all tokens and revocations. */
  readonly sequence: number;
  consumed: boolean;
  /** Taken away with its family; kept so that the refusal can say why. */
  isRevoked: boolean;
}

export interface TokenStore {
  adapter(model: string): Adapter;
  find(model: string, id: string): StoredToken | undefined;
  /** What the client said at sign-in that it can do, by grant; good for the token that the code is exchanged for. */
  readonly capabilities: Map<string, readonly string[]>;
}

export function createTokenStore(
  world: World,
  tenant: TenantState,
  findClient: (id: string) => AdapterPayload | undefined,
): TokenStore {
  const models = new Map<string, Map<string, StoredToken>>();
  const tokensOf = (model: string) => {
    const found = models.get(model) ?? new Map<string, StoredToken>();
    models.set(model, found);
    return found;
  };
  const isOver = (stored: StoredToken) => stored.isRevoked || stored.expires <= world.clock.now().getTime();
  const adapter = (model: string): Adapter => ({
    async upsert(id, payload, expiresIn) {
      tokensOf(model).set(id, {
        payload,
        expires: world.clock.now().getTime() + (expiresIn ?? Number.POSITIVE_INFINITY) * 1000,
        sequence: ++world.entra.sequence,
        consumed: false,
        isRevoked: false,
      });
    },
    async find(id) {
      if (model === "Client") return findClient(id);
      const stored = tokensOf(model).get(id);
      if (!stored || isOver(stored)) return undefined;
      return stored.consumed ? { ...stored.payload, consumed: true } : stored.payload;
    },
    async findByUid(uid) {
      return [...tokensOf(model).values()].find((stored) => stored.payload.uid === uid && !isOver(stored))?.payload;
    },
    async findByUserCode() {
      return undefined;
    },
    async consume(id) {
      const stored = tokensOf(model).get(id);
      const again = model === "RefreshToken" && tenant.behaviour.refreshTokens === "again";
      if (stored && !again) stored.consumed = true;
    },
    async destroy(id) {
      tokensOf(model).delete(id);
    },
    async revokeByGrantId(grantId) {
      for (const stored of tokensOf(model).values()) if (stored.payload.grantId === grantId) stored.isRevoked = true;
    },
  });
  return { adapter, find: (model, id) => tokensOf(model).get(id), capabilities: new Map() };
}
