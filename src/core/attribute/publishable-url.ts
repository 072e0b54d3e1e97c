// Which addresses may be published: absolute http and https ones that give no secret away.
import { type SecretSource, secretFinderOf } from './source-secrets.ts';

export type IsPublishable = (url: string) => boolean;

/**
 * Tells for a source which URLs may stand in our output: not those with userinfo, nor those that repeat the source's secret
 * address or a value of it that came from the environment. Feeds often state the address that they were asked at, token and all.
 */
export function publishableFor(source: SecretSource): IsPublishable {
  const { isIn } = secretFinderOf(source);
  return (text) => {
    const url = URL.parse(text);
    if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '')
      return false;
    if (url.username !== '' || url.password !== '') return false;
    return !isIn(text);
  };
}

/** Tells which ids may be published as they came: those that are no address at all, and addresses that give no secret away. */
export function publishableIdsFor(source: SecretSource): IsPublishable {
  const isPublishable = publishableFor(source);
  const { isInId } = secretFinderOf(source);
  return (id) => (/^https?:/i.test(id) ? isPublishable(id) : !isInId(id));
}

/** Takes out of texts, plain or HTML, what would give a source's secret away; an ellipsis stands in its place. */
export function secretsRemoverFor(source: SecretSource): (text: string) => string {
  return secretFinderOf(source).remove;
}

/** In safe HTML (core/sanitize writes attributes in double quotes): an address with what else stands in its attribute. */
const URL_ATTRIBUTE = / (?:href|src|srcset|poster|cite|longdesc)="([^"]*)"/g;

/** Safe HTML without the attributes whose addresses may not be published; the text around them stays. */
export function withoutSecretLinks(html: string, source: SecretSource): string {
  if (!secretFinderOf(source).hasSecrets) return html;
  const isPublishable = publishableFor(source);
  return html.replace(URL_ATTRIBUTE, (attribute, value: string) => {
    const urls = value
      .replaceAll('&amp;', '&')
      .split(/\s+/)
      .filter((part) => part.includes(':'));
    return urls.every((url) => url.startsWith('mailto:') || isPublishable(url)) ? attribute : '';
  });
}
