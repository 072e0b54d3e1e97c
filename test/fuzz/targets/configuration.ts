// Configuration files: either a configuration, or every mistake with its place.
import { parseConfig } from '../../../src/edge/config/load-config.ts';
import { ConfigError } from '../../../src/model/errors.ts';
import { mutate, pick } from '../mutate.ts';
import { CONFIGURATIONS, YAML_TOKENS } from '../seeds.ts';
import { bytesOf, holds, type Target } from '../target.ts';

const PROBLEMS_MAX = 1001;
const MESSAGE_CHARS_MAX = 4000;
const OURS =
  /\n\s+at |node_modules|\/src\/|\[object |undefined|TypeError|RangeError|ZodError|YAML(?:Parse)?Error/;
const SECRET = 'hunter2-of-the-environment';

export const configuration: Target = {
  name: 'configuration',
  make: (random) => ({
    text: mutate(pick(random, CONFIGURATIONS), random, YAML_TOKENS, pick(random, CONFIGURATIONS)),
  }),
  check({ text = '' }) {
    const yaml = Buffer.from(bytesOf(text)).toString('utf8');
    const env = { HOME: SECRET, X: SECRET, HARBOUR_TOKEN: SECRET };
    try {
      parseConfig(yaml, { file: 'tributary.yaml', env, cwd: '/srv' });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      judge(error, yaml);
    }
  },
};

function judge({ problems, message }: ConfigError, yaml: string): void {
  holds(problems.length > 0 && problems.length <= PROBLEMS_MAX, 'there are mistakes, and not too many');
  const lines = yaml.split(/\r\n|[\n\r]/).length;
  for (const problem of problems) {
    holds(problem.line >= 0 && problem.line <= lines + 1, `line ${problem.line} is one of ${lines}`);
    holds((problem.line === 0) === (problem.column === 0), 'a place is a line and a column');
    holds(problem.message !== '' && problem.message.length < MESSAGE_CHARS_MAX, 'a message is a few words');
    // What the file says itself may be quoted.
    const match = OURS.exec(problem.message)?.[0];
    holds(match === undefined || yaml.includes(match), `nothing of our inside is said: ${problem.message}`);
  }
  holds(!message.includes(SECRET), 'values of the environment stay secret');
}
