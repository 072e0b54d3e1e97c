// `tributary schema`: the JSON Schema of the configuration, for editors.
import { configJsonSchema } from '../edge/config/json-schema.ts';
import { type Command, EXIT } from './command.ts';

export const schemaCommand: Command = {
  name: 'schema',
  usage: 'schema',
  summary: 'prints the JSON Schema of the configuration',
  examples: ['tributary schema >tributary.schema.json'],
  options: {},
  operandsMax: 0,
  async run({ terminal }) {
    terminal.stdout.write(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
    return EXIT.done;
  },
};
