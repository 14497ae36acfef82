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

/** Undefined for an empty body and for bytes; a body that is neither those nor JSON is refused. */
export function parseJson(body: Buffer, contentType: string | undefined): unknown {
  if (body.length === 0 || /^application\/octet-stream/i.test(contentType ?? "")) return undefined;
  if (contentType !== undefined && !/json|text\/plain/i.test(contentType))
    throw new Refusal(
      415,
      "UnsupportedMediaTypeException",
      `The request entity's media type '${contentType.split(";")[0]}' is not supported for this resource.`,
    );
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
