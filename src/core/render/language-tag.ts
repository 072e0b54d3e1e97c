// Language tags (RFC 5646) as our documents may state them.

/** ISO 639-1, with what it had before and the registry keeps (RFC 5646, section 2.2.1). */
const TWO_LETTERS = new Set(
  (
    'aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu ' +
    'fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj ' +
    'kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny ' +
    'oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl ' +
    'tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu'
  ).split(' '),
);
const FORM = /^([A-Za-z]{2,3})(?:-[A-Za-z0-9]{1,8}){0,8}$/;

/**
 * The tag where it may be one: no language is registered with more than three letters. Undefined for anything else, which
 * readers would take for the language all the same.
 */
export function languageTag(language: string | undefined): string | undefined {
  const [tag, primary = ''] = (language === undefined ? undefined : FORM.exec(language)) ?? [];
  return primary.length === 2 && !TWO_LETTERS.has(primary.toLowerCase()) ? undefined : tag;
}

/**
 * Of an item in a feed of ours. Where nobody says an item's language and our feed has one, readers would give it ours: `und`
 * (RFC 5646, section 4.1) says that it is not known.
 */
export function itemLanguage(item: string | undefined, feed: string | undefined): string | undefined {
  return languageTag(item) ?? (languageTag(feed) === undefined ? undefined : UNDETERMINED);
}

const UNDETERMINED = 'und';

/** Languages that are written from right to left, and scripts where a tag names one. */
const RIGHT_TO_LEFT =
  /^(?:ar|ckb|dv|fa|he|iw|ji|pa-pk|ps|sd|ug|ur|yi)(?:$|-(?!.*\blatn\b))|-(?:arab|hebr|syrc|thaa|nkoo)\b/i;

export function isRightToLeft(language: string | undefined): boolean {
  return RIGHT_TO_LEFT.test(languageTag(language) ?? '');
}

/** For `dir`: from the first letter where the language does not say, since a note or a name may come before the text. */
export function directionOf(language: string | undefined): 'rtl' | 'auto' {
  return isRightToLeft(language) ? 'rtl' : 'auto';
}
