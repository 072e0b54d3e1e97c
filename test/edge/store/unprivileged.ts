// Rights are not checked for root: what must be refused is then done as nobody.
const NOBODY = 65_534;

/** Runs `work` as an account that file modes hold for. */
export async function withoutPrivileges<T>(work: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
