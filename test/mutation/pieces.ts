/** Pieces of the source, from which a sample for mutation is drawn. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { Seeded } from '../soak/seeded.js';

/** Lines of one piece at most: a longer declaration is cut. */
const LINES = 30;

/** Lines of a file, both ends included, counted from 1. */
export interface Piece {
  readonly path: string;
  readonly first: number;
  readonly last: number;
}

const runs = (statement: ts.Statement): boolean =>
  !ts.isImportDeclaration(statement) &&
  !ts.isExportDeclaration(statement) &&
  !ts.isInterfaceDeclaration(statement) &&
  !ts.isTypeAliasDeclaration(statement);

/** The declarations of a text that do something, each in pieces of at most `LINES` lines. */
export function piecesOf(path: string, text: string): readonly Piece[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const line = (place: number) => file.getLineAndCharacterOfPosition(place).line + 1;
  return file.statements.filter(runs).flatMap((statement) => {
    const [start, end] = [line(statement.getStart(file)), line(statement.end)];
    return Array.from({ length: Math.ceil((end - start + 1) / LINES) }, (_, place) => ({
      path,
      first: start + place * LINES,
      last: Math.min(end, start + (place + 1) * LINES - 1),
    }));
  });
}

/** All pieces of folders of `src/`, in the order of their paths. */
export function piecesIn(root: string, folders: readonly string[]): readonly Piece[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, 'src', folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `src/${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.ts'))
      .sort()
      .flatMap((path) => piecesOf(path, readFileSync(join(root, path), 'utf8'))),
  );
}

/** `count` different pieces (all if there are fewer), each equally likely; the seed decides which. */
export const sampled = (pieces: readonly Piece[], count: number, seed: number): readonly Piece[] =>
  new Seeded(seed).shuffled(pieces).slice(0, count);
