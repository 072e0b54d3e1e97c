// Functions that do in a process what hostile input might make ours do.

export function add([a, b]: readonly [number, number]): number {
  return a + b;
}

export function loopForever(): never {
  for (;;);
}

export function eatMemory(): number {
  const eaten: string[][] = [];
  for (;;) eaten.push(Array.from({ length: 100_000 }, (_, index) => `${index} ${eaten.length}`));
}

export function fail(): never {
  throw new TypeError('as it should');
}

export function recurse(depth = 0): number {
  return 1 + recurse(depth + 1);
}

export function environment(): readonly string[] {
  return Object.keys(process.env);
}
