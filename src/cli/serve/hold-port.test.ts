import assert from "node:assert/strict";
import { createServer } from "node:net";
import { describe, it } from "node:test";
import { UsageError } from "../usage-error.ts";
import { holdPort } from "./hold-port.ts";

describe("holding a port", () => {
  it("steps over a port in use, but not over one that was asked for", async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, "127.0.0.1", done));
    const address = taken.address();
    assert.ok(address && typeof address === "object");
    const { port } = address;
    try {
      const next = await holdPort({ host: "127.0.0.1", port, portIsAsked: false });
      assert.ok(next.port > port && next.port < port + 200);
      const after = await holdPort({ host: "127.0.0.1", port, portIsAsked: false });
      assert.ok(after.port > next.port, "a held port is not given twice");
      await next.release();
      await after.release();
      await assert.rejects(holdPort({ host: "127.0.0.1", port, portIsAsked: true }), UsageError);
    } finally {
      taken.close();
    }
  });

  it("says when the address is not of this machine", async () => {
    await assert.rejects(holdPort({ host: "192.0.2.1", port: 0, portIsAsked: true }), UsageError);
  });
});
