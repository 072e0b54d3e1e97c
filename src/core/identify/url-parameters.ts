// Parameters of an address that do not say which page it is: campaigns, clicks, sessions, forms for phones. A name that some
// site uses for its pages (`id`, `p`, `sid`, `ref`, `source`) is here only with values that no page has.

/** In lower case, whatever their value is. */
const BY_NAME: ReadonlySet<string> = new Set(
  [
    '_ga _gl gclid gclsrc dclid gbraid wbraid srsltid ga_source ga_medium ga_term ga_content ga_campaign ga_place',
    'fbclid fb_action_ids fb_action_types fb_source fb_ref igshid msclkid yclid ysclid _openstat twclid ttclid li_fat_id',
    '__twitter_impression mc_cid mc_eid _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok vero_id vero_conv',
    'oly_enc_id oly_anon_id xtor wt_mc wt.mc_id wt.mc_ev ns_campaign ns_mchannel ns_source ns_linkname ns_fee',
    'at_medium at_campaign at_format at_creation at_variant at_channel at_network at_term at_type at_bbc_team',
    'at_ptr_name at_link_id at_link_type at_link_origin at_custom1 at_custom2 at_custom3 at_custom4',
    'guccounter guce_referrer guce_referrer_sig amp_js_v amp_gsa usqp phpsessid jsessionid cftoken oscsid',
  ].flatMap((names) => names.split(' ')),
);

/** Beginnings that programs which measure visits, and servers of sessions, keep for themselves. */
const BY_PREFIX = ['utm_', 'pk_', 'mtm_', 'piwik_', 'aspsessionid'];

/** Only with such values. */
const BY_VALUE: ReadonlyMap<string, RegExp> = new Map(
  [
    { names: 'sid s zenid sessionid session_id', value: /^[\da-f]{32,}$/i },
    { names: 'source src from ref via partner emc', value: /^(?:rss|atom|feed|rss_?feed|rss-[\w-]+)$/i },
    { names: 'amp', value: /^(?:1|true)?$/i },
    { names: 'outputtype', value: /^amp$/i },
  ].flatMap(({ names, value }) => names.split(' ').map((name) => [name, value] as const)),
);

/** `value`: empty where there is none. */
export function isNoPartOfPage(name: string, value: string): boolean {
  const known = name.toLowerCase();
  if (BY_NAME.has(known) || BY_PREFIX.some((prefix) => known.startsWith(prefix))) return true;
  return BY_VALUE.get(known)?.test(value) ?? false;
}
