/** Reads SARIF from a stream, packed or not, never more of it than is allowed. */
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { createSarifReader, type SarifOptions, type SarifRead } from "#scan/sarif-import/read-sarif.ts";

/** The stream is at its end or destroyed afterwards. */
export async function readImport(
  body: Readable,
  options: SarifOptions & { readonly isPacked: boolean },
): Promise<SarifRead> {
  const reader = createSarifReader(options);
  const unpacked = options.isPacked ? body.pipe(createGunzip()) : body;
  const failed = new Promise<never>((_resolve, reject) => body.once("error", reject));
  failed.catch(() => {});
  try {
    const read = async () => {
      for await (const piece of unpacked) if (!reader.write(piece as Uint8Array)) break;
    };
    await Promise.race([read(), failed]);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))) throw error;
    return { is: "refused", at: "", message: "it cannot be unpacked: it is cut off, or no gzip" };
  } finally {
    body.unpipe();
    // What is left is read and forgotten, so that the answer can be written.
    if (!body.destroyed) body.resume();
  }
  return reader.end();
}
