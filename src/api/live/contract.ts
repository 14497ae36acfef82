/**
 * GET /api/live: Server-Sent Events. Each unnamed message is one LiveMessage as JSON. An event named `hello` comes first
 * after every (re)connection: what was missed in between is not repeated, so load what is shown anew then. A comment
 * line keeps the connection open.
 */
export type { LiveMessage } from "#model/live-message.ts";
