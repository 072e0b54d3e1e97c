import { describe, expect, it } from 'vitest';
import { STYLE_SHEET } from '../../../src/core/render/style-sheet.ts';
import { openConfigFile } from '../../../src/edge/config/config-file.ts';
import { loadConfig } from '../../../src/edge/config/load-config.ts';
import { STYLE_SHEET_BYTES_MAX, styleSheetComplaint } from '../../../src/edge/config/style-sheet-file.ts';
import { type Clock, systemClock } from '../../../src/edge/ops/clock.ts';
import { type Folder, temporaryFolder, until } from '../../e2e/tributary.ts';

const YAML =
  'server:\n  stylesheet: look/own.css\nsources: [{url: a.xml}]\nfeeds: [{id: city, title: City}]\n';
const hasty: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 20), signal) };

async function withSheet(folder: Folder, css: string | Uint8Array): Promise<void> {
  const { mkdir, writeFile } = await import('node:fs/promises');
  await mkdir(folder.file('look'), { recursive: true });
  await writeFile(folder.file('look/own.css'), css);
}

describe('a style sheet of the operator’s', () => {
  it.each([
    ['', 'has no rule in it'],
    ['/* nothing but this */', 'has no rule in it'],
    ['a { color: red; } }', 'line 1: a } that nothing opens'],
    ['a {\n  color: red;\n\nb { color: blue; }\n', 'line 1: a { that nothing closes'],
    ['a { width: calc(1px + (2px); }', 'line 1: a } that nothing opens'],
    ['a {}\n/* never\nclosed { ', 'line 2: a comment begins that never ends'],
    ['a::before { content: "open;\n}', 'line 1: a string begins that does not end on its line'],
    ['a {}\n@IMPORT url(other.css);', 'line 2: @import would load another file'],
    ['@font-face { font-family: x; src: url(x.woff2) }', 'line 1: @font-face would load another file'],
  ])('is refused where a slip would spoil the pages: %j', (css, complaint) => {
    expect(styleSheetComplaint(css)).toContain(complaint);
  });

  it.each([
    ['a { content: "} \\" {"; } /* } @import */ b::after { content: \'@import\' }'],
    ['a { content: "one \\\n two }" }'],
    ['.a\\{ { color: red }'],
    ['@media (width > 3em) { a[href] { color: rgb(1 2 3) } }'],
    [STYLE_SHEET],
  ])('is taken as it is otherwise', (css) => {
    expect(styleSheetComplaint(css)).toBeUndefined();
  });

  it('is judged in a time that grows with its length alone', () => {
    for (const unit of ['/*', '"', '{', '\\', '/* *', "'\\"])
      expect(typeof styleSheetComplaint(unit.repeat(STYLE_SHEET_BYTES_MAX / unit.length))).toBe('string');
  });

  it('is read beside the configuration, by its path from there', async () => {
    await using folder = await temporaryFolder();
    await folder.write('tributary.yaml', YAML);
    await withSheet(folder, 'body { color: teal }');
    const config = await loadConfig(folder.file('tributary.yaml'), {}, '/');
    expect(config.server.stylesheet).toBe('body { color: teal }');
    expect(config.server.stylesheetFile).toBe(folder.file('look/own.css'));
  });

  it.each([
    [undefined, 'there is no file '],
    ['a { }}', 'own.css: line 1: a } that nothing opens'],
    [new Uint8Array([0xff, 0xfe, 0x7b]), 'own.css is not text in UTF-8'],
    ['a{}'.repeat(STYLE_SHEET_BYTES_MAX), 'own.css is larger than 200 KB'],
  ])('that cannot be used is an error of its line', async (css, message) => {
    await using folder = await temporaryFolder();
    await folder.write('tributary.yaml', YAML);
    if (css !== undefined) await withSheet(folder, css);
    const loading = loadConfig('tributary.yaml', {}, folder.path);
    await expect(loading).rejects.toThrow(/^tributary\.yaml:2:15: server\.stylesheet: /);
    await expect(loading).rejects.toThrow(message);
  });

  it('is followed, also where it is mended after it could not be used', async () => {
    await using folder = await temporaryFolder();
    await folder.write('tributary.yaml', YAML);
    await withSheet(folder, 'a { color: red }');
    const file = openConfigFile('tributary.yaml', {}, folder.path);
    const seen: (string | undefined)[] = [];
    const load = async () => {
      const config = await file.load().catch(() => undefined);
      seen.push(config?.server.stylesheet);
    };
    await load();
    const watch = file.watch(load, hasty);
    for (const [css, loaded] of [
      ['a { color: blue }', 'a { color: blue }'],
      ['a { color: ', undefined],
      ['a { color: green }', 'a { color: green }'],
    ] as const) {
      const count = seen.length;
      await withSheet(folder, css);
      await until(() => seen.length > count, css);
      expect(seen.at(-1)).toBe(loaded);
    }
    await systemClock.sleep(300);
    await watch.stop();
    expect(seen).toHaveLength(4);
  });
});
