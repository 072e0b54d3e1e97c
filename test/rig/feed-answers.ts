// Feeds as a source answers with them.
import { answer, type Behaviour } from './evil-source.ts';

export function rss(items: string, title = 'Hostile'): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>http://hostile.test/</link>${items}</channel></rss>`;
}

export function feedAnswer(
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Behaviour {
  return answer({ headers: { 'Content-Type': 'application/rss+xml', ...headers }, body });
}
