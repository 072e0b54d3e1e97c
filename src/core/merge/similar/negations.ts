// Words that turn what a title says into its opposite, in the languages that feeds are written in most.

const NEGATIONS: ReadonlySet<string> = new Set(
  (
    'not no never none nobody nothing without cannot isn aren wasn weren don doesn didn won wouldn hasn haven couldn shouldn ' +
    'denies denied deny rejects rejected reject fails failed halts cancels cancelled ' +
    'nicht kein keine keinen keinem keiner keines nie niemals ohne niemand nichts ' +
    'pas jamais aucun aucune sans non ni rien personne ' +
    'nunca jamás sin ningún ninguna ninguno nadie nada tampoco não nem sem nenhum nenhuma ninguém ' +
    'mai senza nessun nessuna nessuno niente né ' +
    'niet geen nooit zonder niemand ikke ingen aldrig aldri uden uten inte aldrig utan inga ei eivät ilman ' +
    'nie bez żaden żadna nikt ne není nejsou bez žádný nikdo nem nincs nélkül nu fără niciun ' +
    'не нет ни без никто никогда немає без ні değil yok asla hiç tidak bukan tanpa không chưa ' +
    'لا لم لن ليس ليست دون بدون غير عدم ' +
    '不 没 沒 未 无 無 非 不会 没有 沒有 不是 不再 未能 否认 否認 なし ない なく ず ません 안 못 없다 않는다 않다 없어 아니다 아닌 ไม่ มิ ไร้ לא אין בלי'
  ).split(' '),
);

/** Of a word in lower case. */
export function isNegation(word: string): boolean {
  return NEGATIONS.has(word);
}
