// The script of our pages, published beside them as `page.js`. Everything stands on the page without it: it copies an address,
// and narrows and sorts what is there. It asks the network for nothing.

export const PAGE_SCRIPT_PATH = 'page.js';
export const PAGE_SCRIPT_MEDIA_TYPE = 'text/javascript; charset=utf-8';

export const PAGE_SCRIPT = `'use strict';

for (const button of document.querySelectorAll('button.copy')) {
  const field = button.parentElement.querySelector('input');
  const said = button.parentElement.querySelector('[role=status]');
  const label = button.textContent;
  field.addEventListener('focus', () => field.select());
  button.addEventListener('click', async () => {
    if (!(await copied(field))) return;
    button.textContent = said.textContent = button.dataset.copied;
    setTimeout(() => {
      button.textContent = label;
      said.textContent = '';
    }, 2000);
  });
}

// Over plain http there is no clipboard for pages, only the command. Where both fail the address stays selected.
async function copied(field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand('copy');
  }
}

// A private feed is opened by a token in the address of its page: it goes on to the feed's own documents, and nowhere else.
const token = new URLSearchParams(location.search).get('token');
if (token !== null) {
  const query = '?' + new URLSearchParams({ token });
  for (const field of document.querySelectorAll('.head .address input')) field.value += query;
  for (const link of document.querySelectorAll('.head .readers a, .head .formats a, .head .up a, .older a, .archives a'))
    if (link.protocol === 'feed:' || link.origin === location.origin) if (!link.closest('.item')) link.href += query;
}

const filters = document.querySelector('.filters');
const items = [...document.querySelectorAll('.item')];
const rows = [...document.querySelectorAll('table.status tbody tr')];
if (filters && items.length > 0) filterItems();
if (filters && rows.length > 0) filterRows();

function filterItems() {
  const none = document.querySelector('[data-none]');
  const values = {
    source: (item) => [item.dataset.source],
    category: (item) => (item.dataset.categories ?? '').split('\\n').filter(Boolean),
  };
  const facets = [...filters.querySelectorAll('select')].map((select) => {
    const of = values[select.dataset.facet];
    const counts = new Map();
    for (const value of items.flatMap(of)) counts.set(value, (counts.get(value) ?? 0) + 1);
    const names = [...counts.keys()].sort((a, b) => a.localeCompare(b, document.documentElement.lang));
    for (const name of names) select.add(new Option(name + ' (' + counts.get(name) + ')', name));
    select.disabled = names.length === 0;
    select.addEventListener('change', () => {
      const wanted = facets.flatMap((facet) => (facet.select.value ? [[facet.name, facet.select.value]] : []));
      history.replaceState(null, '', wanted.length ? '#' + new URLSearchParams(wanted) : location.pathname + location.search);
      show();
    });
    return { select, of, name: select.dataset.facet };
  });
  const show = () => {
    let shown = 0;
    for (const item of items) {
      item.hidden = facets.some(({ select, of }) => select.value && !of(item).includes(select.value));
      if (!item.hidden) shown += 1;
    }
    none.hidden = shown > 0;
    filters.querySelector('output').value = shown < items.length ? shown + ' / ' + items.length : '';
  };
  const follow = () => {
    const wanted = new URLSearchParams(location.hash.slice(1));
    for (const { select, name } of facets) {
      select.value = wanted.get(name) ?? '';
      if (select.selectedIndex < 0) select.value = '';
    }
    show();
  };
  addEventListener('hashchange', follow);
  follow();
}

function filterRows() {
  const body = rows[0].parentElement;
  const [text, state, order] = ['text', 'state', 'order'].map((name) => filters.querySelector('[data-by=' + name + ']'));
  const texts = new Map(rows.map((row) => [row, row.cells[0].textContent.toLowerCase()]));
  // Times as they are written sort as text, numbers as numbers; what is missing comes last.
  const keys = new Map(rows.map((row) => [row, Object.fromEntries(new URLSearchParams(row.dataset.keys))]));
  const compare = {
    name: (a, b) => texts.get(a).localeCompare(texts.get(b)),
    next: (a, b) => (keys.get(a).next ?? '~').localeCompare(keys.get(b).next ?? '~'),
    last: (a, b) => (keys.get(b).last ?? '').localeCompare(keys.get(a).last ?? ''),
    latest: (a, b) => (keys.get(b).latest ?? '').localeCompare(keys.get(a).latest ?? ''),
    items: (a, b) => keys.get(b).items - keys.get(a).items,
  };
  const show = () => {
    const wanted = text.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !texts.get(row).includes(wanted) || (state.value !== '' && row.className !== state.value);
      if (!row.hidden) shown += 1;
    }
    filters.querySelector('output').value = shown + ' / ' + rows.length;
  };
  order.addEventListener('change', () => body.append(...(compare[order.value] ? rows.toSorted(compare[order.value]) : rows)));
  text.addEventListener('input', show);
  state.addEventListener('change', show);
  show();
}
`;
