/** The engine as a bundler makes it for a browser; sizes in bytes, parts by size of their code. */
export function engineSize(): Promise<{
  readonly gzipped: number;
  readonly minified: number;
  readonly parts: readonly (readonly [name: string, bytes: number])[];
}>;
