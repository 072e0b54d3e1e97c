// Which addresses are of one site: whose page an item stands on, and who says that he is whom.

/** The host without `www.`; undefined for what is no address of a host. */
export function siteHost(url: string): string | undefined {
  return URL.parse(url)?.hostname.replace(/^www\./, '') || undefined;
}

/** The same host, or one inside the other: feeds.example.org and example.org, but not two guests of one example.org. */
export function isSameSite(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && (a === b || isInside(a, b) || isInside(b, a));
}

function isInside(host: string, parent: string): boolean {
  return parent.includes('.') && host.endsWith(`.${parent}`);
}

/** The host that an id names as its authority: of an address, or of a tag (RFC 4151: a host, or a mailbox at one). */
export function authorityOfId(id: string): string | undefined {
  const authority = /^tag:(?:[^,@/?#]*@)?([^,@/?#:]+),/i.exec(id)?.[1];
  if (authority !== undefined) return siteHost(`http://${authority}`);
  return /^https?:/i.test(id) ? siteHost(id) : undefined;
}
