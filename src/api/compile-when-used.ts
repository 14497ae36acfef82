/**
 * Validators and serializers of routes, compiled when their route is first called. Fastify compiles all at the start, which
 * costs 1.5 s of processor time for some 200 routes of which a day uses a few dozen.
 */
import ajvCompiler from "@fastify/ajv-compiler";
import serializerSelector from "@fastify/fast-json-stringify-compiler";
import type { FastifyServerOptions } from "fastify";

type Factories = NonNullable<NonNullable<FastifyServerOptions["schemaController"]>["compilersFactory"]>;
type BuildValidator = NonNullable<Factories["buildValidator"]>;

export function compileWhenUsed(): Factories {
  const validators = ajvCompiler();
  const serializers = serializerSelector();
  return {
    buildValidator: ((externalSchemas, options) => {
      const compile = validators(externalSchemas, options);
      return (route) => {
        let compiled: ReturnType<typeof compile> | undefined;
        // Fastify reads the errors of the last call from the function that it calls.
        const validate = Object.assign(
          (data: unknown) => {
            compiled ??= compile(route);
            const isValid = compiled(data);
            validate.errors = compiled.errors;
            return isValid;
          },
          { errors: undefined as ReturnType<typeof compile>["errors"] },
        );
        return validate;
      };
    }) as BuildValidator,
    buildSerializer: (externalSchemas, options) => {
      const compile = serializers(externalSchemas, options);
      return (route) => {
        let compiled: ReturnType<typeof compile> | undefined;
        return (data) => {
          compiled ??= compile(route);
          return compiled(data);
        };
      };
    },
  };
}
