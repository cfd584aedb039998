/** A formula given to the library or the command line, as one line of a worksheet. */
export const oneLine = (formula: string): string => formula.replace(/\s+/g, ' ').trim();
