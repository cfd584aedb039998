/** How far a sheet is read: definitions of all blocks up to one, numbers of all lines up to one. */
export interface Extent {
  readonly block: number;
  readonly line: number;
}
