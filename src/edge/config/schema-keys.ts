// What the schema knows about a place in the configuration: the keys it has there, and what each is for.
import { z } from 'zod';
import type { Path } from './config-node.ts';

/** The keys of the mapping at `path`; none where there is no mapping. */
export function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  return Object.keys(mappingOf(schemaAt(schema, path))?.shape ?? {});
}

/** What the value at `path` is for, in the words of the JSON Schema. */
export function descriptionAt(schema: z.ZodType, path: Path): string | undefined {
  return schemaAt(schema, path)?.description;
}

/** Where keys are known: for `port` it has `server`; '' is the top of the file. */
export function placesOfKeys(schema: z.ZodType): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  visit(schema, '', (place, keys) => {
    for (const key of keys) places.set(key, [...(places.get(key) ?? []), place]);
  });
  return places;
}

function schemaAt(schema: z.ZodType, path: Path): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>((outer, step) => {
    if (outer === undefined) return undefined;
    if (typeof step === 'number') return elementOf(outer);
    const shape = mappingOf(outer)?.shape;
    return shape !== undefined && Object.hasOwn(shape, step) ? shape[step] : undefined;
  }, schema);
}

function visit(
  schema: z.ZodType | undefined,
  place: string,
  see: (place: string, keys: readonly string[]) => void,
): void {
  // The fields of a rule or of a selection are no places to look for a key in.
  if (schema instanceof z.ZodUnion) return;
  const element = elementOf(schema);
  if (element !== undefined) visit(element, `${place}[…]`, see);
  const shape = mappingOf(schema)?.shape;
  if (shape === undefined) return;
  see(place, Object.keys(shape));
  for (const [key, member] of Object.entries(shape))
    visit(member, place === '' ? key : `${place}.${key}`, see);
}

function mappingOf(schema: z.ZodType | undefined): z.ZodObject<Record<string, z.ZodType>> | undefined {
  return alternatives(schema).find((choice) => choice instanceof z.ZodObject);
}

function elementOf(schema: z.ZodType | undefined): z.ZodType | undefined {
  const list = alternatives(schema).find((choice) => choice instanceof z.ZodArray);
  return list?.element as z.ZodType | undefined;
}

/** What a schema may be: itself, what is inside of an optional one, each member of a union. */
function alternatives(schema: z.ZodType | undefined): readonly z.ZodType[] {
  if (schema === undefined) return [];
  if (schema instanceof z.ZodOptional) return alternatives(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodUnion)
    return schema.options.flatMap((option) => alternatives(option as z.ZodType));
  return [schema];
}
