/** News for open consoles, as Server-Sent Events. */
import { type Routes, viewerOf } from "../api-server.ts";
import { findViewer } from "../viewer.ts";

export const liveRoutes: Routes = (server, { app, sessions, live }) => {
  server.get(
    "/api/live",
    {
      schema: {
        summary: "News as they happen, as Server-Sent Events",
        description:
          "Each unnamed message is one LiveMessage as JSON. An event named `hello` comes first after every connection, and whenever messages were left out: load what is shown anew then.",
        produces: ["text/event-stream"],
      },
      config: { permission: "read", isAskedByPages: true },
      exposeHeadRoute: false,
    },
    (request, reply) => {
      const { id } = viewerOf(request);
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value);
      reply.hijack();
      // No proxy may collect the messages into larger answers.
      reply.raw.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
      });
      live.connect(reply.raw, id, async () => {
        const viewer = await findViewer(app, sessions, request).catch(() => null);
        return viewer?.scope;
      });
    },
  );
};
