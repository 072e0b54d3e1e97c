// Sites whose documents tell by themselves whether they are whole.
import { createHash } from 'node:crypto';

/** Half of eight feeds, another half each time. */
export function namesOf(number: number): readonly string[] {
  const feeds = Array.from({ length: 8 }, (_, feed) => feed).filter((feed) => (feed + number) % 2 === 0);
  return [...feeds.flatMap((feed) => [`feeds/f${feed}/archive/1.rss`, `feeds/f${feed}.rss`]), 'index.html'];
}

export function documentOf(name: string, number: number): Buffer {
  const text = `${name} ${number} `.repeat(500 + (number % 7) * 400);
  return Buffer.from(`${createHash('sha256').update(text).digest('hex')} ${text}`);
}

export function isWhole(body: Buffer): boolean {
  const text = body.toString();
  return createHash('sha256').update(text.slice(65)).digest('hex') === text.slice(0, 64);
}
