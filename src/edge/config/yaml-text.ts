// Texts as values of the configuration.

/** In quotes, so that nothing in it is read as anything else: JSON's strings are YAML's, but for `${` and what YAML forbids. */
export function yamlText(text: string): string {
  return JSON.stringify(asCharacters(text.toWellFormed())).replace(
    /[\x7f-\x9f\ufeff\ufffe\uffff\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What would be a reference to the environment stands for its characters. */
export function asCharacters(text: string): string {
  return text.replaceAll('${', () => '$${');
}
