// The rig's own authority of certificates, trusted by this process as NODE_EXTRA_CA_CERTS would have it.
import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll } from 'vitest';

const AUTHORITY = new URL('./certificates/authority.pem', import.meta.url);

export function trustTheAuthority(): void {
  const before = getCACertificates('default');
  beforeAll(() => setDefaultCACertificates([...before, readFileSync(AUTHORITY, 'utf8')]));
  afterAll(() => setDefaultCACertificates(before));
}
