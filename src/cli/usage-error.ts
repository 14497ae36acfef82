/** A mistake of whoever started the program: printed in one line, without a stack, and ends with 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
