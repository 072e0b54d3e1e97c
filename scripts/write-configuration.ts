// Writes docs/CONFIGURATION.md anew; a test says when that is due.
import { readFile, writeFile } from 'node:fs/promises';
import { configJsonSchema } from '../src/edge/config/json-schema.ts';
import { configurationPage } from './configuration-page.ts';

const docs = new URL('../docs/', import.meta.url);
const example = await readFile(new URL('every-option.yaml', docs), 'utf8');
await writeFile(new URL('CONFIGURATION.md', docs), configurationPage(configJsonSchema(), example));
