// Writes config/tributary.schema.json anew; a test says when that is due.
import { writeFile } from 'node:fs/promises';
import { configJsonSchemaText } from '../src/edge/config/json-schema.ts';

await writeFile(new URL('../config/tributary.schema.json', import.meta.url), configJsonSchemaText());
