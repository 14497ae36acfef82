/** Reading request bodies, with a cap; JSON is parsed where it is meant to be JSON. */
import type { IncomingMessage } from "node:http";
import { Refusal } from "../route.ts";

const largestBody = 256 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > largestBody) throw new Refusal(413, "RequestTooLargeException", "The request body is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Undefined for an empty body or one that is not JSON by its content type. */
export function parseJson(body: Buffer, contentType: string | undefined): unknown {
  if (body.length === 0) return undefined;
  if (contentType !== undefined && !/json|text\/plain/i.test(contentType)) return undefined;
  try {
    return JSON.parse(body.toString().replace(/^\uFEFF/, ""));
  } catch {
    throw new Refusal(
      400,
      "VssPropertyValidationException",
      "The request body is not valid JSON.",
      "Microsoft.VisualStudio.Services.Common.VssPropertyValidationException, Microsoft.VisualStudio.Services.Common",
    );
  }
}
