// How documents say that an item was taken out: by whom, of which source, why. In the language of the feed where we have its
// words, else in English. What the item said is nowhere in it.
import type { Edition, Retraction } from '../../model/edition.ts';

interface Words {
  readonly byPublisher: string;
  readonly bySite: string;
  readonly source: string;
  readonly reason: string;
  readonly heading: string;
}

const ENGLISH: Words = {
  byPublisher: 'Withdrawn by its publisher',
  bySite: 'Withdrawn by this site',
  source: 'Source:',
  reason: 'Reason:',
  heading: 'Withdrawn',
};

const WORDS: ReadonlyMap<string, Words> = new Map(
  [
    [
      'de',
      'Vom Herausgeber zurückgezogen',
      'Von dieser Website zurückgezogen',
      'Quelle:',
      'Grund:',
      'Zurückgezogen',
    ],
    ['fr', 'Retiré par son éditeur', 'Retiré par ce site', 'Source\u00a0:', 'Motif\u00a0:', 'Retirés'],
    ['es', 'Retirado por su editor', 'Retirado por este sitio', 'Fuente:', 'Motivo:', 'Retirados'],
    ['it', 'Ritirato dal suo editore', 'Ritirato da questo sito', 'Fonte:', 'Motivo:', 'Ritirati'],
    ['pt', 'Retirado pelo seu editor', 'Retirado por este site', 'Fonte:', 'Motivo:', 'Retirados'],
    ['nl', 'Ingetrokken door de uitgever', 'Ingetrokken door deze site', 'Bron:', 'Reden:', 'Ingetrokken'],
    ['sv', 'Indraget av utgivaren', 'Indraget av denna webbplats', 'Källa:', 'Skäl:', 'Indraget'],
    [
      'da',
      'Trukket tilbage af udgiveren',
      'Trukket tilbage af dette websted',
      'Kilde:',
      'Årsag:',
      'Trukket tilbage',
    ],
    [
      'nb',
      'Trukket tilbake av utgiveren',
      'Trukket tilbake av dette nettstedet',
      'Kilde:',
      'Årsak:',
      'Trukket tilbake',
    ],
    [
      'no',
      'Trukket tilbake av utgiveren',
      'Trukket tilbake av dette nettstedet',
      'Kilde:',
      'Årsak:',
      'Trukket tilbake',
    ],
    ['fi', 'Julkaisijan poistama', 'Tämän sivuston poistama', 'Lähde:', 'Syy:', 'Poistetut'],
    ['pl', 'Wycofane przez wydawcę', 'Wycofane przez tę witrynę', 'Źródło:', 'Powód:', 'Wycofane'],
  ].map(([language = '', byPublisher = '', bySite = '', source = '', reason = '', heading = '']) => [
    language,
    { byPublisher, bySite, source, reason, heading },
  ]),
);

function wordsFor({ language }: Edition): Words {
  return WORDS.get(language?.toLowerCase().split('-', 1)[0] ?? '') ?? ENGLISH;
}

export function retractionsHeading(edition: Edition): string {
  return wordsFor(edition).heading;
}

/** A title that does not repeat the item's: a title may be what had to go. */
export function retractionTitle({ takenOutBy }: Retraction, edition: Edition): string {
  const words = wordsFor(edition);
  return takenOutBy === 'publisher' ? words.byPublisher : words.bySite;
}

/** Plain text. */
export function retractionText(retraction: Retraction, edition: Edition): string {
  const { by, reason, sourceTitle } = retraction;
  const words = wordsFor(edition);
  const who = by === undefined || by === sourceTitle ? '' : ` (${by})`;
  const why = reason === undefined ? '' : ` ${words.reason} ${reason}`;
  return `${retractionTitle(retraction, edition)}${who}. ${words.source} ${sourceTitle}.${why}`;
}

/** Who took it out, for readers that are machines: undefined where the publisher did not say. */
export function retractedBy({ takenOutBy, by }: Retraction, edition: Edition): string | undefined {
  return by ?? (takenOutBy === 'operator' ? edition.title : undefined);
}
