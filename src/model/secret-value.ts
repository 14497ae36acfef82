const hidden = "[hidden]";
/** What node:util calls to print an object; named by symbol so that the model imports nothing. */
const inspect = Symbol.for("nodejs.util.inspect.custom");

/** A credential in memory. It prints `[hidden]` wherever it is logged, serialized or concatenated. */
export interface SecretValue {
  /** The one way to the value; call it only where the value leaves the process. */
  reveal(): string;
}

export function secretValue(value: string): SecretValue {
  const object = { reveal: () => value, toString: () => hidden, toJSON: () => hidden, [inspect]: () => hidden };
  Object.defineProperty(object, "reveal", { enumerable: false });
  return Object.freeze(object);
}
