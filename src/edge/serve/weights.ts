// Lists with q-values (`Accept`, `Accept-Encoding`): RFC 9110, sections 12.4.2 and 12.5. Pure.

/** Lower-case names with their weight, 0 to 1; of a name given twice, the last. A weight that is no number drops its name. */
export function parseWeights(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const element of header.split(',')) {
    const [name = '', ...parameters] = element.split(';').map((part) => part.trim().toLowerCase());
    const weight = weightOf(parameters);
    if (name !== '' && weight !== undefined) weights.set(name, weight);
  }
  return weights;
}

function weightOf(parameters: readonly string[]): number | undefined {
  const parameter = parameters.find((text) => text.startsWith('q='));
  if (parameter === undefined) return 1;
  const weight = Number(parameter.slice(2) || Number.NaN);
  return Number.isNaN(weight) ? undefined : Math.min(Math.max(weight, 0), 1);
}
