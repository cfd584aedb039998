#!/usr/bin/env node
/** `pandoc --filter handgrad-pandoc`: standard input to standard output, as Pandoc wants it. */
import { readFileSync } from 'node:fs';
import { filterPandoc } from '../notes/pandoc.js';

process.stdout.write(await filterPandoc(readFileSync(0, 'utf8')));
