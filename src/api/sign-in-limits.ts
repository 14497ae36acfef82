/** How often somebody may try to get in. Kept in memory: each process counts for itself. */
import type { FastifyRequest } from "fastify";
import type { ApiServer } from "./api-server.ts";

const quarterHour = 15 * 60_000;

/** Ten guesses for one name from one address, a hundred from one address: a guesser is slow, an office is not locked out. */
export function signInLimits(server: ApiServer) {
  return [
    server.rateLimit({
      max: 10,
      timeWindow: quarterHour,
      keyGenerator: (request: FastifyRequest) => {
        const { name } = request.body as { readonly name: string };
        return `${request.ip} ${name.toLowerCase()}`;
      },
    }),
    server.rateLimit({ max: 100, timeWindow: quarterHour }),
  ];
}

/** Ten guesses for one person from anywhere: whoever finds an open console does not try out its owner's password. */
export function ownPasswordLimit(server: ApiServer) {
  return server.rateLimit({
    max: 10,
    timeWindow: quarterHour,
    keyGenerator: ({ viewer, ip }: FastifyRequest) => viewer?.id ?? ip,
  });
}

/** For routes that turn a one-time secret into a session. */
export function oneTimeLimit(server: ApiServer) {
  return server.rateLimit({ max: 30, timeWindow: quarterHour });
}

/** For routes that make calls to Microsoft with what somebody entered: a person connects in peace, a program does not try tokens. */
export function connectingLimit(server: ApiServer) {
  return server.rateLimit({ max: 60, timeWindow: quarterHour });
}
