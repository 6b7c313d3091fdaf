import * as z from 'zod';

type Path = readonly PropertyKey[];

/** The names of the fields that an object may have at a place of a schema; undefined where it takes any, or is no object. */
export function knownFields(schema: z.ZodType, path: Path): readonly string[] | undefined {
  const at = unwrapped(schema);
  if (at instanceof z.ZodUnion) {
    const found = at.options.flatMap((option) => knownFields(option as z.ZodType, path) ?? []);
    return found.length === 0 ? undefined : [...new Set(found)];
  }
  const [name, ...rest] = path;
  if (name === undefined) return at instanceof z.ZodObject ? Object.keys(at.shape) : undefined;
  const next = inside(at, name);
  return next && knownFields(next, rest);
}

function inside(schema: z.ZodType, name: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, name) ? schema.shape[String(name)] : undefined;
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  return undefined;
}

/** The schema behind what says that it may be missing, empty, or is tidied first. */
function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodPipe) {
    const { in: first, out } = schema.def;
    return unwrapped((first instanceof z.ZodTransform ? out : first) as z.ZodType);
  }
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return unwrapped(schema.def.innerType as z.ZodType);
  }
  return schema;
}
