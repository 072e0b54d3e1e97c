// How the configuration file stands against what is in force.
import type { Timestamp } from './timestamp.ts';

export interface ConfigState {
  /** Absolute path. */
  readonly file: string;
  /** When what is in force was put there. */
  readonly appliedAt: Timestamp;
  /** Feeds that it asks for and that cannot be, as the lists are now: why, for people. */
  readonly refusedFeeds: readonly string[];
  /** Why the file as it is now is not in force. */
  readonly problem: ConfigProblemState | undefined;
}

export interface ConfigProblemState {
  /** As `check` has them. */
  readonly problems: readonly string[];
  /** Where each stands, as in `tributary.yaml:12:5: sources[3].every`: what it is may quote secrets. */
  readonly places: readonly string[];
  /** When the file was first found unusable since it was last in force. */
  readonly since: Timestamp;
}
