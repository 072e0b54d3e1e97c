// `server.admin`: what it may not be beside the rest of `server`.
import { DEFAULT_PORT } from './build-config.ts';
import type { ConfigNode, Finding } from './config-node.ts';

/** Two servers cannot share a port; 0 is another one each time. */
export function adminFindings(server: ConfigNode | undefined): readonly Finding[] {
  const admin = server?.children.get('admin')?.children.get('port');
  const port = server?.children.get('port')?.value ?? DEFAULT_PORT;
  if (admin === undefined || admin.value !== port || port === 0) return [];
  const message = `is the port of the feeds too; choose another one, for example ${Number(port) === 8081 ? 8082 : 8081}`;
  return [{ offset: admin.offset, path: ['server', 'admin', 'port'], message }];
}
